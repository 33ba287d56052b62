import Foundation
import Testing

@testable import MediaEvents

@Suite("Catalogue") struct CatalogTests {
    @Test("every event type that the sources declare is in the catalogue")
    func complete() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources/MediaEvents")
            .standardized
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for match in source.matches(
                of: /public (?:struct|enum) (\w+): (?:CatalogEvent|AgoraPayload|StreamReport|RecordingDetails|RTCChannelKind)\b/)
            {
                declared.insert(String(match.1))
            }
        }
        // Of `AgoraNotice<RecordingPayload<RecordingUploaded>>` the innermost name is the one that an author writes.
        let listed = EventCatalog.standard.entries.map { entry in
            String(String(describing: entry.event).split(separator: "<").last?.prefix { $0 != ">" } ?? "")
        }
        #expect(declared == Set(listed))
        #expect(declared.count > 60)
    }

    @Test("no name stands twice, and each leads to its own entry")
    func unique() {
        let types = EventCatalog.standard.allTypes
        #expect(Set(types).count == types.count)
        for type in types { #expect(EventCatalog.standard[type]?.event.type == type) }
        #expect(EventCatalog.standard["Nothing"] == nil)
    }

    @Test("every sample is a complete, successful event of its type", arguments: EventCatalog.standard.allTypes)
    func samples(type: EventType) throws {
        let entry = try #require(EventCatalog.standard[type])
        let body = try #require(EventSample.body(of: type))
        let decoded = EventDecoder().decode(body)
        #expect(decoded.type == type && decoded.event?.outcome?.isSuccess != false)
        #expect(try fields(decoded) as NSDictionary == jsonObject(body) as NSDictionary)
        let object = try jsonObject(body)
        #expect(value(in: object["payload"] ?? object["fields"] ?? object, at: entry.subjectKey) as? String == decoded.event?.subject)
        #expect(!entry.summary.isEmpty)
    }

    @Test("a sample as a value is there for the tests of handlers")
    func sampleValue() throws {
        #expect(try EventSample.event(FileUploadComplete.self).videoID == "3c8fb1d04e6a71f0a92b4531859c0102")
        #expect(EventSample.body(of: "Nothing") == nil)
    }
}
