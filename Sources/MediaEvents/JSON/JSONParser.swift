/// Reads one JSON object in valid UTF-8, in one pass, into a `JSONDocument`; everything else is refused with its place.
///
/// Its own code, because Foundation's `JSONDecoder` cannot tell: in fields that nobody reads it accepts bytes that are no UTF-8, raw
/// control characters, `\x`, `01` and `1.`, everywhere a comma after the last element, and whole documents in UTF-16. A message that
/// is not JSON must not pass for an event. The grammar is that of RFC 8259.
struct JSONParser {
    /// Deeper documents are refused: reading is recursive.
    static let maximumDepth = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var tokens: [JSONDocument.Token] = []

    /// - Throws: The first thing wrong, with its offset counted in bytes from 0.
    static func parse(_ bytes: [UInt8]) throws(UndecodableBody) -> JSONDocument {
        guard bytes.count < Int32.max else { throw UndecodableBody(reason: "more than 2 GiB") }
        let tokens = try bytes.withUnsafeBufferPointer { (bytes) throws(UndecodableBody) in
            var parser = JSONParser(bytes: bytes)
            try parser.document()
            return parser.tokens
        }
        return JSONDocument(bytes: bytes, tokens: tokens)
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        tokens.reserveCapacity(8 + bytes.count / 12)
    }

    private mutating func document() throws(UndecodableBody) {
        guard nextNonBlank() == UInt8(ascii: "{") else { throw fault("does not start with `{`") }
        try value(depth: 1)
        guard nextNonBlank() == nil else { throw fault("more text after the object") }
    }

    /// Notes a value that holds no others and ends here.
    private mutating func note(_ kind: JSONDocument.Kind, from start: Int) {
        tokens.append(.init(kind: kind, start: Int32(start), end: Int32(index), next: Int32(tokens.count + 1)))
    }

    private func fault(_ what: String) -> UndecodableBody {
        let place = index < bytes.count ? "at byte \(index)" : "at the end, byte \(index)"
        return UndecodableBody(reason: "not valid JSON \(place): \(what)")
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Moves to the next byte that is no white space, and gives it; nil at the end.
    private mutating func nextNonBlank() -> UInt8? {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
        return current
    }

    private mutating func value(depth: Int) throws(UndecodableBody) {
        guard let byte = nextNonBlank() else { throw fault("a value is missing") }
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth <= Self.maximumDepth else { throw fault("nested more than \(Self.maximumDepth) levels deep") }
            try elements(isObject: byte == UInt8(ascii: "{"), depth: depth)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        case UInt8(ascii: "t"): try literal("true", .true)
        case UInt8(ascii: "f"): try literal("false", .false)
        case UInt8(ascii: "n"): try literal("null", .null)
        default: throw fault("a value was expected")
        }
    }

    private mutating func elements(isObject: Bool, depth: Int) throws(UndecodableBody) {
        let end = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        let place = tokens.count
        note(isObject ? .object : .array, from: index)
        index += 1
        if nextNonBlank() == end {
            index += 1
            return tokens[place].close(end: index, next: tokens.count)
        }
        while true {
            if isObject {
                guard nextNonBlank() == UInt8(ascii: "\"") else { throw fault("a field name was expected") }
                try string()
                guard nextNonBlank() == UInt8(ascii: ":") else { throw fault("`:` was expected after a field name") }
                index += 1
            }
            try value(depth: depth + 1)
            let next = nextNonBlank()
            guard next == UInt8(ascii: ",") || next == end else {
                throw fault(isObject ? "`,` or `}` was expected" : "`,` or `]` was expected")
            }
            index += 1
            if next == end { return tokens[place].close(end: index, next: tokens.count) }
        }
    }

    private mutating func string() throws(UndecodableBody) {
        index += 1
        let start = index
        var kind = JSONDocument.Kind.text
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                note(kind, from: start)
                index += 1
                return
            case UInt8(ascii: "\\"):
                kind = .escapedText
                try escape()
            case 0x20..<0x80: index += 1
            case 0x80...: try multibyteCharacter(first: byte)
            default: throw fault("a control character in a string")
            }
        }
        throw fault("a string without end")
    }

    /// Four hexadecimal digits are enough here: a lone surrogate is within the grammar. The field that holds it is no text.
    private mutating func escape() throws(UndecodableBody) {
        index += 1
        switch current {
        case UInt8(ascii: "u"):
            index += 1
            for _ in 0..<4 {
                guard let digit = current, Self.isHexDigit(digit) else { throw fault("`\\u` wants four hexadecimal digits") }
                index += 1
            }
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 1
        default: throw fault("an escape that JSON does not have")
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x46 ~= byte || 0x61...0x66 ~= byte
    }

    /// The well-formed sequences of the Unicode standard, table 3-7: no overlong forms, no surrogates, at most U+10FFFF.
    private mutating func multibyteCharacter(first: UInt8) throws(UndecodableBody) {
        let second: ClosedRange<UInt8>
        let length: Int
        switch first {
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: throw invalidUTF8()
        }
        guard index + length <= bytes.count, second ~= bytes[index + 1] else { throw invalidUTF8() }
        for place in 2..<max(length, 2) where !(0x80...0xBF ~= bytes[index + place]) { throw invalidUTF8() }
        index += length
    }

    private func invalidUTF8() -> UndecodableBody { UndecodableBody(reason: "not valid UTF-8 at byte \(index)") }

    private mutating func number() throws(UndecodableBody) {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        if current == UInt8(ascii: "0") { index += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        note(.number, from: start)
    }

    private mutating func digits() throws(UndecodableBody) {
        let start = index
        while let byte = current, 0x30...0x39 ~= byte { index += 1 }
        guard index > start else { throw fault("a digit was expected") }
    }

    private mutating func literal(_ word: StaticString, _ kind: JSONDocument.Kind) throws(UndecodableBody) {
        let start = index
        for offset in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[offset] else { throw fault("`\(word)` was expected") }
            index += 1
        }
        note(kind, from: start)
    }
}
