/// Hexadecimal text, written byte by byte: this runs for every request and message.
enum Base16 {
    static let lower: StaticString = "0123456789abcdef"
    static let upper: StaticString = "0123456789ABCDEF"

    /// Whether two characters are this byte, in either case.
    static func isByte(_ byte: UInt8, _ first: UInt8, _ second: UInt8) -> Bool {
        func isDigit(_ value: UInt8, _ character: UInt8) -> Bool {
            value < 10 ? character == 0x30 + value : character | 0x20 == 0x61 + value - 10
        }
        return isDigit(byte >> 4, first) && isDigit(byte & 15, second)
    }

    static func text(of bytes: UnsafeRawBufferPointer, digits: StaticString) -> String {
        digits.withUTF8Buffer { digits in
            String(unsafeUninitializedCapacity: bytes.count * 2) { text in
                for (index, byte) in bytes.enumerated() {
                    text[2 * index] = digits[Int(byte >> 4)]
                    text[2 * index + 1] = digits[Int(byte & 15)]
                }
                return bytes.count * 2
            }
        }
    }
}
