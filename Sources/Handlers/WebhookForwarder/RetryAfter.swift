import Foundation

/// The `Retry-After` header: whole seconds, or an HTTP date.
/// - SeeAlso: RFC 9110, section 10.2.3.
enum RetryAfter {
    /// A receiver may not hold a message longer than this with one answer, nor have it at once.
    static let bounds: ClosedRange<Duration> = .seconds(1) ... .seconds(3600)

    /// - Returns: The delay within `bounds`; nil if the header cannot be read.
    static func delay(_ header: String, now: Date) -> Duration? {
        let seconds: Double
        if header.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Double(header) {
            seconds = number
        } else if let date = httpDate(header) {
            seconds = date.timeIntervalSince(now).rounded(.up)
        } else {
            return nil
        }
        return min(max(.seconds(min(seconds, 1e6)), bounds.lowerBound), bounds.upperBound)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`. The two obsolete forms are not read.
    private static func httpDate(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text)
    }
}
