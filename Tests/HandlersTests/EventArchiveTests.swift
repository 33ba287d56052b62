import Foundation
import Handlers
import MediaEvents
import TestSupport
import Testing
import WorkerCore

@Suite("event-archive")
struct EventArchiveTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func archive(maximumSize: Int = 1 << 20, keep: Int = 5, events: Set<EventType> = [], isSynced: Bool = false) -> EventArchive {
        EventArchive(
            path: folder.file("events.jsonl"), maximumSize: maximumSize, keep: keep, events: events, isSynced: isSynced,
            now: { Date(timeIntervalSince1970: 1_748_938_467.25) })
    }

    @Test("an event is one line, its JSON kept to the last digit", arguments: [false, true])
    func oneLine(isSynced: Bool) async throws {
        let archive = archive(isSynced: isSynced)
        try await archive.start()
        let body =
            "{\n  \"EventType\": \"FileUploadComplete\",\r\n\t\"VideoId\": \"v \\\" 1\",\n  \"Size\": 1.50e+3,\n  \"Status\": \"success\"\n}\n"
        let verdict = try await archive.handle(.incoming(Array(body.utf8)), .fake(messageID: "ID-1", queue: "jobs"))
        await archive.stop()

        #expect(verdict == .done)
        let event = #"{"EventType":"FileUploadComplete","VideoId":"v \" 1","Size":1.50e+3,"Status":"success"}"#
        let head =
            #"{"receivedAt":"2025-06-03T08:14:27.250Z","messageId":"ID-1","queue":"jobs","type":"FileUploadComplete","outcome":"success","event":"#
        #expect(try folder.text(of: "events.jsonl") == head + event + "}\n")
    }

    @Test("every line parses as JSON and holds the same values as the event")
    func parses() async throws {
        let archive = archive(events: ["FileUploadComplete", "TranscodeComplete", "Quote\"d"])
        for type in ["FileUploadComplete", "TranscodeComplete"] as [EventType] {
            _ = try await archive.handle(try .sample(type), .fake())
        }
        _ = try await archive.handle(IncomingEvent(type: "Quote\"d", typed: nil, json: Array(#"{"a":[1, 2]}"#.utf8)), .fake())

        let lines = try folder.lines(of: "events.jsonl")
        #expect(lines.count == 3)
        for (line, type) in zip(lines, ["FileUploadComplete", "TranscodeComplete"] as [EventType]) {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
            let original = try JSONSerialization.jsonObject(with: Data(try #require(EventSample.body(of: type)))) as? NSDictionary
            #expect(object["event"] as? NSDictionary == original)
        }
        let last = try #require(try JSONSerialization.jsonObject(with: Data(lines[2].utf8)) as? [String: Any])
        #expect(last["type"] as? String == "Quote\"d")
        #expect(last["outcome"] == nil)
    }

    @Test("takes known types by default, else those it is told")
    func wants() throws {
        let known = try IncomingEvent.sample("SnapshotComplete")
        let unknown = IncomingEvent.incoming(Array(#"{"EventType":"ThumbnailsExpired"}"#.utf8))
        #expect(archive().wants(known))
        #expect(!archive().wants(unknown))
        #expect(!archive(events: ["TranscodeComplete"]).wants(known))
        #expect(archive(events: ["ThumbnailsExpired"]).wants(unknown))
    }

    @Test("a full file is put aside and only so many old ones are kept")
    func rotation() async throws {
        let archive = archive(maximumSize: 250, keep: 2)
        for number in 1...9 {  // some 130 bytes each: one in a file
            _ = try await archive.handle(.incoming(Array(#"{"EventType":"X","N":\#(number)}"#.utf8)), .fake(messageID: "ID-\(number)"))
        }
        #expect(try folder.names == ["events.jsonl", "events.jsonl.1", "events.jsonl.2"])
        let kept = try ["events.jsonl.2", "events.jsonl.1", "events.jsonl"].flatMap { try folder.lines(of: $0) }
        #expect(kept.last?.contains("ID-9") == true)
        #expect(kept.count >= 3)
    }

    @Test("writers that share a file rotate it without losing or tearing a line")
    func sharing() async throws {
        let path = folder.file("events.jsonl")
        let writers = (0..<4).map { _ in EventArchive(path: path, maximumSize: 4_000, keep: 1_000) }
        await withTaskGroup(of: Void.self) { group in
            for (index, writer) in writers.enumerated() {
                group.addTask {
                    for number in 0..<1_000 {
                        do {
                            _ = try await writer.handle(
                                .incoming(Array(#"{"EventType":"X"}"#.utf8)), .fake(messageID: "\(index)-\(number)"))
                        } catch { Issue.record(error) }
                    }
                }
            }
        }
        let lines = try folder.names.flatMap { try folder.lines(of: $0) }
        #expect(lines.count == 4_000)
        #expect(Set(lines.compactMap { $0.components(separatedBy: #""messageId":""#).last?.prefix { $0 != "\"" } }).count == 4_000)
        // No old file was put aside before it was full, none got a line too many.
        for name in try folder.names where name != "events.jsonl" {
            #expect((3_800...4_000).contains(try folder.text(of: name).utf8.count), "\(name)")
        }
    }

    @Test("a line torn by a power cut is ended before the next one")
    func tornLine() async throws {
        try Data("{\"receivedAt\":".utf8).write(to: URL(filePath: folder.file("events.jsonl")))
        _ = try await archive().handle(try .sample("SnapshotComplete"), .fake())
        let lines = try folder.lines(of: "events.jsonl")
        #expect(lines.count == 2)
        #expect(lines.first == "{\"receivedAt\":")
    }

    @Test("a full disk is an error for this event and leaves no torn line behind")
    func fullDisk() async {
        await #expect(processExitsWith: .success) {
            // A limit on file sizes stops a write in the middle, as a full disk does. It holds for the whole process.
            let folder = try TemporaryFolder()
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 500, rlim_max: 500)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let archive = EventArchive(path: folder.file("events.jsonl"))
            var failure: (any Error)?
            for _ in 0..<10 where failure == nil {
                do { _ = try await archive.handle(.incoming(Array(#"{"EventType":"X"}"#.utf8)), .fake()) } catch { failure = error }
            }
            #expect("\(try #require(failure))".hasPrefix("cannot append to \(folder.path)/events.jsonl: "))
            let text = try folder.text(of: "events.jsonl")
            #expect(text.hasSuffix("}\n"))
            #expect(text.utf8.count > 200)
        }
    }

    @Test("a file that somebody moved away is made again")
    func movedAway() async throws {
        let archive = archive()
        _ = try await archive.handle(try .sample("SnapshotComplete"), .fake())
        try FileManager.default.moveItem(atPath: folder.file("events.jsonl"), toPath: folder.file("away"))
        _ = try await archive.handle(try .sample("SnapshotComplete"), .fake())
        #expect(try folder.lines(of: "events.jsonl").count == 1)
        #expect(try folder.lines(of: "away").count == 1)
    }

    @Test("only the owner may read the file")
    func mode() async throws {
        try await archive().start()
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("events.jsonl"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("a path that cannot be a file ends the start with its name")
    func badPath() async throws {
        let archive = EventArchive(path: folder.path)
        let error = await #expect(throws: (any Error).self) { try await archive.start() }
        #expect("\(try #require(error))".contains(folder.path))
    }

    @Test("reads its settings; a relative file starts at the state directory")
    func settingsAreRead() async throws {
        let text = """
            [handlers.event-archive]
            file = "logs/all.jsonl"
            max_size = "1KiB"
            keep = 1
            events = ["TranscodeComplete"]
            sync = true
            """
        let made = try settings(text, section: "event-archive", stateDirectory: folder.path) { EventArchive($0) }
        #expect(made.problems.isEmpty)
        try await made.value.start()
        #expect(try folder.names == ["logs"])
        #expect(!made.value.wants(try .sample("SnapshotComplete")))

        let broken = try settings("[handlers.event-archive]\nkeep = -1\nmax_size = \"1B\"\nfil = \"x\"", section: "event-archive") {
            EventArchive($0)
        }
        #expect(broken.problems.count == 3)
    }

    @Test("secrets of streams are hidden, and every other byte stays, unless it is told otherwise", arguments: [true, false])
    func secrets(areHidden: Bool) async throws {
        let archive = EventArchive(path: folder.file("events.jsonl"), isSynced: false, hidesSecrets: areHidden)
        let event =
            #"{"noticeId":"n","productId":5,"eventType":1,"x":1.50,"payload":{"converter":{"id":"c","rtmpUrl":"rtmp:\/\/h\/a\/hush"}}}"#
        _ = try await archive.handle(.incoming(Array(event.utf8)), .fake())
        let line = try folder.text(of: "events.jsonl")
        let shown = areHidden ? event.replacing(#"rtmp:\/\/h\/a\/hush"#, with: "rtmp://h/a/<hidden>") : event
        #expect(line.hasSuffix(#""type":"media-push.1","event":"# + shown + "}\n"))
    }

    @Test("events of our own are taken as all others")
    func ownEvents() throws {
        for type in EventCatalog.standard.allTypes where type.name.hasPrefix("stream-services.") {
            #expect(archive().wants(try .sample(type)))
        }
    }
}
