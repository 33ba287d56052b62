/// Which texts XML 1.0 can carry.
package enum XMLText {
    /// What keeps these bytes from travelling, for an error text; nil if nothing does.
    package static func problem(in text: [UInt8]) -> String? {
        guard String(validating: text, as: UTF8.self) != nil else { return "is not valid UTF-8" }
        for (offset, byte) in text.enumerated() {
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return "holds a control character at byte \(offset)" }
            // U+FFFE and U+FFFF
            if byte == 0xEF, text[offset + 1] == 0xBF, text[offset + 2] >= 0xBE {
                return "holds a character that is none at byte \(offset)"
            }
        }
        return nil
    }
}
