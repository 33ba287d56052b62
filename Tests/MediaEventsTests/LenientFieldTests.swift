import Foundation
import Testing

@testable import MediaEvents

@Suite("Fields that differ from the table") struct LenientFieldTests {
    private static let replacements = [
        "null", "5", "0", "-1.5", "\"\"", "\"x\"", "\"5\"", "true", "[]", "{}", "[5,\"x\",null,{},[{}]]", "{\"a\":{\"b\":[1]}}",
        "123456789012345678901234567890", "\"\\u0000\"",
    ]

    /// What a printed value may be: the type that the sample has, whatever arrived.
    private static func sameKind(_ value: Any, _ original: Any) -> Bool {
        switch original {
        case is String: value is String
        case is [Any]: value is [Any]
        case is [String: Any]: value is [String: Any]
        default: value is NSNumber && !(value is String)
        }
    }

    @Test("a field that is gone never harms, unless it is the type or the subject", arguments: Fixture.vod)
    func removed(fixture: Fixture) throws {
        for key in try fixture.object().keys {
            var object = try fixture.object()
            object[key] = nil
            let decoded = EventDecoder().decode(try jsonBytes(object))
            if key == "EventType" {
                #expect(decoded.status == .unknown && decoded.type == nil, "\(key)")
            } else if fixture.subjectKeys.contains(key), !fixture.optionalSubjectKeys.contains(key) {
                #expect(decoded.status == .undecodable && decoded.faultyKey == key, "\(key)")
                #expect(reason(decoded) == "`\(key)` is missing")
            } else {
                var expected = try fixture.expected()
                expected[key] = nil
                #expect(try fields(decoded) as NSDictionary == expected as NSDictionary, "\(key)")
            }
        }
    }

