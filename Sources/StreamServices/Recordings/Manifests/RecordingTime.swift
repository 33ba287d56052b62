/// Moments of a recording, in Unix milliseconds: as file names and notices write them, and as manifests and playlists do.
enum RecordingTime {
    /// 1970 to 9999: what the texts below can say.
    static let range: ClosedRange<Int64> = 0...253_402_300_799_999

    /// `yyyyMMddHHmmssSSS`, UTC. Nil for another form, or a moment that no calendar has.
    static func parse(_ text: some StringProtocol) -> Int64? {
        let digits = text.utf8.map { Int64($0) - 0x30 }
        guard digits.count == 17, digits.allSatisfy({ 0...9 ~= $0 }) else { return nil }
        func number(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard year >= 1970, 1...12 ~= month, 1...daysOfMonth(month, year) ~= day, hour < 24, minute < 60, second < 60 else { return nil }
        let seconds = ((days(to: year, month, day) * 24 + hour) * 60 + minute) * 60 + second
        return seconds * 1000 + number(14..<17)
    }

    /// The same, or Unix milliseconds as older index files have them.
    static func parseOfIndex(_ text: some StringProtocol) -> Int64? { parse(text) ?? Int64(text).flatMap(milliseconds) }

    /// Notices give milliseconds and REST replies seconds under the same name: what is below 10^11 is taken for seconds.
    static func milliseconds(_ value: Int64) -> Int64? {
        guard value > 0 else { return nil }
        let milliseconds = value < 100_000_000_000 ? value * 1000 : value
        return range.contains(milliseconds) ? milliseconds : nil
    }

    /// `2026-03-14T09:05:02.212Z`, as manifests and `EXT-X-PROGRAM-DATE-TIME` have it.
    static func text(_ moment: Int64) -> String {
        let moment = min(max(moment, range.lowerBound), range.upperBound)
        let (days, inDay) = moment.quotientAndRemainder(dividingBy: 86_400_000)
        let (year, month, day) = date(days)
        let (hour, minute, second) = (inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1000 % 60)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
            + "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2)).\(padded(inDay % 1000, 3))Z"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func daysOfMonth(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Years are counted from March, so that the leap day is the last one.

    private static func days(to year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (year, month) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468
    }

    private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let days = days + 719_468
        let (era, inEra) = days.quotientAndRemainder(dividingBy: 146_097)
        let year = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365
        let inYear = inEra - (365 * year + year / 4 - year / 100)
        let month = (5 * inYear + 2) / 153
        let day = inYear - (153 * month + 2) / 5 + 1
        return (era * 400 + year + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9, day)
    }
}
