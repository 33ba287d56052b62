/// What is to happen when: earliest first, and in the order of entry where moments are equal.
struct Agenda<Entry: Sendable>: Sendable {
    private var entries: [(at: Int64, entry: Entry)] = []

    /// Unix milliseconds of the earliest.
    var next: Int64? { entries.last?.at }
    var count: Int { entries.count }

    mutating func add(_ entry: Entry, at moment: Int64) {
        // Latest first, so that the earliest is taken from the end: behind all that come later, before those of the same moment.
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].at > moment { low = middle + 1 } else { high = middle }
        }
        entries.insert((moment, entry), at: low)
    }

    /// - Returns: The earliest, if it is due.
    mutating func take(at now: Int64) -> (at: Int64, entry: Entry)? {
        guard let next, next <= now else { return nil }
        return entries.removeLast()
    }
}
