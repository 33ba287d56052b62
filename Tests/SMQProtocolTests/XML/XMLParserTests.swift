import Testing

@testable import SMQProtocol

@Suite("Hostile and broken XML")
struct XMLParserTests {
    private func error(_ document: [UInt8]) -> XMLError? {
        do throws(XMLError) {
            _ = try XMLParser.tree(of: document)
            return nil
        } catch {
            return error
        }
    }

    private func error(_ text: String) -> XMLError? { error(Array(text.utf8)) }

    @Test("a document type is refused before any entity of it counts")
    func documentType() {
        #expect(error("<!DOCTYPE a><a/>") == .hasDocumentType)
        #expect(error("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>") == .hasDocumentType)
        #expect(error("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>") == .hasDocumentType)
        var bomb = "<!DOCTYPE a [<!ENTITY e0 \"ha\">"
        for level in 1...20 { bomb += "<!ENTITY e\(level) \"" + String(repeating: "&e\(level - 1);", count: 10) + "\">" }
        #expect(error(bomb + "]><a>&e20;</a>") == .hasDocumentType)
    }

    @Test("entities that nobody declared are an error, the five of XML and character references are text")
    func entities() throws {
        #expect(error("<a>&nbsp;</a>")?.isNotWellFormed == true)
        #expect(error("<a b='&x;'/>")?.isNotWellFormed == true)
        let root = try XMLParser.tree(of: Array("<a>&amp;&lt;&gt;&quot;&apos;&#65;&#x1F600;&#13;</a>".utf8))
        #expect(String(decoding: root.text, as: UTF8.self) == "&<>\"'A\u{1F600}\r")
    }

    @Test("nesting is bounded")
    func depth() {
        #expect(error(String(repeating: "<a>", count: 16) + String(repeating: "</a>", count: 16)) == nil)
        #expect(error(String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17)) == .tooDeep)
        #expect(error(String(repeating: "<a>", count: 200_000)) == .tooDeep)
    }

    @Test("size, elements and attributes are bounded", .timeLimit(.minutes(1)))
    func bounds() {
        #expect(error("<a>" + String(repeating: "x", count: 3 << 20) + "</a>") == .tooLarge(3 << 20 + 7))
        #expect(error("<a>" + String(repeating: "<b/>", count: 60_000) + "</a>") == .tooManyElements)
        let attributes = (0..<150_000).map { "a\($0)=\"\"" }.joined(separator: " ")
        #expect(error("<a \(attributes)/>") == .tooManyAttributes)
        #expect(error("<a \(attributes.replacing("\"\"", with: "\">\""))/>") == .tooManyAttributes)
    }

    @Test("a long text full of equal signs and angle brackets is text")
    func equalSigns() {
        #expect(error("<a>" + String(repeating: "=&gt; >", count: 20_000) + "</a>") == nil)
        #expect(error("<a><![CDATA[" + String(repeating: "= ", count: 20_000) + "]]></a>") == nil)
    }

    @Test(
        "what is not whole and well-formed is an error, whatever came before",
        arguments: [
            "x", "<", "<a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a>]]></a>", "<a b=c/>", "<a>\u{1}</a>", "<a>&#0;</a>",
            "<a>&#1;</a>",
            "<a/>trailing", "<?xml version=\"1.0\"?>", "{\"a\": 1}", "<a>&lt</a>", "<html><body><br></body></html>",
        ])
    func broken(text: String) { #expect(error(text)?.isNotWellFormed == true) }

    @Test("nothing is not a document")
    func empty() {
        #expect(error([]) == .empty)
        #expect(error("  \n")?.isNotWellFormed == true)
    }

    @Test("every cut of a document is an error")
    func cuts() {
        let whole = Array(
            "<?xml version=\"1.0\" ?>\n<Messages xmlns=\"http://x/\"><Message><MessageBody>a&amp;ü</MessageBody></Message></Messages>".utf8)
        #expect(error(whole) == nil)
        for length in 0..<whole.count { #expect(error(Array(whole[..<length])) != nil, "cut at \(length)") }
    }

    @Test("only UTF-8 is read, and only if it is valid")
    func encodings() {
        for name in ["utf-8", "UTF-8", "Utf8", "US-ASCII"] { #expect(error("<?xml version=\"1.0\" encoding=\"\(name)\"?><a/>") == nil) }
        for name in ["ISO-8859-1", "GBK", "UTF-7"] {
            #expect(error("<?xml version=\"1.0\" encoding=\"\(name)\"?><a/>") != nil, "\(name)")
        }
        let utf16 = Array("<a/>".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(error(utf16) == .notUTF8)
        #expect(error([0xFF, 0xFE] + utf16) == .notUTF8)
        #expect(error([0xEF, 0xBB, 0xBF] + Array("<a/>".utf8)) == nil)
        #expect(error(Array("<a/>".utf8) + [0] + Array("<b/>".utf8)) == .notUTF8)
        // Cut off, overlong, a surrogate, beyond the last character, Latin-1.
        for bytes: [UInt8] in [[0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE9], [0x80]] {
            #expect(error(Array("<a>x".utf8) + bytes + Array("y</a>".utf8)) != nil, "\(bytes)")
        }
    }

    @Test("comments, processing instructions and CDATA do not disturb a text")
    func noise() throws {
        let text = "<?xml version='1.0'?><?pi x?><!-- c --><m:a xmlns:m='n'>a<!-- < -->b<![CDATA[<c>]]><?pi?>d</m:a><!-- end -->"
        let root = try XMLParser.tree(of: Array(text.utf8))
        #expect(root.name == "a")
        #expect(String(decoding: root.text, as: UTF8.self) == "ab<c>d")
    }

    @Test("errors never repeat the text of a document")
    func discretion() {
        let document = "<a><b>very-secret-body</b><very-secret-tail"
        #expect(error(document).map { !"\($0)".contains("very-secret") } == true)
    }
}

extension XMLError {
    fileprivate var isNotWellFormed: Bool { if case .notWellFormed = self { true } else { false } }
}
