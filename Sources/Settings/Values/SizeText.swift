/// Sizes as `worker.conf` writes them: one whole number and one unit, `100B`, `512KiB`, `64MiB`, `1GiB` (powers of 1,024).
enum SizeText {
    static let rule = "must be a whole number with a unit, such as 100B, 512KiB, 64MiB or 1GiB"

    private static let units: [(suffix: String, bytes: Int)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

    /// - Returns: Bytes.
    /// - Throws: `BrokenRule` for a bare number, an unknown unit, a fraction, a sign, or a number too large.
    static func parse(_ text: String) throws(BrokenRule) -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard !digits.isEmpty else { throw BrokenRule(rule) }
        guard !suffix.isEmpty else { throw BrokenRule("has no unit: \(rule)") }
        guard let unit = units.first(where: { $0.suffix == suffix }) else { throw BrokenRule(rule) }
        guard let count = Int(digits) else { throw BrokenRule("is too large") }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.bytes)
        guard !overflow else { throw BrokenRule("is too large") }
        return bytes
    }

    static func text(of bytes: Int) -> String {
        for unit in units where bytes >= unit.bytes && bytes % unit.bytes == 0 { return "\(bytes / unit.bytes)\(unit.suffix)" }
        return "\(bytes)B"
    }
}
