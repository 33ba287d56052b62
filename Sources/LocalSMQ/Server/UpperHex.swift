/// Fixed-width upper-case hex digits, as ids carry them.
enum UpperHex {
    /// 16 digits for each word.
    static func text(_ words: UInt64...) -> String {
        String(unsafeUninitializedCapacity: words.count * 16) { text in
            for (index, word) in words.enumerated() {
                for digit in 0..<16 {
                    let value = UInt8(truncatingIfNeeded: word >> (60 - 4 * UInt64(digit))) & 15
                    text[index * 16 + digit] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
                }
            }
            return words.count * 16
        }
    }
}
