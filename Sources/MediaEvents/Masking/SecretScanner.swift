/// Goes over JSON text once, token by token, and replaces what must not be seen. It needs no valid document.
struct SecretScanner {
    /// Fields that are secrets as a whole, in lower case.
    private static let secrets: Set<String> = [
        "token", "encryptkey", "encryptkdfsalt", "secret", "salt", "accesskey", "secretkey", "ststoken",
    ]
    /// Fields that hold an address of a stream, of whichever scheme.
    private static let addresses: Set<String> = ["rtmpurl", "streamurl"]

    private let bytes: [UInt8]
    private var place = 0
    private var result: [UInt8] = []
    /// Up to where `bytes` went into `result`.
    private var copied = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// - Returns: Nil if nothing had to be replaced.
    mutating func run() -> [UInt8]? {
        while place < bytes.count {
            guard bytes[place] == Self.quote else {
                place += 1
                continue
            }
            let end = endOfString(from: place)
            let colon = afterBlanks(end)
            if colon < bytes.count, bytes[colon] == UInt8(ascii: ":") {
                field(text(place..<end).lowercased(), valueAt: afterBlanks(colon + 1))
            } else {
                value(place..<end, isAddress: false)
            }
        }
        guard copied > 0 else { return nil }
        return result + bytes[copied...]
    }

    private mutating func field(_ name: String, valueAt start: Int) {
        place = start
        let isSecret = Self.secrets.contains(name)
        guard start < bytes.count, isSecret || Self.addresses.contains(name) else { return }
        let range = start..<endOfValue(from: start)
        switch bytes[start] {
        case Self.quote where !isSecret: value(range, isAddress: true)
        case Self.quote where ["", StreamAddress.mask].contains(text(range)), UInt8(ascii: "n"): place = range.upperBound  // null
        default: replace(range, by: StreamAddress.mask)
        }
    }

    /// - Parameter range: A text with its quotes.
    private mutating func value(_ range: Range<Int>, isAddress: Bool) {
        place = range.upperBound
        // Neither an address nor a document can do without one of them.
        guard isAddress || bytes[range].contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }) else { return }
        let text = text(range)
        let shown = isAddress && !text.isEmpty ? StreamAddress.masked(text) : StreamAddress.masked(in: withinDocument(text))
        if shown != text { replace(range, by: shown) }
    }

    /// What a text shows if it is a document itself.
    private func withinDocument(_ text: String) -> String {
        guard let first = text.first(where: { !$0.isWhitespace }), first == "{" || first == "[" else { return text }
        var inner = SecretScanner(Array(text.utf8))
        return inner.run().map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    private mutating func replace(_ range: Range<Int>, by text: String) {
        result += bytes[copied..<range.lowerBound]
        result.append(Self.quote)
        for byte in text.utf8 {
            switch byte {
            case Self.quote, UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: result += Array("\\u00".utf8) + [byte >> 4, byte & 15].map { $0 < 10 ? $0 + 0x30 : $0 + 0x57 }
            default: result.append(byte)
            }
        }
        result.append(Self.quote)
        copied = range.upperBound
        place = range.upperBound
    }

    // MARK: Tokens

    private static let quote = UInt8(ascii: "\"")

    private func afterBlanks(_ start: Int) -> Int { bytes[start...].firstIndex { $0 > 0x20 } ?? bytes.count }

    /// Behind the closing quote, or the end of everything.
    private func endOfString(from start: Int) -> Int {
        var place = start + 1
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\\"): place += 2
            case Self.quote: return place + 1
            default: place += 1
            }
        }
        return bytes.count
    }

    /// Of a whole object or array, if it is one.
    private func endOfValue(from start: Int) -> Int {
        var (place, depth) = (start, 0)
        while place < bytes.count {
            switch bytes[place] {
            case Self.quote:
                place = endOfString(from: place)
                if depth == 0 { return place }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth <= 1 { return depth == 0 ? place : place + 1 }
                depth -= 1
                place += 1
            case UInt8(ascii: ",") where depth == 0: return place
            case 0...0x20 where depth == 0: return place
            default: place += 1
            }
        }
        return bytes.count
    }

    /// Without quotes and escapes; as it is written where that cannot be read.
    private func text(_ range: Range<Int>) -> String {
        let written = bytes[range]
        if written.contains(UInt8(ascii: "\\")) {
            let list = [UInt8(ascii: "[")] + written + [UInt8(ascii: "]")]
            do throws(UndecodableBody) {
                if let text = try JSONDocument(list).root.parts.first?.text { return text }
            } catch {
                // A text that is broken off, or escapes that are none: what can be seen in it is masked as it stands.
            }
        }
        let end = range.count > 1 && written.last == Self.quote ? range.upperBound - 1 : range.upperBound
        return String(decoding: bytes[(range.lowerBound + 1)..<end], as: UTF8.self)
    }
}
