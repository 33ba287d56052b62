/// Hexadecimal text, written byte by byte: this runs for every request and message.
enum Base16 {
    static let lower: StaticString = "0123456789abcdef"
    static let upper: StaticString = "0123456789ABCDEF"

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
