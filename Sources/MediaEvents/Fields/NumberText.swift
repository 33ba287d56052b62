/// Numbers as vendors send them: as numbers, and as the text of numbers.
enum NumberText {
    /// A whole number in 64 bits, in whatever form.
    static func int64(_ value: JSONNode) -> Int64? {
        if value.kind == .number { return DecimalNumber(value.bytes).int64 }
        return value.text.flatMap { whole($0) }.flatMap { Int64($0) }
    }

    /// A whole number that is not negative, in 64 bits, in the same forms.
    static func uint64(_ value: JSONNode) -> UInt64? {
        if let small = int64(value) { return UInt64(exactly: small) }
        if value.kind == .number { return DecimalNumber(value.bytes).uint64 }
        return value.text.flatMap { whole($0) }.flatMap { UInt64($0) }
    }

    /// A finite number.
    static func double(_ value: JSONNode) -> Double? {
        let text = value.kind == .number ? String(decoding: value.bytes, as: UTF8.self) : value.text
        return text.flatMap(double)
    }

    /// The part before the point of `5120`, `5120.0`, `-1`: digits, with nothing but zeros after it. No plus sign, blanks or exponent.
    private static func whole(_ text: String) -> Substring? {
        guard text.utf8.first != UInt8(ascii: "+") else { return nil }
        guard let point = text.firstIndex(of: ".") else { return text[...] }
        let fraction = text[text.index(after: point)...]
        return !fraction.isEmpty && fraction.allSatisfy { $0 == "0" } ? text[..<point] : nil
    }

    /// A decimal number, with or without fraction and exponent. Not `nan`, `inf` or hexadecimal, which Swift would read.
    private static func double(_ text: String) -> Double? {
        guard text.utf8.first != UInt8(ascii: "+"), text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0) }) else {
            return nil
        }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
}
