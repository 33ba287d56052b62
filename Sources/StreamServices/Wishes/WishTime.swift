import Foundation

/// RFC 3339, as people write times in files.
enum WishTime {
    static func milliseconds(_ text: String) -> Int64? {
        let style = Date.ISO8601FormatStyle()
        let date = (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
        return date.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
    }

    static func text(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: milliseconds % 1000 != 0))
    }
}
