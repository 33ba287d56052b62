/// A parsed JSON object: the bytes as they came, and one token for each name and value in them. No tree, no copies of values.
///
/// An object's token is followed by name, value, name, value; an array's by its elements; each token says where the next one
/// stands that does not belong to it.
final class JSONDocument: Sendable {
    enum Kind: UInt8 {
        case object, array
        /// Without escapes: the bytes are the text.
        case text
        case escapedText
        case number, `true`, `false`, null
    }

    struct Token {
        let kind: Kind
        /// In the bytes; of a text without its quotes.
        let start: Int32
        fileprivate(set) var end: Int32
        /// The token after this value and everything in it.
        fileprivate(set) var next: Int32

        /// An object or array ends.
        mutating func close(end: Int, next: Int) {
            self.end = Int32(end)
            self.next = Int32(next)
        }
    }

    private let bytes: [UInt8]
    private let tokens: [Token]

    init(bytes: [UInt8], tokens: [Token]) {
        self.bytes = bytes
        self.tokens = tokens
    }

    var root: JSONNode { JSONNode(self, 0) }

    func kind(at place: Int) -> Kind { tokens[place].kind }

    /// Where the next value stands that does not belong to this one.
    func next(after place: Int) -> Int { Int(tokens[place].next) }

    func bytes(at place: Int) -> ArraySlice<UInt8> { bytes[Int(tokens[place].start)..<Int(tokens[place].end)] }

    /// Where the value of the first field with this name stands.
    /// - Parameter object: The object's place.
    func field(_ name: String, of object: Int) -> Int? {
        var name = name
        return name.withUTF8 { wanted in
            let end = next(after: object)
            var place = object + 1
            while place < end {
                if isName(at: place, wanted) { return place + 1 }
                place = next(after: place + 1)
            }
            return nil
        }
    }

    private func isName(at place: Int, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        let token = tokens[place]
        if token.kind == .escapedText { return JSONText.unescaped(bytes(at: place)).map { $0.elementsEqual(wanted) } ?? false }
        guard Int(token.end - token.start) == wanted.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for offset in 0..<wanted.count where bytes[Int(token.start) + offset] != wanted[offset] { return false }
            return true
        }
    }
}
