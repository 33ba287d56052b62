/// Counts calls in sliding windows of simulated time, and says which are too many.
struct RateWatch: Sendable {
    struct Finding: Sendable, Encodable {
        let limit: Int?
        /// The most calls that came in one window, refused ones included.
        var highest = 0
        /// Calls above the limit.
        var violations = 0
    }

    private struct Arrival: Sendable {
        let at: Int64
        let isTaken: Bool
    }

    private static let second: Int64 = 1000
    private static let minute: Int64 = 60_000

    private let table: RateTable
    /// Of the last minute, oldest first, by counter.
    private var arrivals: [String: [Arrival]] = [:]
    /// By the name of what is counted and the window: `media-pull.list per minute`.
    private(set) var findings: [String: Finding] = [:]

    init(_ table: RateTable) { self.table = table }

    /// - Returns: Whether it is within all limits. One that is not counts for no window but the highest.
    mutating func take(_ subject: (name: String, counter: String), at now: Int64) -> Bool {
        let limit = table.limits[subject.name] ?? RateTable.Limit()
        var recent = arrivals[subject.counter, default: []]
        recent.removeFirst(recent.prefix { $0.at <= now - Self.minute }.count)
        var isWithin = true
        for (name, length, most) in [("second", Self.second, limit.perSecond), ("minute", Self.minute, limit.perMinute)] {
            let start = now - max(0, length - Int64(table.slack * 1000))
            let window = recent.suffix(while: { $0.at > start })
            let isOver = most.map { most in window.count { $0.isTaken } >= most } ?? false
            if isOver { isWithin = false }
            var finding = findings["\(subject.name) per \(name)"] ?? Finding(limit: most)
            finding.highest = max(finding.highest, window.count + 1)
            if isOver { finding.violations += 1 }
            findings["\(subject.name) per \(name)"] = finding
        }
        recent.append(Arrival(at: now, isTaken: isWithin))
        arrivals[subject.counter] = recent
        return isWithin
    }
}

extension Array {
    /// The longest end of which every element satisfies the condition.
    fileprivate func suffix(while condition: (Element) -> Bool) -> ArraySlice<Element> {
        var start = endIndex
        while start > startIndex, condition(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
