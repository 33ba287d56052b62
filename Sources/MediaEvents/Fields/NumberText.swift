import Foundation

/// Numbers that the vendor sent as text, and numbers at the edge of 64 bits.
enum NumberText {
    /// `"5120"`, `"5120.0"`, `"-1"`: digits, with nothing but zeros after a point. No blanks, no exponent.
    static func int64(_ text: String) -> Int64? {
        if let value = Int64(text) { return value }
        guard let point = text.firstIndex(of: ".") else { return nil }
        let fraction = text[text.index(after: point)...]
        guard !fraction.isEmpty, fraction.allSatisfy({ $0 == "0" }) else { return nil }
        return Int64(text[..<point])
    }

    /// A decimal number, with or without fraction and exponent. Not `nan`, `inf` or hexadecimal, which Swift would read.
    static func double(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0) }) else { return nil }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    /// The same value in 64 bits; nil if it has a fraction or does not fit. `JSONDecoder` gives up on
    /// `9223372036854775807.0`, which has an exact value.
    static func exactInt64(_ decimal: Decimal) -> Int64? { Int64(decimal.description) }
}
