import Foundation

/// Moments as they are stored and shown: whole milliseconds.
enum StoredTime {
    static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded()) }

    static func date(_ milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// ISO 8601, UTC, with milliseconds: `2026-01-31T09:26:53.042Z`.
    static func text(_ date: Date) -> String {
        // The style cuts where it should round; half a microsecond keeps 42 ms from turning into 41.
        Date(timeIntervalSince1970: date.timeIntervalSince1970 + 0.000_000_5).formatted(style)
    }

    /// Reads what `text` wrote.
    static func date(_ text: String) -> Date? {
        guard let date = try? style.parse(text) else { return nil }
        return self.date(milliseconds(date))
    }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
