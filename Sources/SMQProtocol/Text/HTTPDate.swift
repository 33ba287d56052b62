import Synchronization

/// `EEE, dd MMM yyyy HH:mm:ss GMT` with English names: RFC 9110, section 5.6.7, the fixed form.
package enum HTTPDate {
    private static let days: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months: [StaticString] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let cache = Mutex((second: Int64.min, text: ""))

    /// The time to the second, rounded down. Kept for as long as the second lasts.
    package static func text(of time: ServerTime) -> String {
        let second = time.unixSeconds
        return cache.withLock { cache in
            if cache.second != second { cache = (second, make(CivilTime(unixSeconds: second))) }
            return cache.text
        }
    }

    /// - Returns: nil for any other form. The name of the day is not compared with the date.
    package static func time(of text: String) -> ServerTime? {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, days.contains(where: { $0.matches(bytes[0..<3]) }), matches(", ", bytes[3..<5]),
            matches(" GMT", bytes[25..<29]), bytes[7] == 0x20, bytes[11] == 0x20, bytes[16] == 0x20, bytes[19] == 0x3A, bytes[22] == 0x3A,
            let month = months.firstIndex(where: { $0.matches(bytes[8..<11]) }), let day = number(bytes[5..<7]),
            let year = number(bytes[12..<16]), let hour = number(bytes[17..<19]), let minute = number(bytes[20..<22]),
            let second = number(bytes[23..<25]),
            let seconds = CivilTime.unixSeconds(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        return ServerTime(milliseconds: seconds * 1_000)
    }

    private static func matches(_ text: StaticString, _ bytes: ArraySlice<UInt8>) -> Bool { text.matches(bytes) }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private static func make(_ time: CivilTime) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(29)
        text.append(days[time.weekday])
        text.append(", ")
        text.append(time.day, digits: 2)
        text.append(" ")
        text.append(months[time.month - 1])
        text.append(" ")
        text.append(time.year, digits: 4)
        text.append(" ")
        text.append(time.hour, digits: 2)
        text.append(":")
        text.append(time.minute, digits: 2)
        text.append(":")
        text.append(time.second, digits: 2)
        text.append(" GMT")
        return String(decoding: text, as: UTF8.self)
    }
}

extension StaticString {
    fileprivate func matches(_ bytes: ArraySlice<UInt8>) -> Bool { withUTF8Buffer { $0.elementsEqual(bytes) } }
}

extension ServerTime {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package var unixSeconds: Int64 { milliseconds >= 0 ? milliseconds / 1_000 : (milliseconds - 999) / 1_000 }
}

extension [UInt8] {
    mutating func append(_ text: StaticString) { text.withUTF8Buffer { append(contentsOf: $0) } }

    /// With leading zeros.
    mutating func append(_ number: Int, digits: Int) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
