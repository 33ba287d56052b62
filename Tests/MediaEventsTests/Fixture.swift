import Foundation
import Testing

@testable import MediaEvents

/// One sample notification of the folder `Fixtures`, named `<EventType>.<outcome>.json`.
struct Fixture: Sendable, CustomTestStringConvertible {
    let name: String

    static let all = [
        "FileUploadComplete.success", "StreamTranscodeComplete.fail", "StreamTranscodeComplete.success", "TranscodeComplete.fail",
        "TranscodeComplete.success", "SnapshotComplete.fail", "SnapshotComplete.success",
    ].map { Fixture(name: $0) }

    var testDescription: String { name }
    var type: EventType { EventType(String(name.prefix { $0 != "." })) }
    var isSuccess: Bool { name.contains(".success") }

    static var folder: URL {
        get throws {
            try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures")
        }
    }

    func bytes() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Fixture.folder.appendingPathComponent("\(name).json")))
    }

    func object() throws -> [String: Any] { try jsonObject(bytes()) }
}

func jsonObject(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
}

func jsonBytes(_ object: Any) throws -> [UInt8] {
    [UInt8](try JSONSerialization.data(withJSONObject: object, options: [.fragmentsAllowed]))
}

func jsonValue(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
}

/// The result of decoding a text, as the command line would print it.
func decode(_ text: String, encoding: BodyEncoding = .auto) -> DecodedBody {
    EventDecoder(encoding: encoding).decode(Array(text.utf8))
}

/// The printed fields of a body that has to be an event.
func fields(_ body: DecodedBody) throws -> [String: Any] {
    let event = try #require(body.event, "not an event: \(body.result)")
    return try jsonObject(EventPrinter.fields(of: event))
}

func reason(_ body: DecodedBody) -> String? {
    switch body.result {
    case .typed: nil
    case .unknown(let unknown): unknown.reason
    case .undecodable(let fault): fault.reason
    }
}

extension DecodedBody {
    func event<Event: MediaEvent>(as type: Event.Type) throws -> Event {
        try #require(event as? Event, "not \(type): \(result)")
    }

    var faultyKey: String? {
        if case .undecodable(let fault) = result { fault.key } else { nil }
    }
}
