/// On which line each key and each table header of a TOML text stands. The parser tells lines for syntax errors only.
///
/// Made for texts that the parser has accepted: it follows the shape of TOML (headers, dotted and quoted keys, the four kinds of
/// string, arrays, inline tables) and checks nothing. Escapes in quoted keys other than `\"` and `\\` stay as written, and keys
/// inside arrays are not listed: the file then answers with the line of what holds them.
struct TOMLLineIndex {
    /// Path to line, counted from 1. Includes every table on the way: `[a.b]` lists `a` and `a.b`.
    private(set) var lines: [[String]: Int] = [:]

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        var table: [String] = []
        while skipBlanksAndComments() {
            if take("[") {
                _ = take("[")
                let start = line
                table = dottedKey()
                note(table, under: 0, at: start)
                skipToEndOfLine()
            } else {
                pair(in: table)
                skipToEndOfLine()
            }
        }
    }

    /// A table may be named again by the headers of its children; its first line stays.
    private mutating func note(_ path: [String], under depth: Int, at line: Int) {
        for count in stride(from: depth + 1, through: path.count, by: 1) where lines[Array(path.prefix(count))] == nil {
            lines[Array(path.prefix(count))] = line
        }
    }

    private mutating func pair(in table: [String]) {
        let start = line
        let path = table + dottedKey()
        note(path, under: table.count, at: start)
        skipSpaces()
        guard take("=") else { return }
        value(of: path)
    }

    /// Passes over one value; `path` is nil inside arrays, where keys are not listed.
    private mutating func value(of path: [String]?) {
        skipSpaces()
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        case UInt8(ascii: "["):
            position += 1
            while skipBlanksAndComments(), !take("]") {
                let before = position
                if !take(",") { value(of: nil) }
                if position == before { return }
            }
        case UInt8(ascii: "{"):
            position += 1
            while skipBlanksAndComments(), !take("}") {
                let before = position
                if take(",") { continue }
                if let path {
                    pair(in: path)
                } else {
                    _ = dottedKey()
                    skipSpaces()
                    if take("=") { value(of: nil) }
                }
                if position == before { return }
            }
        default:
            while let byte = peek(), !Self.endsBareValue(byte) { position += 1 }
        }
    }

    private mutating func dottedKey() -> [String] {
        var path: [String] = []
        repeat {
            skipSpaces()
            if let byte = peek(), byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                path.append(string())
            } else {
                let start = position
                while let byte = peek(), Self.isBareKey(byte) { position += 1 }
                path.append(String(decoding: bytes[start..<position], as: UTF8.self))
            }
            skipSpaces()
        } while take(".")
        return path
    }

    /// Passes over a string of any of the four kinds and gives its text.
    private mutating func string() -> String {
        guard let quote = peek() else { return "" }
        let isBasic = quote == UInt8(ascii: "\"")
        let isLong = position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
        position += isLong ? 3 : 1
        var text: [UInt8] = []
        while let byte = peek() {
            if isBasic, byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
                let escaped = bytes[position + 1]
                if escaped != quote, escaped != UInt8(ascii: "\\") { text.append(byte) }
                text.append(escaped)
                advance()
                advance()
            } else if byte == quote, !isLong {
                position += 1
                break
            } else if byte == quote, closesLongString(quote) {
                position += 3
                // Up to two quotes may stand before the closing three.
                while peek() == quote { position += 1 }
                break
            } else {
                text.append(byte)
                advance()
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func closesLongString(_ quote: UInt8) -> Bool {
        position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
    }

    // MARK: Bytes

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func advance() {
        if peek() == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func take(_ character: Character) -> Bool {
        guard peek() == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while let byte = peek(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
    }

    private mutating func skipToEndOfLine() {
        while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
    }

    /// - Returns: False at the end of the text.
    private mutating func skipBlanksAndComments() -> Bool {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
            case UInt8(ascii: "#"): skipToEndOfLine()
            default: return true
            }
        }
        return false
    }

    private static func isBareKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...0xFF:
            true
        default: false
        }
    }

    private static func endsBareValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"): true
        default: false
        }
    }
}
