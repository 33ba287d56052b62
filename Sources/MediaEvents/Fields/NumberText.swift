/// Numbers as vendors send them: as numbers, and as the text of numbers.
enum NumberText {
    /// A whole number in 64 bits, in whatever form.
    static func int64(_ value: JSONNode) -> Int64? {
        if value.kind == .number { return DecimalNumber(value.bytes).int64 }
        return value.text.flatMap(int64)
    }

    /// A finite number.
    static func double(_ value: JSONNode) -> Double? {
        let text = value.kind == .number ? String(decoding: value.bytes, as: UTF8.self) : value.text
        return text.flatMap(double)
    }

    /// `"5120"`, `"5120.0"`, `"-1"`: digits, with nothing but zeros after a point. No blanks, no exponent.
    private static func int64(_ text: String) -> Int64? {
        if let value = Int64(text) { return value }
        guard let point = text.firstIndex(of: ".") else { return nil }
        let fraction = text[text.index(after: point)...]
        guard !fraction.isEmpty, fraction.allSatisfy({ $0 == "0" }) else { return nil }
        return Int64(text[..<point])
    }

    /// A decimal number, with or without fraction and exponent. Not `nan`, `inf` or hexadecimal, which Swift would read.
    private static func double(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0) }) else { return nil }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
}
