import Foundation
import Settings
import TestSupport
import Testing
import WorkerCore

@testable import Handlers

/// `worker.conf` at the top of the repository: the sample must say what the code does.
@Suite struct SampleConfigurationTests {
    private static func sample() throws -> String {
        try String(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../worker.conf"), encoding: .utf8)
    }

    /// The sample with every setting that is commented out put in.
    private static func uncommented() throws -> String {
        try sample().split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isSetting = line.hasPrefix("#") && !line.hasPrefix("# ") && line.count > 1
            return isSetting ? String(line.dropFirst()) : String(line)
        }.joined(separator: "\n")
    }

    /// Plugins that are off are read here too: their keys stand in the sample like all others.
    private static func load(_ text: String) throws -> WorkerConfiguration {
        // The one key that has no default and that its plugin cannot do without.
        let environment = text.contains("\nurl =") ? [:] : ["HANDLERS_WEBHOOK_FORWARDER_URL": "http://127.0.0.1/"]
        let reader = try ConfLoader.reader(name: "worker.conf", text: text, environment: environment)
        return try WorkerConfiguration.read(reader, handlerNames: names) { handlers, worker in
            for plugin in HandlerCatalog.all where plugin.name != "blocking-rehearsal" {  // it takes the keys of rehearsal
                _ = plugin.make(
                    HandlerSettings(
                        section: handlers.section(named: plugin.name), stateDirectory: worker.stateDirectory, logger: RecordingLog().logger)
                )
            }
        }.configuration
    }

    private static let names = HandlerCatalog.all.map(\.name)

    @Test("the sample as it is means the defaults")
    func defaults() throws {
        let sample = try Self.load(Self.sample())
        let bare = try Self.load("")
        #expect(sample.queues == bare.queues && sample.worker == bare.worker && sample.deadLetters == bare.deadLetters)
        #expect(sample.enabledHandlers == bare.enabledHandlers && sample.serverKey == bare.serverKey)
        for (setting, standard) in zip(sample.settings, bare.settings) {
            #expect(setting.value == standard.value, "[\(setting.section)] \(setting.key)")
        }
    }

    /// Keys that cannot be set beside another one: they stand in the sample as remarks.
    private static let alternatives = ["url", "command"]

    @Test("every key of the code stands in the sample, and no other")
    func keys() throws {
        let text = try Self.uncommented()
        // Unknown keys of the common sections would be refused here, and those of plugins that are on.
        let all = try Self.load(text).settings
        // One host's address stands for all hosts.
        let missing = all.filter { $0.origin == .default && $0.section != "agora.hosts" }.map { "[\($0.section)] \($0.key)" }
        #expect(missing == Self.alternatives.map { "[agora.token] \($0)" })
        for key in Self.alternatives { #expect(text.contains("\n# \(key) = \"")) }
        // A key with a default is not commented out, so that the file shows the value that applies.
        let written = try Self.load(Self.sample()).settings
        let hidden = written.filter { $0.origin == .default && $0.value != nil }.map { "[\($0.section)] \($0.key)" }
        #expect(hidden == [])
    }

    @Test("no plugin has a key in the sample that it does not read")
    func pluginKeys() throws {
        let enabled = try Self.uncommented().replacing(
            "enabled = [\"event-archive\"]", with: "enabled = [\(Self.names.map { "\"\($0)\"" }.joined(separator: ", "))]")
        #expect(throws: Never.self) { try Self.load(enabled) }
    }
}
