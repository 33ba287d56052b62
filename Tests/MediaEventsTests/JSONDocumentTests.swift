import Foundation
import Testing

@testable import MediaEvents

@Suite("What is JSON and what is not") struct JSONParserTests {
    private func fault(_ text: String) -> String? {
        do throws(UndecodableBody) {
            _ = try JSONParser.parse(Array(text.utf8))
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(
        "every form of a value passes",
        arguments: [
            "{}", " \t\r\n{ } \n", #"{"a":1}"#, #"{"a":[]}"#, #"{"a":[1, -0, 0.5, 1e3, 1E-3, -12.5e+10]}"#, #"{"":{"":{}}}"#,
            #"{"a":"\"\\\/\b\f\n\r\tA\ud83d\ude00\ud800"}"#, #"{"a":true,"b":false,"c":null}"#, #"{"ключ":"李雷 😀 \#u{7F}"}"#,
            "{\"a\":\"\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}\"}",
        ])
    func good(text: String) {
        #expect(fault(text) == nil)
    }

    @Test(
        "everything else is refused with its place",
        arguments: [
            ("{", "not valid JSON at the end, byte 1: a field name was expected"),
            (#"{"a":1,}"#, "not valid JSON at byte 7: a field name was expected"),
            (#"{"a":[1,]}"#, "not valid JSON at byte 8: a value was expected"),
            (#"{"a":1}x"#, "not valid JSON at byte 7: more text after the object"),
            (#"{"a":1}{}"#, "not valid JSON at byte 7: more text after the object"),
            (#"{"a" 1}"#, "not valid JSON at byte 5: `:` was expected after a field name"),
            (#"{"a":1 "b":2}"#, "not valid JSON at byte 7: `,` or `}` was expected"),
            (#"{"a":[1 2]}"#, "not valid JSON at byte 8: `,` or `]` was expected"),
            (#"{"a":[1}"#, "not valid JSON at byte 7: `,` or `]` was expected"),
            (#"{"a":01}"#, "not valid JSON at byte 6: `,` or `}` was expected"),
            (#"{"a":1.}"#, "not valid JSON at byte 7: a digit was expected"),
            (#"{"a":-}"#, "not valid JSON at byte 6: a digit was expected"),
            (#"{"a":1e}"#, "not valid JSON at byte 7: a digit was expected"),
            (#"{"a":.5}"#, "not valid JSON at byte 5: a value was expected"),
            (#"{"a":+1}"#, "not valid JSON at byte 5: a value was expected"),
            (#"{"a":NaN}"#, "not valid JSON at byte 5: a value was expected"),
            (#"{"a":tru}"#, "not valid JSON at byte 8: `true` was expected"),
            (#"{a:1}"#, "not valid JSON at byte 1: a field name was expected"),
            (#"{"a":'x'}"#, "not valid JSON at byte 5: a value was expected"),
            (#"{"a":}"#, "not valid JSON at byte 5: a value was expected"),
            (#"{"a":"x"#, "not valid JSON at the end, byte 7: a string without end"),
            ("{\"a\":\"\u{1}\"}", "not valid JSON at byte 6: a control character in a string"),
            ("{\"a\":\"\n\"}", "not valid JSON at byte 6: a control character in a string"),
            (#"{"a":"\x"}"#, "not valid JSON at byte 7: an escape that JSON does not have"),
            (#"{"a":"\u12G4"}"#, "not valid JSON at byte 10: `\\u` wants four hexadecimal digits"),
            (#"{"a":1} // note"#, "not valid JSON at byte 8: more text after the object"),
            ("{\u{A0}}", "not valid JSON at byte 1: a field name was expected"),
            ("", "not valid JSON at the end, byte 0: does not start with `{`"),
            ("[]", "not valid JSON at byte 0: does not start with `{`"),
            ("{}\u{0}", "not valid JSON at byte 2: more text after the object"),
        ])
    func bad(text: String, reason: String) {
        #expect(fault(text) == reason)
    }

    @Test(
        "bytes that are no UTF-8 are refused wherever they stand",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let start = Array(#"{"EventType":"FileUploadComplete","VideoId":"v","Nobody reads this":""#.utf8)
        for end in [#""}"#, "", "aaaa\"}"] {
            let decoded = EventDecoder().decode(start + bytes + Array(end.utf8))
            #expect(decoded.status == .undecodable && decoded.json == nil)
            #expect(reason(decoded) == "not valid UTF-8 at byte \(start.count)")
        }
        #expect(EventDecoder().decode(Array(#"{"a"#.utf8) + bytes + Array(#"":1}"#.utf8)).status == .undecodable)
        #expect(EventDecoder().decode(Array("{".utf8) + bytes + Array("}".utf8)).status == .undecodable)
    }

    @Test("every Unicode scalar passes in its own encoding, and a surrogate's never does")
    func everyScalar() {
        for value in stride(from: UInt32(0x20), through: 0x10FFFF, by: 97) {
            guard let scalar = Unicode.Scalar(value), value != 0x22, value != 0x5C else { continue }
            #expect(fault("{\"a\":\"\(scalar)\"}") == nil)
        }
    }

    @Test("a document in UTF-16 or UTF-32, or behind a byte order mark, is undecodable")
    func otherEncodings() throws {
        let text = EventCatalog.standard.entries[0].sample
        for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16, .utf32LittleEndian, .utf32BigEndian] {
            #expect(EventDecoder().decode([UInt8](try #require(text.data(using: encoding)))).status == .undecodable)
        }
        let marked = decode("\u{FEFF}" + text)
        #expect(marked.status == .undecodable && reason(marked)?.contains("byte order mark") == true)
    }

    @Test("nesting is read to its limit and refused beyond it, also in a field that is read", arguments: ["Extend", "New", "StreamInfos"])
    func depth(key: String) {
        func body(_ levels: Int) -> DecodedBody {
            let open = String(repeating: "[", count: levels)
            let close = String(repeating: "]", count: levels)
            return decode(#"{"EventType":"TranscodeComplete","VideoId":"v","\#(key)":\#(open)\#(close)}"#)
        }
        #expect(body(JSONParser.maximumDepth - 1).status == .typed)
        #expect(reason(body(JSONParser.maximumDepth))?.hasSuffix("nested more than 512 levels deep") == true)
        #expect(body(200_000).status == .undecodable)
    }

    @Test("a field name that is no text harms nothing, and names with escapes are the same names")
    func escapedNames() throws {
        let body = decode(#"{"EventType":"FileUploadComplete","\ud800":1,"\u0056ideoI\u0064":"v","Siz\u0065":7}"#)
        #expect(try body.event(as: FileUploadComplete.self).videoID == "v")
        #expect(try body.event(as: FileUploadComplete.self).size == 7)
    }
}
