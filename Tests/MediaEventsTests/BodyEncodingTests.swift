import Foundation
import Testing

@testable import MediaEvents

@Suite("Plain and base64 bodies") struct BodyEncodingTests {
    private let text = #" {"EventType":"FileUploadComplete","VideoId":"v1"}"#

    @Test("base64 of an event is found out, with line breaks and without padding too")
    func base64() throws {
        let encoded = Data(text.utf8).base64EncodedString()
        let broken = Data(text.utf8).base64EncodedString(options: [
            .lineLength64Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        for body in [encoded, broken + "\r\n", " \n" + encoded, encoded.replacingOccurrences(of: "=", with: "")] {
            for encoding in [BodyEncoding.auto, .base64] {
                let decoded = decode(body, encoding: encoding)
                #expect(decoded.type == "FileUploadComplete" && decoded.encoding == .base64)
                #expect(decoded.json == Array(text.utf8))
            }
        }
    }

    @Test("what only looks like base64 is undecodable", arguments: ["test1234", "AAAA", "e30", "W10=", "bnVsbA==", "ew==", "eyJhIjox"])
    func looksLikeBase64(body: String) {
        let decoded = decode(body)
        let holdsObject = body == "e30"  // {}
        #expect(decoded.status == (holdsObject ? .unknown : .undecodable))
        #expect(reason(decoded)?.isEmpty == false)
        #expect(decoded.event == nil)
    }

    @Test(
        "the reason says what a body is not, and shows nothing of it",
        arguments: [
            ("", "the body is empty"), (" \r\n\t", "the body is empty"),
            ("test1234", "neither a JSON object nor base64 of one: it is base64, but what it holds does not start with `{`"),
            ("]]>", "neither a JSON object nor base64 of one: the body does not start with `{`"),
            ("hello, world", "neither a JSON object nor base64 of one: the body does not start with `{`"),
            ("[1]", "neither a JSON object nor base64 of one: the body starts like a JSON array"),
            ("\"e30=\"", "neither a JSON object nor base64 of one: the body starts like a JSON string"),
            ("\u{0}{}", "neither a JSON object nor base64 of one: the body starts with a zero byte"),
            ("e30=e30=", "neither a JSON object nor base64 of one: the body does not start with `{`"),
            ("ZXlKaElqb3hmUT09", "neither a JSON object nor base64 of one: it is base64, but what it holds does not start with `{`"),
        ])
    func reasons(body: String, expected: String) {
        let decoded = decode(body)
        #expect(decoded.status == .undecodable && reason(decoded) == expected)
        #expect(decoded.json == nil && decoded.encoding == nil)
    }

    @Test("a forced encoding is not second-guessed")
    func forced() {
        let encoded = Data(text.utf8).base64EncodedString()
        #expect(decode(text, encoding: .plain).status == .typed)
        #expect(reason(decode(encoded, encoding: .plain)) == "not a JSON object: the body does not start with `{`")
        #expect(reason(decode(text, encoding: .base64)) == "not base64 of a JSON object: the body is plain JSON text")
    }

    @Test("base64 that hides bytes which are no UTF-8 is undecodable")
    func invalidInside() {
        let body = Data([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]).base64EncodedString()
        #expect(reason(decode(body)) == "not valid UTF-8 at byte 2")
    }

    @Test("neither the alphabet for URLs nor foreign characters are base64", arguments: ["eyJhIjoi_-8ifQ==", "e30=!", "e3*0="])
    func foreignAlphabet(body: String) {
        #expect(decode(body).status == .undecodable)
    }
}
