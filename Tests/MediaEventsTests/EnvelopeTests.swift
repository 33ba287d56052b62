import Testing

@testable import MediaEvents

@Suite("Which event a body is") struct EnvelopeTests {
    @Test(
        "a name that the catalogue lacks is unknown and named in the reason",
        arguments: [
            "BrandNewComplete", "fileuploadcomplete", " FileUploadComplete", "未知",
        ])
    func unknownName(name: String) {
        let decoded = decode(#"{"EventType":"\#(name)","VideoId":"v"}"#)
        #expect(decoded.status == .unknown && decoded.type == EventType(name))
        #expect(reason(decoded) == "`\(name)` is no event type that this version knows")
        #expect(decoded.json != nil)
    }

    @Test(
        "a name that is known from elsewhere is unknown, and named as what it is",
        arguments: [
            ("RegisterMediaComplete", "Intelligent Media Services"), ("LiveSnapshotFileCreated", "Intelligent Media Services"),
            ("AIVideoCensorComplete", "AIMediaAuditComplete"), ("AIComplete", "subscription"), ("ALL", "subscription"),
        ])
    func neighbourName(name: String, words: String) {
        let decoded = decode(#"{"EventType":"\#(name)","VideoId":"v"}"#)
        #expect(decoded.status == .unknown && decoded.type == EventType(name))
        #expect(reason(decoded)?.contains("`\(name)`") == true && reason(decoded)?.contains(words) == true)
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
        for content in [#"{"Status":"Success","MediaId":"m"}"#, #""{\"Status\":\"Success\",\"MediaId\":\"m\"}""#] {
            let decoded = decode(#"{"EventType":"\#(name)","UserId":1,"EventTime":"t","MessageBody":\#(content)}"#)
            #expect(decoded.status == .unknown && decoded.type == EventType(name))
            #expect(reason(decoded)?.contains("Intelligent Media Services") == true)
        }
    }

    @Test("a subject id beside a MessageBody makes it a VOD event; a MessageBody that is no object, nor the text of one, means nothing")
    func notIntelligentMedia() {
        #expect(decode(#"{"EventType":"FileUploadComplete","VideoId":"v","MessageBody":{}}"#).status == .typed)
        #expect(decode(#"{"EventType":"FileUploadComplete","MessageBody":"text"}"#).status == .undecodable)
        #expect(decode(#"{"EventType":"SnapshotComplete","MessageBody":null}"#).status == .typed)
        #expect(decode(#"{"EventType":"FileUploadComplete","VideoId":5,"MessageBody":{}}"#).status == .undecodable)
    }

    @Test(
        "an Agora notification is known by product and number",
        arguments: [
            (5, 9, "media-push.9"), (4, 2, "media-pull.2"), (3, 13, "cloud-recording.13"), (3, 34, "cloud-recording.34"),
            (3, 46, "cloud-recording.46"), (3, 112, "cloud-recording.112"), (1, 109, "rtc-channel.109"),
            (17, 101, "agora-product-17.101"),
        ])
    func unknownAgora(product: Int, event: Int, name: String) {
        let decoded = decode(#"{"noticeId":"n","productId":\#(product),"eventType":\#(event),"notifyMs":1,"payload":{}}"#)
        #expect(decoded.status == .unknown && decoded.type == EventType(name))
        #expect(reason(decoded)?.contains("product \(product), event \(event)") == true)
    }

    @Test(
        "a notice that does not say what it is about is undecodable, with the path to what it lacks",
        arguments: [
            (5, 4, #"{"converter":{}}"#, "payload.converter.id"), (4, 3, #"{"player":{"id":5}}"#, "payload.player.id"),
            (3, 31, "{}", "payload.sid"), (1, 103, #"{"channelName":null}"#, "payload.channelName"), (5, 1, "[]", "payload"),
            (5, 1, "{}", "payload.converter"),
        ])
    func lackingAgora(product: Int, event: Int, payload: String, path: String) {
        let decoded = decode(#"{"noticeId":"n","productId":"\#(product)","eventType":\#(event).0,"payload":\#(payload)}"#)
        #expect(decoded.status == .undecodable && decoded.faultyKey == path)
        #expect(reason(decoded)?.hasPrefix("`\(path)` is") == true)
    }

    @Test("notices of old accounts are the same events")
    func oldAccounts() throws {
        let text = #"""
            {"notificationId":"n","productId":3,"eventType":11,"notifyMs":"1611566412672","eventMs":1611566412000,"noticeLevel":1,
            "payload":{"cname":"c","uid":7,"sid":"s","sequence":"3","sendts":1611566411000,"serviceType":0,
            "details":{"msgName":"session_exit","exitStatus":"0"}}}
            """#
        let notice = try decode(text).event(as: RecordingSessionExitedNotice.self)
        #expect(notice.payload.sequence == 3 && notice.payload.uid == "7" && notice.payload.details?.exitStatus == 0)
        #expect(notice.duplicateKeys == ["3/n", "cloud-recording.11/s/7/3"])
        #expect(notice.payload.order == AgoraOrder(number: 3, milliseconds: 1_611_566_411_000))
    }

    @Test("lts of a push is taken for seconds or milliseconds by its size")
    func seconds() throws {
        func order(_ lts: String) throws -> AgoraOrder? {
            let text = #"{"noticeId":"n","productId":5,"eventType":3,"payload":{"converter":{"id":"c","state":"new"},"lts":\#(lts)}}"#
            let notice = try decode(text).event(as: AgoraNotice<MediaPushStateChanged>.self)
            #expect(notice.payload.converter.state == "new", "an unknown state is kept")
            return notice.payload.order
        }
        #expect(try order("1773478800") == order("1773478800000"))
        #expect(try #require(try order("1773478800")) < #require(try order("1773478800001")))
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

    @Test(
        "an Agora notification without a readable product or number is called what it is",
        arguments: [
            #"{"noticeId":"n","productId":3.5,"eventType":1,"payload":{}}"#, #"{"noticeId":"n","productId":5,"payload":{}}"#,
            #"{"productId":"x","eventType":1,"payload":{}}"#,
        ])
    func brokenAgora(body: String) {
        let decoded = decode(body)
        #expect(decoded.status == .unknown && decoded.type == nil && reason(decoded)?.contains("Agora notification") == true)
    }
}
