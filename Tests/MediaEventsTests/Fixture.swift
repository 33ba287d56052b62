import Foundation
import Testing

@testable import MediaEvents

/// One sample notification of the folder `Fixtures`: `<EventType>.<outcome>[.<variant>].json` of VOD,
/// `<product>.<event>.<what it shows>.json` of Agora, `stream-services.<event>[.<what it shows>].json` of our own.
struct Fixture: Sendable, CustomTestStringConvertible {
    let name: String

    static let all: [Fixture] = {
        let folder = Bundle.module.resourceURL.map { $0.appendingPathComponent("Fixtures").path } ?? ""
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.sorted().map { Fixture(name: String($0.dropLast(".json".count))) }
    }()
    static let vod = all.filter { !$0.hasEnvelope }
    static let agora = all.filter { $0.hasEnvelope && !$0.isOwn }
    static let own = all.filter(\.isOwn)

    var testDescription: String { name }
    var isOwn: Bool { name.hasPrefix("stream-services.") }
    /// Agora's and ours: what they say is in a part of its own.
    var hasEnvelope: Bool { name.contains("-") }
    /// The member of the envelope that holds it.
    var part: String { isOwn ? "fields" : "payload" }
    var type: EventType {
        let words = name.split(separator: ".")
        return EventType(hasEnvelope ? "\(words[0]).\(words[1])" : String(words[0]))
    }
    var isSuccess: Bool { name.contains(".success") }

    /// The keys of the catalogue's column, as paths.
    var subjectKeys: [String] {
        switch type.name {
        case "UploadByURLComplete": ["JobId", "VideoId"]
        case "StreamTranscodeComplete", "DynamicImageComplete": ["VideoId", "JobId"]
        case "AIMediaAuditComplete", "AIMediaDNAComplete", "AIVideoTagComplete": ["MediaId", "JobId"]
        case "ProduceMediaComplete": ["MediaId", "ProjectId"]
        case "SubmitMediaRefreshComplete": ["MediaId", "MediaRefreshJobId"]
        case "WorkflowTaskComplete": ["TaskId", "VideoId"]
        default: EventCatalog.standard[type].map { [$0.subjectKey] } ?? []
        }
    }

    /// Those that table or sample let be absent.
    var optionalSubjectKeys: [String] {
        switch type.name {
        case "SnapshotComplete": ["VideoId"]
        case "StreamTranscodeComplete": ["JobId"]
        case "UploadByURLComplete": isSuccess ? [] : ["VideoId"]
        case "WorkflowTaskComplete": ["VideoId"]
        case "stream-services.refused": ["task"]
        default: []
        }
    }

    /// What the printed fields have to be: documents that came as text as documents, numbers that came as text as numbers.
    func expected() throws -> [String: Any] {
        var object = try object()
        guard !hasEnvelope else { return object }
        for key in ["DynamicImageJobInfo", "Data", "MediaContent", "ActivityResults", "TaskInput", "FilterPolicy"] {
            object[key] = object[key].map { Self.document($0) }
        }
        if let content = object["MediaContent"] as? [String: Any] { object["MediaContent"] = content.mapValues { Self.document($0) } }
        if let results = object["ActivityResults"] as? [String: [String: Any]] {
            object["ActivityResults"] = results.mapValues { result in
                var result = result
                result["Result"] = result["Result"].map { Self.document($0) }
                return result
            }
        }
        if type == "VideoAnalysisComplete" {
            for key in ["Width", "Height", "Duration", "Size"] {
                if let text = object[key] as? String, let number = Double(text) { object[key] = number }
            }
        }
        return object
    }

    private static func document(_ value: Any) -> Any {
        guard let text = value as? String else { return value }
        return (try? JSONSerialization.jsonObject(with: Data(text.utf8))) ?? value
    }

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

/// The value at a path like `converter.id`.
func value(in object: Any, at path: String) -> Any? {
    path.split(separator: ".").reduce(object as Any?) { ($0 as? [String: Any])?[String($1)] }
}
