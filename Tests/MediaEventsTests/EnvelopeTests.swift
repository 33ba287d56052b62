import Testing

@testable import MediaEvents

@Suite("Which event a body is") struct EnvelopeTests {
    @Test(
        "a name that the catalogue lacks is unknown and named in the reason",
        arguments: [
            "BrandNewComplete", "fileuploadcomplete", " FileUploadComplete", "AIComplete", "未知",
        ])
    func unknownName(name: String) {
        let decoded = decode(#"{"EventType":"\#(name)","VideoId":"v"}"#)
        #expect(decoded.status == .unknown && decoded.type == EventType(name))
        #expect(reason(decoded) == "`\(name)` is no event type that this version knows")
        #expect(decoded.json != nil)
    }

    @Test("a stranger's name cannot flood or steer a terminal")
    func hostileName() throws {
        let decoded = decode(#"{"EventType":"\u001b[2J\u202e\#(String(repeating: "x", count: 5000))"}"#)
        let sentence = try #require(reason(decoded))
        #expect(sentence.count < 200 && !sentence.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }

    @Test(
        "an EventType that is no name makes the body undecodable",
        arguments: [
            ("null", "`EventType` is null where text is expected"), ("5", "`EventType` is a number where text is expected"),
            ("[\"FileUploadComplete\"]", "`EventType` is an array where text is expected"),
            ("{}", "`EventType` is an object where text is expected"),
            ("false", "`EventType` is a truth value where text is expected"), ("\"\"", "`EventType` is empty"),
        ])
    func brokenName(value: String, expected: String) {
        let decoded = decode(#"{"EventType":\#(value),"VideoId":"v"}"#)
        #expect(decoded.status == .undecodable && reason(decoded) == expected && decoded.faultyKey == "EventType")
    }

    @Test("an object without a type is unknown, without a name")
    func noType() {
        let decoded = decode("{}")
        #expect(decoded.status == .unknown && decoded.type == nil && reason(decoded)?.contains("`EventType`") == true)
    }

    @Test(
        "a Live callback is unknown and named",
        arguments: [
            #"{"domain":"d.example.com","app":"live","stream":"s","event":"record_started"}"#,
            #"{"domain":"d.example.com","app":"live","stream":"s","uri":"r.m3u8","duration":60.1,"start_time":1,"stop_time":2}"#,
            #"{"action":"publish","ip":"192.0.2.1","id":"s","app":"d.example.com","appname":"live","time":"1748938623"}"#,
        ])
    func live(body: String) {
        let decoded = decode(body)
        #expect(decoded.status == .unknown && decoded.type == nil && reason(decoded)?.contains("ApsaraVideo Live") == true)
    }

    @Test(
        "an Intelligent Media Services event is unknown even under a familiar name",
        arguments: [
            "FileUploadComplete", "SnapshotComplete", "RegisterMediaComplete",
        ])
    func intelligentMedia(name: String) {
        let decoded = decode(#"{"EventType":"\#(name)","UserId":1,"EventTime":"t","MessageBody":{"Status":"Success","MediaId":"m"}}"#)
        #expect(decoded.status == .unknown && decoded.type == EventType(name))
        #expect(reason(decoded)?.contains("Intelligent Media Services") == true)
    }

    @Test("a subject id beside a MessageBody makes it a VOD event; a MessageBody that is no object means nothing")
    func notIntelligentMedia() {
        #expect(decode(#"{"EventType":"FileUploadComplete","VideoId":"v","MessageBody":{}}"#).status == .typed)
        #expect(decode(#"{"EventType":"FileUploadComplete","MessageBody":"{}"}"#).status == .undecodable)
        #expect(decode(#"{"EventType":"SnapshotComplete","MessageBody":null}"#).status == .typed)
        #expect(decode(#"{"EventType":"FileUploadComplete","VideoId":5,"MessageBody":{}}"#).status == .undecodable)
    }

    @Test(
        "an Agora notification is known by product and number",
        arguments: [
            (5, 4, "media-push.4"), (4, 3, "media-pull.3"), (3, 31, "cloud-recording.31"), (1, 103, "rtc-channel.103"),
            (17, 101, "agora-product-17.101"),
        ])
    func agora(product: Int, event: Int, name: String) {
        let decoded = decode(#"{"noticeId":"n","productId":\#(product),"eventType":\#(event),"notifyMs":1,"payload":{}}"#)
        #expect(decoded.status == .unknown && decoded.type == EventType(name))
        #expect(reason(decoded)?.contains("product \(product), event \(event)") == true)
    }

    @Test("a snapshot event without asset and status, as in the vendor's own sample, is an event without outcome")
    func bareSnapshot() throws {
        let event = try decode(#"{"EventType":"SnapshotComplete","EventTime":"2025-06-03T08:15:11Z"}"#).event(as: SnapshotComplete.self)
        #expect(event.outcome == nil && event.subject == nil)
    }

    @Test("a decoder knows the types of its catalogue only")
    func smallCatalogue() {
        let decoder = EventDecoder(catalog: EventCatalog([SnapshotComplete.self]))
        #expect(decoder.decode(Array(SnapshotComplete.sample.utf8)).status == .typed)
        #expect(decoder.decode(Array(FileUploadComplete.sample.utf8)).status == .unknown)
    }
}
