/// A UTC moment taken apart, without a calendar library: two such conversions run for every request.
struct CivilTime: Equatable {
    var year: Int
    /// 1...12
    var month: Int
    /// 1...31
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    /// 0 is Sunday.
    var weekday: Int

    /// - Parameter seconds: Since 1970-01-01T00:00:00Z.
    init(unixSeconds seconds: Int64) {
        let days = Int(seconds.dividedFloor(by: 86_400))
        let time = Int(seconds) - days * 86_400
        (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: years begin in March here.
        let shifted = days + 719_468
        let era = Int(Int64(shifted).dividedFloor(by: 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// - Returns: nil if there is no such day or time; second 60 is a leap second and counts as 59.
    static func unixSeconds(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Int64? {
        guard (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second)
        else { return nil }
        let marchYear = month <= 2 ? year - 1 : year
        let era = Int(Int64(marchYear).dividedFloor(by: 400))
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = Int64(era * 146_097 + dayOfEra - 719_468)
        let seconds = days * 86_400 + Int64(hour * 3_600 + minute * 60 + min(second, 59))
        return CivilTime(unixSeconds: seconds).day == day ? seconds : nil  // 31 June is 1 July
    }
}

extension Int64 {
    fileprivate func dividedFloor(by divisor: Int64) -> Int64 { self >= 0 ? self / divisor : (self + 1) / divisor - 1 }
}
