/// A JSON number, exact: digits times a power of ten.
struct DecimalNumber {
    /// Longer plain forms (`1e999`) are of no use to anybody.
    private static let longestText = 128

    private var isNegative = false
    /// Without zeros at either end; empty is zero.
    private var digits: [UInt8] = []
    private var exponent = 0

    /// - Parameter number: Valid by JSON's grammar.
    init(_ number: some Collection<UInt8>) {
        var isFraction = false
        var rest = number[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                exponent += Self.exponent(rest)
                rest = rest[rest.endIndex...]
            default:
                if isFraction { exponent -= 1 }
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte) }
            }
        }
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
    }

    /// Far out of every range that counts, it is cut short.
    private static func exponent(_ text: some Collection<UInt8>) -> Int {
        var value = 0
        for byte in text where 0x30...0x39 ~= byte { value = min(value * 10 + Int(byte - 0x30), 1_000_000_000) }
        return text.first == UInt8(ascii: "-") ? -value : value
    }

    /// The same value in 64 bits; nil if it has a fraction or does not fit.
    var int64: Int64? {
        if digits.isEmpty { return 0 }
        guard exponent >= 0, digits.count + exponent <= 19 else { return nil }
        // Counted downwards: there is one more negative number than there are positive ones.
        var value: Int64 = 0
        for place in 0..<digits.count + exponent {
            let digit = place < digits.count ? Int64(digits[place] - 0x30) : 0
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.subtractingReportingOverflow(digit)
            if overflow || carry { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// The same for numbers that are not negative.
    var uint64: UInt64? {
        guard !isNegative, exponent >= 0, digits.count + exponent <= 20 else { return digits.isEmpty ? 0 : nil }
        return text.flatMap { UInt64($0) }
    }

    /// The plain decimal form, without exponent and without zeros that say nothing: `25`, `29.97`. Nil if it would be very long.
    var text: String? {
        if digits.isEmpty { return "0" }
        guard digits.count + abs(exponent) <= Self.longestText else { return nil }
        var plain = String(decoding: digits, as: UTF8.self)
        if exponent >= 0 {
            plain += String(repeating: "0", count: exponent)
        } else {
            let missing = 1 - exponent - digits.count
            if missing > 0 { plain = String(repeating: "0", count: missing) + plain }
            plain.insert(".", at: plain.index(plain.endIndex, offsetBy: exponent))
        }
        return isNegative ? "-" + plain : plain
    }
}
