/// The inside of JSON strings.
enum JSONText {
    /// The text that a string stands for, in UTF-8; nil if an escape stands for no character.
    /// - Parameter escaped: What stands between the quotes, valid by the grammar.
    static func unescaped(_ escaped: ArraySlice<UInt8>) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(escaped.count)
        var rest = escaped
        while let escape = rest.firstIndex(of: UInt8(ascii: "\\")) {
            text += rest[..<escape]
            rest = rest[(escape + 1)...]
            switch rest.popFirst() {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                guard let scalar = scalar(&rest) else { return nil }
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            case let other?: text.append(other)
            case nil: return nil
            }
        }
        return text + rest
    }

    /// After `\u`: one unit of UTF-16, or two that belong together.
    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let first = unit(&rest) else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
        guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"), let second = unit(&rest),
            UTF16.isTrailSurrogate(second)
        else { return nil }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
        defer { rest = rest.dropFirst(4) }
        return UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
    }

    /// The shortest form of a string, with its quotes: only what must be is escaped. One that is no text stays as it came.
    static func append(_ escaped: ArraySlice<UInt8>, to json: inout [UInt8]) {
        json.append(UInt8(ascii: "\""))
        if let text = unescaped(escaped) {
            for byte in text {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), byte]
                case 0x08: json += Array("\\b".utf8)
                case 0x09: json += Array("\\t".utf8)
                case 0x0A: json += Array("\\n".utf8)
                case 0x0C: json += Array("\\f".utf8)
                case 0x0D: json += Array("\\r".utf8)
                case 0..<0x20: json += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
                default: json.append(byte)
                }
            }
        } else {
            json += escaped
        }
        json.append(UInt8(ascii: "\""))
    }
}
