import Foundation
import Testing

@testable import MediaEvents

@Suite("What is JSON and what is not") struct JSONDocumentTests {
    private func fault(_ text: String) -> String? {
        do throws(UndecodableBody) {
            _ = try JSONDocument(Array(text.utf8))
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(
        "every form of a value passes",
        arguments: [
            "{}", " \t\r\n{ } \n", #"{"a":1}"#, #"{"a":[]}"#, #"{"a":[1, -0, 0.5, 1e3, 1E-3, -12.5e+10]}"#, #"{"":{"":{}}}"#,
            #"{"a":"\"\\\/\b\f\n\r\tA\ud83d\ude00"}"#, #"{"a":true,"b":false,"c":null}"#, #"{"ключ":"李雷 😀 \#u{7F}"}"#,
            "{\"a\":\"\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}\"}",
        ])
    func good(text: String) {
        #expect(fault(text) == nil)
    }

    @Test(
        "everything else is refused with its place",
        arguments: [
            "{", #"{"a":1,}"#, #"{"a":[1,]}"#, #"{"a":1}x"#, #"{"a":1}{}"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{"a":[1 2]}"#, #"{"a":[1}"#,
            #"{"a":01}"#, #"{"a":1.}"#, #"{"a":-}"#, #"{"a":1e}"#, #"{"a":.5}"#, #"{"a":+1}"#, #"{"a":NaN}"#, #"{"a":tru}"#, #"{a:1}"#,
            #"{"a":'x'}"#, #"{"a":}"#, #"{"a":"x"#, "{\"a\":\"\u{1}\"}", "{\"a\":\"\n\"}", #"{"a":"\x"}"#, #"{"a":"\u12G4"}"#,
            #"{"a":1} // note"#, "{\u{A0}}", "", "{}\u{0}",
        ])
    func bad(text: String) {
        #expect(fault(text)?.hasPrefix("not valid JSON at ") == true)
    }

    @Test("the place is that of the first thing wrong")
    func place() {
        #expect(fault(#"{"a":1 "b":2}"#)?.hasPrefix("not valid JSON at byte 7: ") == true)
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
        #expect(body(JSONDocument.maximumDepth - 1).status == .typed)
        #expect(reason(body(JSONDocument.maximumDepth))?.hasSuffix("Too many levels") == true)
        #expect(body(200_000).status == .undecodable)
    }

    @Test("names with escapes, and with blanks at their ends, are the same names")
    func names() throws {
        let body = decode(#"{"EventType":"FileUploadComplete","\u0056ideoI\u0064":"v"," Size ":7}"#)
        #expect(try body.event(as: FileUploadComplete.self).videoID == "v")
        #expect(try body.event(as: FileUploadComplete.self).size == 7)
    }

    @Test(
        "half a surrogate pair stands for no character: it is never a subject, and elsewhere its field is absent",
        arguments: [
            #"\ud800"#, #"\uDBFF"#, #"\udc00"#, #"x\uD9abx"#, #"\ud800\ud800\udc00"#, #"\ud800\u0041"#, #"\ud800\n"#, #"\ud83d\\ude00"#,
            #"\uda00\""#,
        ])
    func surrogates(text: String) throws {
        let subject = decode(#"{"EventType":"FileUploadComplete","VideoId":"\#(text)"}"#)
        #expect(reason(subject) == "`VideoId` is text with half a character where text is expected")
        let event = try decode(#"{"EventType":"FileUploadComplete","Extend":"\#(text)","VideoId":"v\\ud800","Size":1e999}"#)
            .event(as: FileUploadComplete.self)
        #expect(event.extend == nil && event.videoID == #"v\ud800"# && event.size == nil)
    }

    @Test("what is written like half a pair and is none stays")
    func noSurrogates() throws {
        let event = try decode(#"{"EventType":"FileUploadComplete","VideoId":"\ud83d\ude00 \\ud800 \ud7ff\ue000","Extend":"\ud800"}"#)
            .event(as: FileUploadComplete.self)
        #expect(event.videoID == "😀 \\ud800 \u{D7FF}\u{E000}" && event.extend == nil)
    }

    @Test("any number of such numbers costs one more pass")
    func manyEndlessNumbers() {
        let text = #"{"a":["# + Array(repeating: "1e999", count: 100_000).joined(separator: ",") + "]}"
        let began = ContinuousClock.now
        #expect(fault(text) == nil)
        #expect(ContinuousClock.now - began < .seconds(4))
    }

    @Test("names with blanks keep them where all names are free, and give way to the exact name")
    func paddedNames() throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId ":"w","VideoId":"v"}"#)
        #expect(try body.event(as: FileUploadComplete.self).videoID == "v")
        let task = decode(#"{"EventType":"WorkflowTaskComplete","TaskId":"t","ActivityResults":{"a":{"Status":"x"},"a ":{"Status":"y"}}}"#)
        #expect(try task.event(as: WorkflowTaskComplete.self).activityResults?.keys.sorted() == ["a", "a "])
    }

    @Test("a number that no program can hold is a value of no type", arguments: ["1e999", "-1e999", "1e99999999999999999999"])
    func endlessNumbers(text: String) throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","Size":\#(text),"Extend":[\#(text),1]}"#)
        #expect(try body.event(as: FileUploadComplete.self).size == nil)
        #expect(try body.event(as: FileUploadComplete.self).extend == "[null,1]")
    }
}
