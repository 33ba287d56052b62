/// Standard base64 with padding (RFC 4648, section 4), for digests and signatures.
enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    static func text(of bytes: UnsafeRawBufferPointer) -> String {
        let length = (bytes.count + 2) / 3 * 4
        return alphabet.withUTF8Buffer { alphabet in
            String(unsafeUninitializedCapacity: length) { text in
                var (from, to) = (0, 0)
                while from < bytes.count {
                    let present = min(3, bytes.count - from)
                    let word =
                        Int(bytes[from]) << 16 | (present > 1 ? Int(bytes[from + 1]) << 8 : 0) | (present > 2 ? Int(bytes[from + 2]) : 0)
                    text[to] = alphabet[word >> 18]
                    text[to + 1] = alphabet[word >> 12 & 63]
                    text[to + 2] = present > 1 ? alphabet[word >> 6 & 63] : UInt8(ascii: "=")
                    text[to + 3] = present > 2 ? alphabet[word & 63] : UInt8(ascii: "=")
                    from += 3
                    to += 4
                }
                return length
            }
        }
    }
}
