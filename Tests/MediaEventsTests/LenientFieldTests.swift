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
        default: value is NSNumber && !(value is String)
        }
    }

    @Test("a field that is gone never harms, unless it is the type or the subject", arguments: Fixture.all)
    func removed(fixture: Fixture) throws {
        for key in try fixture.object().keys {
            var object = try fixture.object()
            object[key] = nil
            let decoded = EventDecoder().decode(try jsonBytes(object))
            switch key {
            case "EventType":
                #expect(decoded.status == .unknown && decoded.type == nil, "\(key)")
            case "VideoId" where fixture.type != "SnapshotComplete":
                #expect(decoded.status == .undecodable && decoded.faultyKey == "VideoId", "\(key)")
                #expect(reason(decoded) == "`VideoId` is missing")
            default:
                #expect(try fields(decoded) as NSDictionary == object as NSDictionary, "\(key)")
            }
        }
    }

    @Test("a field of another type is converted or absent, never printed as it came", arguments: Fixture.all, replacements)
    func retyped(fixture: Fixture, replacement: String) throws {
        let value = try jsonValue(replacement)
        for (key, original) in try fixture.object() {
            var object = try fixture.object()
            object[key] = value
            let decoded = EventDecoder().decode(try jsonBytes(object))
            switch key {
            case "EventType":
                let isName = value is String && value as? String != ""
                #expect(decoded.status == (isName ? .unknown : .undecodable), "\(key)")
                if !isName { #expect(decoded.faultyKey == "EventType") }
            case "VideoId":
                let isMissing = value is NSNull && fixture.type == "SnapshotComplete"
                #expect(decoded.status == (value is String || isMissing ? .typed : .undecodable), "\(key)")
                if decoded.status != .typed { #expect(decoded.faultyKey == "VideoId") }
            default:
                let printed = try fields(decoded)
                #expect(printed[key].map { Self.sameKind($0, original) } ?? true, "\(key)")
                object[key] = printed[key]
                #expect(printed as NSDictionary == object as NSDictionary, "only \(key) changes")
            }
        }
    }

    @Test("inside a stream or a snapshot nothing can harm", arguments: Fixture.all, replacements)
    func nested(fixture: Fixture, replacement: String) throws {
        let value = try jsonValue(replacement)
        for list in ["StreamInfos", "SnapshotInfos"] {
            guard let elements = try fixture.object()[list] as? [[String: Any]], let first = elements.first else { continue }
            for (key, original) in first {
                var object = try fixture.object()
                var changed = first
                changed[key] = value
                object[list] = [changed] + elements.dropFirst()
                let printed = try #require(try fields(EventDecoder().decode(jsonBytes(object)))[list] as? [[String: Any]])
                #expect(printed.count == elements.count)
                #expect(printed[0][key].map { Self.sameKind($0, original) } ?? true, "\(list) \(key)")
            }
        }
    }

    @Test("elements of a list that are no objects are dropped")
    func foreignElements() throws {
        let body = decode(#"{"EventType":"TranscodeComplete","VideoId":"v","StreamInfos":[1,{"Fps":25},null,[],{"Fps":"30","New":1}]}"#)
        #expect(try body.event(as: TranscodeComplete.self).streamInfos?.map(\.fps) == ["25", "30"])
    }

    @Test("unknown fields are ignored and never printed")
    func unknownFields() throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","videoid":"w","Codec":"h","New":{"a":[1]},"Size ":1}"#)
        #expect(try fields(body) as NSDictionary == ["EventType": "FileUploadComplete", "VideoId": "v"])
    }

    @Test(
        "the reason names the subject's field and what it holds instead of text",
        arguments: [
            ("5", "a number"), ("1e999", "a number"), ("true", "a truth value"), ("[]", "an array"), ("{}", "an object"),
            (#""\ud800""#, "text with an escape that stands for no character"),
        ])
    func subjectReason(value: String, kind: String) {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":\#(value)}"#)
        #expect(reason(body) == "`VideoId` is \(kind) where text is expected")
        #expect(body.faultyKey == "VideoId")
    }

    @Test(
        "pass-through data stays text; a bare document becomes compact JSON text",
        arguments: [
            (#""any ] text""#, #"any ] text"#), (#"{"b":[1, 2.50],"a":"x/y"}"#, #"{"a":"x/y","b":[1,2.5]}"#), ("[ ]", "[]"), ("7", "7"),
            ("true", "true"),
        ])
    func extend(value: String, expected: String) throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","Extend":\#(value)}"#)
        #expect(try body.event(as: FileUploadComplete.self).extend == expected)
    }

    @Test("of a field that comes twice the first one counts")
    func duplicates() throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","VideoId":"w","EventType":"X"}"#)
        #expect(try body.event(as: FileUploadComplete.self).videoID == "v")
    }
}
