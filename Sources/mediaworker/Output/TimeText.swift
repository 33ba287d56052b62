import Foundation
import SMQProtocol

/// Times for people and for JSON: UTC, ISO 8601, to the millisecond.
enum TimeText {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    static func utc(_ date: Date) -> String { style.format(date) }

    static func utc(_ time: ServerTime) -> String { utc(Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)) }
}
