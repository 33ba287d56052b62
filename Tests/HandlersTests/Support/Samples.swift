import Foundation
import MediaEvents
import Settings
import TestSupport
import WorkerCore

extension IncomingEvent {
    /// A sample of the catalogue, as the worker would hand it over.
    static func sample(_ type: EventType) throws -> IncomingEvent {
        let body = EventSample.body(of: type) ?? Array("{\"EventType\":\"\(type)\"}".utf8)
        return incoming(body)
    }

    static func incoming(_ body: [UInt8]) -> IncomingEvent {
        let decoded = EventDecoder().decode(body)
        return IncomingEvent(type: decoded.type, typed: decoded.event, json: decoded.json ?? body)
    }
}

/// Makes a plugin from the text of its section; gives the problems that this brings.
func settings<Value>(
    _ text: String, section: String, environment: [String: String] = [:], stateDirectory: String = "/nonexistent/state",
    _ make: (HandlerSettings) -> Value
) throws -> (value: Value, problems: [String]) {
    let reader = try ConfLoader.reader(name: "worker.conf", text: text, environment: environment)
    let value = make(
        HandlerSettings(section: reader.section("handlers", section), stateDirectory: stateDirectory, logger: RecordingLog().logger))
    do throws(ConfigurationError) {
        try reader.finish()
        return (value, [])
    } catch {
        return (value, error.problems.map(\.description))
    }
}

/// A folder of its own that goes with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "mediaworker-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path): \(error)") }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func text(of name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

    func lines(of name: String) throws -> [String] { try text(of: name).split(separator: "\n").map(String.init) }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}
