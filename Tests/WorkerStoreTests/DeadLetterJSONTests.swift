import Foundation
import SMQProtocol
import Testing
import WorkerCore

@testable import WorkerStore

struct DeadLetterJSONTests {
    @Test("the JSON form has every key, times in UTC with milliseconds, and the body as text and as exact bytes")
    func full() throws {
        let letter = Sample.letter(
            body: Array(#"{"a":"/"}"#.utf8), attempts: [Sample.attempt(1)], properties: [MessageProperty(name: "k", value: "v")],
            replayedFrom: "F0")
        let replay = StoredDeadLetter.Replay(time: Sample.kept.addingTimeInterval(1), messageID: "R1")
        let stored = StoredDeadLetter(id: "12", letter: letter, kept: Sample.kept, replay: replay)
        let expected = """
            {"attempts":[{"error":"boom","handler":"event-archive","host":"host-1","number":1,"process":42,\
            "time":"2023-11-14T22:13:21.042Z"}],"body":"{\\"a\\":\\"/\\"}","bodyBase64":"eyJhIjoiLyJ9","dequeueCount":3,\
            "enqueuedAt":"2023-11-14T22:13:20.042Z","error":"boom","eventType":"TranscodeComplete",\
            "firstReceivedAt":"2023-11-14T22:13:21.042Z","id":"12","keptAt":"2023-11-14T22:15:00.042Z",\
            "lastReceivedAt":"2023-11-14T22:14:20.542Z","messageId":"A1","properties":[{"name":"k","type":"STRING","value":"v"}],\
            "queue":"media-events","reason":"attempts exhausted","replayedAs":"R1","replayedAt":"2023-11-14T22:15:01.042Z",\
            "replayedFrom":"F0"}
            """
        #expect(String(decoding: try DeadLetterJSON(stored).bytes(), as: UTF8.self) == expected)
    }

    @Test("what has no value is null, and a body that is no text is null beside its exact bytes")
    func nulls() throws {
        let letter = Sample.letter(body: [0xFF, 0x00, 0x80], type: nil, error: nil)
        let bytes = try DeadLetterJSON(StoredDeadLetter(id: "1", letter: letter, kept: Sample.kept)).bytes()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        for key in ["body", "eventType", "error", "replayedAt", "replayedAs", "replayedFrom"] { #expect(object[key] is NSNull, "\(key)") }
        #expect(object["bodyBase64"] as? String == "/wCA")
        #expect(object.count == 18)
    }

    @Test("an export is one line of JSON for each letter")
    func export() async throws {
        let directory = try TemporaryDirectory()
        let store = SQLiteDeadLetterStore(try StateDatabase.open(directory: directory.path))
        for number in 1...3 { try await store.keep(Sample.letter("M\(number)", body: Array("line\nfeed".utf8))) }
        var bytes: [UInt8] = []
        try await store.export(DeadLetterSelection()) { bytes += $0 }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        #expect(bytes.last == UInt8(ascii: "\n"))
        let ids = try lines.map { try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] }.map { $0?["id"] as? String }
        #expect(ids == ["3", "2", "1"])
    }

    @Test(
        "a letter as it is shown has nothing of a token or a stream's key, and no exact body that somebody could send",
        arguments: [false, true])
    func shown(isBase64: Bool) throws {
        let json = #"{"productId":4,"eventType":1,"n":1.0,"payload":{"player":{"id":"p","token":"hush-1"}}}"#
        let body = isBase64 ? Array(Data(json.utf8).base64EncodedString().utf8) : Array(json.utf8)
        var attempt = Sample.attempt(1)
        attempt.error = "no way to rtmp://cdn.example.com/live/hush-2"
        let letter = Sample.letter(body: body, error: "rtmp://cdn.example.com/live/hush-3 fails", attempts: [attempt])
        let stored = StoredDeadLetter(id: "1", letter: letter, kept: Sample.kept)
        let shown = stored.shown
        #expect(shown.hidesBody && stored.letter.body == body, "the letter itself stays exact")
        let bytes = try DeadLetterJSON(shown).bytes()
        #expect(!String(decoding: bytes, as: UTF8.self).contains("hush"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(object["bodyBase64"] is NSNull && object["body"] as? String == json.replacing("hush-1", with: "<hidden>"))
        #expect(object["error"] as? String == "rtmp://cdn.example.com/live/<hidden> fails")
        #expect(try DeadLetterJSON(StoredDeadLetter.Shown(stored)).bytes() == DeadLetterJSON(stored).bytes(), "revealed")
    }

    @Test("a letter without secrets is shown as it is", arguments: ["{\"a\":1}", "eyJhIjoxfQ==", "no event"])
    func shownAsItIs(body: String) throws {
        let stored = StoredDeadLetter(id: "1", letter: Sample.letter(body: Array(body.utf8)), kept: Sample.kept)
        #expect(!stored.shown.hidesBody)
        #expect(try DeadLetterJSON(stored.shown).bytes() == DeadLetterJSON(stored).bytes())
    }
}
