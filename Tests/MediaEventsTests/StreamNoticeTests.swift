import Foundation
import Testing

@testable import MediaEvents

@Suite("Events of our own") struct StreamNoticeTests {
    private static let roleChanged = StreamRoleChanged(
        service: "media-push", task: "stage7", channel: "stage",
        old: StreamSide(task: "stage7", id: "A", address: "rtmp://cdn-a.example.com/live/key-a"),
        new: StreamSide(task: "stage7_b", id: "B", address: "rtmp://name:word@cdn-b.example.com/live/key-b?auth=1"), reason: "lost")

    @Test("what is sent is read back as the same event")
    func sent() throws {
        let notice = StreamNotice(id: "id-1", time: 1_790_000_000_123, Self.roleChanged)
        let decoded = EventDecoder().decode(try notice.body())
        #expect(decoded.type == "stream-services.role-changed")
        #expect(try decoded.event(as: StreamNotice<StreamRoleChanged>.self) == notice)
        #expect(notice.subject == "stage7" && notice.outcome == nil && notice.duplicateKeys == ["mediaworker/id-1"])
        let object = try jsonObject(notice.body())
        #expect(Set(object.keys) == ["source", "type", "id", "time", "fields"])
        #expect(object["source"] as? String == "mediaworker" && object["type"] as? String == "stream-services.role-changed")
    }

    @Test("the keys in addresses are hidden before an event is made of them")
    func hidden() throws {
        let alarm = StreamBadAddress(
            service: "media-pull", task: "t", channel: "c", id: nil, address: "https://media.example.net/a/key-c.flv", happened: "h",
            advice: "a")
        let bodies = [try StreamNotice(id: "1", time: 1, Self.roleChanged).body(), try StreamNotice(id: "2", time: 1, alarm).body()]
        for word in ["key-a", "key-b", "key-c", "auth", "word"] {
            #expect(!bodies.contains { String(decoding: $0, as: UTF8.self).contains(word) }, "\(word)")
        }
        #expect(Self.roleChanged.new?.address == "rtmp://<hidden>@cdn-b.example.com/live/<hidden>")
    }

    @Test("an outage says whether it began or ended")
    func outage() {
        #expect(StreamOutage(service: "media-push", hasEnded: false, tasks: 3, happened: "h", advice: "a").state == "began")
        #expect(StreamOutage(service: "media-push", hasEnded: true, tasks: 0, happened: "h", advice: "a").state == "ended")
    }

    @Test("a body that names a vendor's event is the vendor's, whatever else it says")
    func vendorsFirst() {
        let own = #""source":"mediaworker","type":"stream-services.outage","fields":{"service":"media-push"}"#
        #expect(decode("{\(own)}").type == "stream-services.outage")
        #expect(decode(#"{\#(own),"EventType":"FileUploadComplete","VideoId":"v"}"#).type == "FileUploadComplete")
        #expect(decode(#"{\#(own),"productId":1,"eventType":101,"payload":{"channelName":"c"}}"#).type == "rtc-channel.101")
    }

    @Test(
        "another source, or none, is no event of ours",
        arguments: [#""source":"Mediaworker","#, #""source":5,"#, #""source":null,"#, ""])
    func otherSource(source: String) {
        let decoded = decode(#"{\#(source)"type":"stream-services.outage","fields":{"service":"media-push"}}"#)
        #expect(decoded.status == .unknown && decoded.type == nil)
    }

    @Test(
        "a name that is not ours is unknown in our envelope, a vendor's too",
        arguments: ["stream-services.new", "media-push.4", "FileUploadComplete"])
    func unknownName(name: String) {
        let decoded = decode(#"{"source":"mediaworker","type":"\#(name)","VideoId":"v","payload":{"converter":{"id":"c"}},"fields":{}}"#)
        #expect(decoded.status == .unknown && decoded.type == EventType(name))
        #expect(reason(decoded) == "`\(name)` is no event of mediaworker that this version knows")
    }

    @Test(
        "a type that is no name makes an event of ours undecodable",
        arguments: [("null", "null"), ("5", "a number"), ("[]", "an array"), ("{}", "an object"), ("true", "a truth value")])
    func brokenType(value: String, kind: String) {
        let decoded = decode(#"{"source":"mediaworker","type":\#(value),"fields":{}}"#)
        #expect(decoded.faultyKey == "type" && reason(decoded) == "`type` is \(kind) where text is expected")
        #expect(decode(#"{"source":"mediaworker","type":"","fields":{}}"#).faultyKey == "type")
    }

    @Test("what an event is about is needed, and told with its path", arguments: Fixture.own.filter { $0.optionalSubjectKeys.isEmpty })
    func subject(fixture: Fixture) throws {
        let key = fixture.subjectKeys[0]
        for value in [NSNull(), 5, true, [5], ["a": 5]] as [Any] {
            var object = try fixture.object()
            var fields = try #require(object["fields"] as? [String: Any])
            fields[key] = value
            object["fields"] = fields
            let decoded = EventDecoder().decode(try jsonBytes(object))
            #expect(decoded.status == .undecodable && decoded.faultyKey == "fields.\(key)", "\(value)")
        }
    }

    @Test("id and time of other types are converted or absent, and harm nothing", arguments: Fixture.own)
    func envelope(fixture: Fixture) throws {
        for (key, value, printed) in [
            ("id", 5, "5"), ("id", [5], nil), ("id", NSNull(), nil), ("time", "1790000000000", "1790000000000"), ("time", "soon", nil),
            ("time", 1.5, nil), ("time", NSNull(), nil),
        ] as [(String, Any, String?)] {
            var object = try fixture.object()
            object[key] = value
            #expect(try fields(EventDecoder().decode(try jsonBytes(object)))[key].map { "\($0)" } == printed, "\(key) \(value)")
        }
    }
}
