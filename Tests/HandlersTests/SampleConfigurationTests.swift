import Foundation
import Settings
import Testing

/// `worker.conf` at the top of the repository: the sample must say what the code does.
@Suite struct SampleTests {
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

    private static func load(_ text: String) throws -> WorkerConfiguration {
        let reader = try ConfLoader.reader(name: "worker.conf", text: text, environment: [:])
        return try WorkerConfiguration.read(reader, handlerNames: plugins) { handlers, _ in
            readPlugins { handlers.section(named: $0) }
        }.configuration
    }

    private static let plugins = ["event-archive", "webhook-forwarder", "tally", "rehearsal", "blocking-rehearsal"]

    /// The keys of the plugins with their defaults. Plugins that are off are read here too.
    private static func readPlugins(_ section: (String) -> ConfSection) {
        let archive = section("event-archive")
        _ = archive.string("file", default: "events.jsonl")
        _ = archive.size("max_size", in: 1...(1 << 40), default: 64 << 20)
        _ = archive.integer("keep", in: 0...1000, default: 5)
        _ = archive.list("events", default: [])
        _ = archive.flag("sync", default: false)
        let forwarder = section("webhook-forwarder")
        _ = forwarder.url("url")
        _ = forwarder.secret("secret")
        _ = forwarder.duration("timeout", in: .seconds(1) ... .seconds(600), default: .seconds(10))
        let rehearsal = section("rehearsal")
        for key in ["events", "fail_on", "retry_on", "dead_letter_on", "trap_on"] { _ = rehearsal.list(key, default: []) }
        _ = rehearsal.duration("sleep", in: .zero ... .seconds(86_400), default: .zero)
        _ = rehearsal.flag("ignore_cancellation", default: false)
        _ = rehearsal.string("log_file")
    }

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

    @Test("every key of the code stands in the sample, and no other")
    func keys() throws {
        let text = try Self.uncommented()
        // Unknown keys of the common sections would be refused here, and those of plugins that are on.
        let all = try Self.load(text).settings
        let missing = all.filter { $0.origin == .default }.map { "[\($0.section)] \($0.key)" }
        #expect(missing == [])
        // A key with a default is not commented out, so that the file shows the value that applies.
        let written = try Self.load(Self.sample()).settings
        let hidden = written.filter { $0.origin == .default && $0.value != nil }.map { "[\($0.section)] \($0.key)" }
        #expect(hidden == [])
    }

    @Test("no plugin has a key in the sample that it does not read")
    func pluginKeys() throws {
        let enabled = try Self.uncommented().replacing(
            "enabled = [\"event-archive\"]", with: "enabled = [\(Self.plugins.map { "\"\($0)\"" }.joined(separator: ", "))]")
        #expect(throws: Never.self) { try Self.load(enabled) }
    }
}
