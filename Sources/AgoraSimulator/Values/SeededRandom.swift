/// Random numbers that are the same in every run with the same seed: SplitMix64.
///
/// Each subject has a stream of its own, so that one more request does not change which task fails next.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64, stream: String) {
        // FNV-1a: the standard hash differs from process to process.
        state = stream.utf8.reduce(seed ^ 0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// True in this part of all cases.
    mutating func hit(_ probability: Double) -> Bool { probability > 0 && Double.random(in: 0..<1, using: &self) < probability }

    /// Milliseconds, from a range of seconds.
    mutating func milliseconds(_ seconds: ClosedRange<Double>) -> Int64 { Int64(Double.random(in: seconds, using: &self) * 1000) }

    /// Lower-case hexadecimal digits.
    mutating func hex(_ digits: Int) -> String {
        var text = ""
        while text.utf8.count < digits {
            let part = String(next(), radix: 16)
            text += String(repeating: "0", count: 16 - part.utf8.count) + part
        }
        return String(text.prefix(digits))
    }
}
