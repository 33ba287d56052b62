/// One value of a `JSONDocument`.
struct JSONNode {
    private let document: JSONDocument
    private let place: Int

    init(_ document: JSONDocument, _ place: Int) {
        self.document = document
        self.place = place
    }

    /// Of its document.
    var isRewritten: Bool { document.isRewritten }

    var kind: JSONDocument.Kind { document.kind(at: place) }

    /// Of a text without its escapes, of a number as it was written.
    var bytes: UnsafeBufferPointer<UInt8> { document.bytes(at: place) }

    /// Nil for anything but text, and for text with half a surrogate pair in it.
    var text: String? { kind == .text ? String(validating: bytes, as: UTF8.self) : nil }

    /// The text, or the plain decimal form of a number.
    var textOrNumber: String? { kind == .number ? DecimalNumber(bytes).text : text }

    /// The value of a field; nil if this is no object or has no such field. Of a name that comes twice the first one counts.
    func field(_ name: String) -> JSONNode? {
        guard kind == .object else { return nil }
        return document.field(name, of: place).map { JSONNode(document, $0) }
    }

    /// Of an array its elements, of an object name, value, name, value, in their order.
    var parts: [JSONNode] {
        guard kind == .object || kind == .array else { return [] }
        let end = document.next(after: place)
        var parts: [JSONNode] = []
        var place = place + 1
        while place < end {
            parts.append(JSONNode(document, place))
            place = document.next(after: place)
        }
        return parts
    }

    /// The fields of an object, in their order; of anything else none.
    var fields: [(name: JSONNode, value: JSONNode)] {
        guard kind == .object else { return [] }
        let parts = parts
        return stride(from: 0, to: parts.count - 1, by: 2).map { (parts[$0], parts[$0 + 1]) }
    }

    /// The same sorted by name, so that equal objects look the same.
    var sortedFields: [(name: JSONNode, value: JSONNode)] { fields.sorted { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) } }

    /// What the value is, in words.
    var kindInWords: String {
        switch kind {
        case .object: "an object"
        case .array: "an array"
        case .number: "a number"
        case .true, .false: "a truth value"
        case .null: "null"
        case .text: text == nil ? "text with half a character" : "text"
        }
    }
}
