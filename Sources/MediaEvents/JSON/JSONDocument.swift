import CRapidJSON

/// A parsed JSON value: one token for each name and value in it. The seam to the parser, which is RapidJSON.
///
/// Not Foundation's `JSONDecoder`: in fields that nobody reads it accepts bytes that are no UTF-8, raw control characters and `01`,
/// everywhere a comma after the last element, and whole documents in UTF-16. A message that is not JSON must not pass for an event.
///
/// `@unchecked Sendable`: what the pointers lead to is written before `init` returns, never changed, and freed by `deinit`.
final class JSONDocument: @unchecked Sendable {
    enum Kind: Int32 {
        case object, array, text, number
        case `true`, `false`, null
    }

    /// Deeper documents are refused.
    static let maximumDepth = 512

    private let document: crapidjson_document
    /// Something that no program can hold was rewritten: equal documents may have come from different bytes.
    let isRewritten: Bool

    /// - Throws: The first thing wrong, with its offset counted in bytes from 0.
    init(_ bytes: [UInt8]) throws(UndecodableBody) {
        do { _ = try UTF8Span(validating: bytes.span) } catch {
            throw UndecodableBody(reason: "not valid UTF-8 at byte \(error.byteOffsets.lowerBound)")
        }
        var document = Self.parse(bytes)
        let rewritten = document.storage == nil ? JSONRewriting.holdable(bytes) : nil
        if let rewritten { document = Self.parse(rewritten) }
        guard document.storage != nil else { throw Self.fault(document, bytes) }
        self.document = document
        isRewritten = rewritten != nil
    }

    private static func parse(_ bytes: [UInt8]) -> crapidjson_document {
        bytes.withUnsafeBufferPointer { crapidjson_parse($0.baseAddress, $0.count, Int32(maximumDepth)) }
    }

    deinit { crapidjson_free(document.storage) }

    /// The root of a document that stands in a text; nil if the text is not one.
    static func within(_ text: String) -> JSONNode? {
        do throws(UndecodableBody) { return try JSONDocument(Array(text.utf8)).root } catch { return nil }
    }

    var root: JSONNode { JSONNode(self, 0) }

    func kind(at place: Int) -> Kind { Kind(rawValue: document.tokens[place].kind) ?? .null }

    /// Where the next value stands that does not belong to this one.
    func next(after place: Int) -> Int { Int(document.tokens[place].next) }

    /// Of a text without its escapes, of a number as it was written.
    func bytes(at place: Int) -> UnsafeBufferPointer<UInt8> {
        let token = document.tokens[place]
        return UnsafeBufferPointer(start: document.text + Int(token.start), count: Int(token.end - token.start))
    }

    /// Where the value of the first field with this name stands.
    /// - Parameter object: The object's place.
    func field(_ name: String, of object: Int) -> Int? {
        var name = name
        let place = name.withUTF8 { name in
            withUnsafePointer(to: document) { crapidjson_field($0, Int32(object), name.baseAddress, name.count) }
        }
        return place < 0 ? nil : Int(place)
    }
}

extension JSONDocument {
    private static func fault(_ document: crapidjson_document, _ bytes: [UInt8]) -> UndecodableBody {
        let place = document.fault_at < bytes.count ? "at byte \(document.fault_at)" : "at the end, byte \(bytes.count)"
        let words = document.fault.map { String(cString: $0) } ?? "no reason given"
        return UndecodableBody(reason: "not valid JSON \(place): \(words.hasSuffix(".") ? String(words.dropLast()) : words)")
    }
}
