/// JSON text by bytes: no parsing, so that every number and every string stays exactly as it came.
enum JSONText {
    /// Appends `json` on one line: blanks, tabs and line ends between tokens are left out, all else is kept byte by byte.
    ///
    /// - Parameter json: Valid JSON text. Should a string hold a raw control character all the same, it is escaped, so that
    ///   the result is one line whatever comes.
    static func appendCompact(_ json: [UInt8], to line: inout [UInt8]) {
        line.reserveCapacity(line.count + json.count + 1)
        var isInString = false
        var isEscaped = false
        for byte in json {
            if isInString {
                if byte < 0x20 { appendEscape(of: byte, to: &line) } else { line.append(byte) }
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte > 0x20 {
                line.append(byte)
                isInString = byte == UInt8(ascii: "\"")
            }
        }
    }

    /// Appends `text` as a JSON string with its quotes.
    static func appendString(_ text: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                line.append(UInt8(ascii: "\\"))
                line.append(byte)
            case 0..<0x20: appendEscape(of: byte, to: &line)
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }

    /// `\u00XX`.
    private static func appendEscape(of byte: UInt8, to line: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        line += Array("\\u00".utf8)
        line.append(digits[Int(byte >> 4)])
        line.append(digits[Int(byte & 0xF)])
    }
}
