/// One value of a `JSONDocument`.
struct JSONNode {
    private let document: JSONDocument
    private let place: Int

    init(_ document: JSONDocument, _ place: Int) {
        self.document = document
        self.place = place
    }

    var kind: JSONDocument.Kind { document.kind(at: place) }

    /// A number as it was written; a text with its escapes.
    var bytes: ArraySlice<UInt8> { document.bytes(at: place) }

    /// Nil for anything but text, and for text with an escape that stands for no character (half a surrogate pair).
    var text: String? {
        switch kind {
        case .text: String(decoding: bytes, as: UTF8.self)
        case .escapedText: JSONText.unescaped(bytes).map { String(decoding: $0, as: UTF8.self) }
        default: nil
        }
    }

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

    /// The fields of an object, sorted by name, so that equal objects look the same.
    var sortedFields: [(name: JSONNode, value: JSONNode)] {
        let parts = parts
        return stride(from: 0, to: parts.count - 1, by: 2).map { (parts[$0], parts[$0 + 1]) }
            .sorted { $0.0.bytes.lexicographicallyPrecedes($1.0.bytes) }
    }

    /// What the value is, in words.
    var kindInWords: String {
        switch kind {
        case .object: "an object"
        case .array: "an array"
        case .number: "a number"
        case .true, .false: "a truth value"
        case .null: "null"
        case .text, .escapedText: text == nil ? "text with an escape that stands for no character" : "text"
        }
    }

    /// The same value as JSON text on one line: no blanks, names sorted, numbers in their plain form.
    var compactText: String {
        var text: [UInt8] = []
        appendCompact(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func appendCompact(to text: inout [UInt8]) {
        switch kind {
        case .object:
            text.append(UInt8(ascii: "{"))
            for (index, field) in sortedFields.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                field.name.appendCompact(to: &text)
                text.append(UInt8(ascii: ":"))
                field.value.appendCompact(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        case .array:
            text.append(UInt8(ascii: "["))
            for (index, element) in parts.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                element.appendCompact(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .number: text += DecimalNumber(bytes).text.map { Array($0.utf8) } ?? Array(bytes)
        case .text, .escapedText: JSONText.append(bytes, to: &text)
        case .true, .false, .null: text += bytes
        }
    }
}
