/// Signatures as hexadecimal text.
enum HexSignature {
    /// Compares in constant time: how long it takes says nothing about where texts differ. Digits in either case.
    static func matches(_ given: String, _ digest: some Sequence<UInt8>) -> Bool {
        let given = Array(given.utf8)
        let digits = Array("0123456789abcdef".utf8)
        var expected: [UInt8] = []
        for byte in digest {
            expected.append(digits[Int(byte >> 4)])
            expected.append(digits[Int(byte & 15)])
        }
        guard given.count == expected.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(given, expected) { difference |= (one >= 0x41 && one <= 0x46 ? one | 0x20 : one) ^ other }
        return difference == 0
    }
}