    @Test("a field of another type is converted or absent, never printed as it came", arguments: Fixture.vod, replacements)
    func retyped(fixture: Fixture, replacement: String) throws {
        let value = try jsonValue(replacement)
        let whole = try fixture.expected()
        for (key, original) in whole {
            var object = try fixture.object()
            object[key] = value
            let decoded = EventDecoder().decode(try jsonBytes(object))
            if key == "EventType" {
                let isName = value is String && value as? String != ""
                #expect(decoded.status == (isName ? .unknown : .undecodable), "\(key)")
                if !isName { #expect(decoded.faultyKey == "EventType") }
            } else if fixture.subjectKeys.contains(key) {
                let isMissing = value is NSNull && fixture.optionalSubjectKeys.contains(key)
                #expect(decoded.status == (value is String || isMissing ? .typed : .undecodable), "\(key)")
                if decoded.status != .typed { #expect(decoded.faultyKey == key) }
            } else if key == "Status" || key == "ErrorCode", fixture.type == "UploadByURLComplete" {
                continue  // whether the id of the video may be absent depends on them
            } else {
                var expected = whole
                let printed = try fields(decoded)
                let isDocumentedArray = key == "DynamicImageJobInfo" && printed[key] is [Any]
                #expect(printed[key].map { Self.sameKind($0, original) || isDocumentedArray } ?? true, "\(key)")
                expected[key] = printed[key]
                #expect(printed as NSDictionary == expected as NSDictionary, "only \(key) changes")
            }
        }
    }

    @Test(
        "inside documents of any depth nothing but the subject of an event with an envelope can harm", arguments: Fixture.all, replacements)
    func nested(fixture: Fixture, replacement: String) throws {
        let value = try jsonValue(replacement)
        let object = try fixture.expected()
        for path in Self.paths(object) where path.count > 1 {
            let changed = Self.replaced(object, at: path[...], by: value)
            let decoded = EventDecoder().decode(try jsonBytes(changed))
            let name = path.filter { $0 != fixture.part }.joined(separator: ".")
            let mayBeMissing = value is NSNull && fixture.optionalSubjectKeys.contains(name)
            if fixture.hasEnvelope, !mayBeMissing, fixture.subjectKeys.contains(where: { $0 == name || $0.hasPrefix(name + ".") }) {
                #expect(decoded.status == .undecodable || value is String || value is [String: Any], "\(path)")
            } else {
                #expect(decoded.status == .typed, "\(path)")
            }
        }
    }

    @Test("a field that is gone at any depth harms nothing but the subject of an event with an envelope", arguments: Fixture.all)
    func removedWithin(fixture: Fixture) throws {
        let object = try fixture.expected()
        for path in Self.paths(object) where path.count > 1 || fixture.hasEnvelope {
            let decoded = EventDecoder().decode(try jsonBytes(Self.replaced(object, at: path[...], by: nil)))
            let name = path.filter { $0 != fixture.part }.joined(separator: ".")
            if ["productId", "eventType"].contains(name) || fixture.isOwn && path.count == 1 && ["source", "type"].contains(name) {
                #expect(decoded.status == .unknown, "\(path)")
            } else if fixture.hasEnvelope, !fixture.optionalSubjectKeys.contains(name),
                name.isEmpty || fixture.subjectKeys.contains(where: { $0 == name || $0.hasPrefix(name + ".") })
            {
                #expect(decoded.status == .undecodable, "\(path)")
            } else {
                #expect(decoded.status == .typed, "\(path)")
            }
        }
    }

    /// The paths to all fields; an element of a list counts by its number.
    private static func paths(_ value: Any) -> [[String]] {
        switch value {
        case let object as [String: Any]: object.flatMap { name, value in [[name]] + paths(value).map { [name] + $0 } }
        case let list as [Any]: list.enumerated().flatMap { place, value in [["\(place)"]] + paths(value).map { ["\(place)"] + $0 } }
        default: []
        }
    }

    /// - Parameter other: Nil takes the field out.
    private static func replaced(_ value: Any, at path: ArraySlice<String>, by other: Any?) -> Any {
        guard let first = path.first else { return other ?? NSNull() }
        if var object = value as? [String: Any] {
            object[first] = path.count == 1 ? other : object[first].map { replaced($0, at: path.dropFirst(), by: other) }
            return object
        }
        guard var list = value as? [Any], let place = Int(first) else { return value }
        if path.count == 1, other == nil {
            list.remove(at: place)
        } else {
            list[place] = replaced(list[place], at: path.dropFirst(), by: other)
        }
        return list
    }

    @Test("elements of a list that are no objects are dropped")
    func foreignElements() throws {
        let body = decode(#"{"EventType":"TranscodeComplete","VideoId":"v","StreamInfos":[1,{"Fps":25},null,[],{"Fps":"30","New":1}]}"#)
        #expect(try body.event(as: TranscodeComplete.self).streamInfos?.map(\.fps) == ["25", "30"])
    }

    @Test("unknown fields are ignored and never printed")
    func unknownFields() throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","videoid":"w","Codec":"h","New":{"a":[1]},"Sizes":1}"#)
        #expect(try fields(body) as NSDictionary == ["EventType": "FileUploadComplete", "VideoId": "v"])
    }

    @Test(
        "the reason names the subject's field and what it holds instead of text",
        arguments: [
            ("5", "a number"), ("true", "a truth value"), ("[]", "an array"), ("{}", "an object"),
        ])
    func subjectReason(value: String, kind: String) {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":\#(value)}"#)
        #expect(reason(body) == "`VideoId` is \(kind) where text is expected")
        #expect(body.faultyKey == "VideoId")
    }

    @Test(
        "pass-through data stays text; a bare document becomes its text without blanks, exact",
        arguments: [
            (#""any ] text""#, #"any ] text"#), (#"{"b":[1, 2.50],"a":"x/y\n"}"#, #"{"b":[1,2.50],"a":"x/y\n"}"#), ("[ ]", "[]"),
            ("7", "7"),
            ("true", nil), ("{\"n\": 12345678901234567890123, \"t\": null}", "{\"n\":12345678901234567890123,\"t\":null}"),
        ])
    func extend(value: String, expected: String?) throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","Extend":\#(value)}"#)
        #expect(try body.event(as: FileUploadComplete.self).extend == expected)
    }

    @Test(
        "one object, its text, an array: what is documented one way and sent the other comes as it is",
        arguments: [
            (#"{"JobId":"j"}"#, #"{"JobId":"j"}"#), (#""{\"JobId\":\"j\"}""#, #"{"JobId":"j"}"#),
            (#"[{"JobId":"j"},5,{"JobId":"k","X":1}]"#, #"[{"JobId":"j"},{"JobId":"k"}]"#), ("[]", "[]"), ("5", nil), ("\"x\"", nil),
        ])
    func oneOrMore(value: String, expected: String?) throws {
        let body = decode(#"{"EventType":"DynamicImageComplete","VideoId":"v","JobId":"j","DynamicImageJobInfo":\#(value)}"#)
        let printed = try fields(body)["DynamicImageJobInfo"]
        #expect(printed as? NSObject == (try expected.map { try jsonValue($0) }) as? NSObject)
        #expect(try body.event(as: DynamicImageComplete.self).dynamicImageJobInfo?.all.allSatisfy { $0.jobID != nil } != false)
    }

    @Test("users of a channel are numbers and accounts; what is neither is dropped")
    func users() throws {
        let options = #"{"audioOptions":{"rtcStreamUids":[5.0,"5","ann",null,{"uid":7},1.5,4294967295]}}"#
        let body = decode(
            #"{"noticeId":"n","productId":5,"eventType":3,"payload":{"converter":{"id":"c","transcodeOptions":\#(options),"rawOptions":{"rtcStreamUid":[1]}}}}"#
        )
        let converter = try body.event(as: AgoraNotice<MediaPushStateChanged>.self).payload.converter
        #expect(
            converter.transcodeOptions?.audioOptions?.rtcStreamUIDs == [.uid(5), .account("5"), .account("ann"), .uid(4_294_967_295)])
        #expect(converter.rawOptions != nil && converter.rawOptions?.rtcStreamUID == nil)
    }

    @Test("of a field that comes twice the first one counts")
    func duplicates() throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","VideoId":"w","EventType":"X"}"#)
        #expect(try body.event(as: FileUploadComplete.self).videoID == "v")
    }

    @Test("pass-through data comes with every event, though not every table names it", arguments: Fixture.vod)
    func extendEverywhere(fixture: Fixture) throws {
        var object = try fixture.object()
        object["Extend"] = "for me"
        #expect(try fields(EventDecoder().decode(try jsonBytes(object)))["Extend"] as? String == "for me")
    }

    @Test("a document with text that is none is no pass-through data, and a truth value neither")
    func noPassThrough() throws {
        for value in [#"{"a":"\ud800x"}"#, #"{"\udc00":1}"#, #"["\udc00"]"#, "true", "null"] {
            let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","Extend":\#(value)}"#)
            #expect(try body.event(as: FileUploadComplete.self).extend == nil)
        }
    }

    @Test("an Agora payload may come as the text of a document, its parts too")
    func payloadAsText() throws {
        let converter = #"{\"id\":\"c\",\"state\":\"running\"}"#
        let inner = decode(#"{"noticeId":"n","productId":5,"eventType":3,"payload":{"converter":"\#(converter)"}}"#)
        #expect(try inner.event(as: AgoraNotice<MediaPushStateChanged>.self).payload.converter.state == "running")
        let outer = decode(#"{"noticeId":"n","productId":1,"eventType":101,"payload":"{\"channelName\":\"c\"}"}"#)
        #expect(outer.status == .typed)
        #expect(decode(#"{"noticeId":"n","productId":1,"eventType":101,"payload":"c"}"#).faultyKey == "payload")
    }

    @Test(
        "an RTC channel event has the fields of its kind and no others",
        arguments: [
            (101, []), (102, ["lastUid"]), (103, ["uid", "clientSeq", "platform", "clientType"]),
            (104, ["uid", "clientSeq", "platform", "clientType", "reason", "duration"]), (107, ["uid", "clientSeq", "platform"]),
            (108, ["uid", "clientSeq", "platform", "reason", "duration"]), (111, ["uid", "clientSeq"]), (112, ["uid", "clientSeq"]),
        ] as [(Int, [String])])
    func channelFields(event: Int, names: [String]) throws {
        let all = #""uid":1,"lastUid":2,"platform":6,"clientType":10,"clientSeq":3,"reason":1,"duration":4"#
        let body = decode(#"{"noticeId":"n","productId":1,"eventType":\#(event),"payload":{"channelName":"c","ts":5,\#(all)}}"#)
        let payload = try #require(try fields(body)["payload"] as? [String: Any])
        #expect(Set(payload.keys) == Set(names + ["channelName", "ts"]))
    }
}
