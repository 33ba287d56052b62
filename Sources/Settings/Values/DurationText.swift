/// Durations as `worker.conf` writes them: one whole number and one unit, `500ms`, `20s`, `10m`, `12h`, `1d`.
package enum DurationText {
    package static let rule = "must be a whole number with a unit, such as 500ms, 20s, 10m, 12h or 1d"

    /// Largest first: `text(of:)` takes the first that fits.
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// - Throws: `BrokenRule` for a bare number, an unknown unit, a fraction, a sign, or a number too large to count in milliseconds.
    package static func parse(_ text: String) throws(BrokenRule) -> Duration {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard !digits.isEmpty else { throw BrokenRule(rule) }
        guard !suffix.isEmpty else { throw BrokenRule("has no unit: \(rule)") }
        guard let unit = units.first(where: { $0.suffix == suffix }) else { throw BrokenRule(rule) }
        guard let count = Int64(digits) else { throw BrokenRule("is too large") }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow else { throw BrokenRule("is too large") }
        return .milliseconds(milliseconds)
    }

    /// The shortest text that `parse` reads back: `60s` becomes `1m`, but 90 s stays `90s`. Finer parts than 1 ms are cut off.
    package static func text(of duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "0s" }
        for unit in units where milliseconds % unit.milliseconds == 0 {
            return "\(milliseconds / unit.milliseconds)\(unit.suffix)"
        }
        return "\(milliseconds)ms"
    }
}
