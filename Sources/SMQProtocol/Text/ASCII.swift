extension UInt8 {
    var asciiLowercased: UInt8 { UInt8(ascii: "A") <= self && self <= UInt8(ascii: "Z") ? self | 0x20 : self }

    var isASCIILetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    /// Blank, tab, line feed or carriage return: white space in XML and around header values.
    var isASCIIBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

extension String {
    /// Equal without regard to the case of ASCII letters.
    func isSame(as text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            utf8.count == wanted.count && zip(utf8, wanted).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
        }
    }

    func beginsWith(ignoringCase text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            utf8.count >= wanted.count && zip(utf8, wanted).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
        }
    }

    var trimmingBlanks: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        guard first.isASCIIBlank || last.isASCIIBlank else { return self }
        guard let start = utf8.firstIndex(where: { !$0.isASCIIBlank }), let end = utf8.lastIndex(where: { !$0.isASCIIBlank }) else {
            return ""
        }
        return String(self[start...end])
    }

    /// For error texts that repeat what the other side sent: one line, never long.
    func shortened(to length: Int) -> String {
        let line = String(map { $0.isNewline ? " " : $0 })
        return line.count <= length ? line : line.prefix(length) + "..."
    }
}
