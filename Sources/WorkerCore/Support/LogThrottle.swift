import Synchronization

/// Lets one log line of a class through per interval and counts the rest, so that an outage is a line a minute and not a flood.
package final class LogThrottle: Sendable {
    private struct Entry {
        var last: ContinuousClock.Instant
        var held = 0
    }
    private let interval: Duration
    private let entries = Mutex<[String: Entry]>([:])

    package init(interval: Duration = .seconds(60)) { self.interval = interval }

    /// - Returns: How many lines of this class were held back since the last one that passed; nil to hold this one back too.
    package func pass(_ kind: String, at now: ContinuousClock.Instant) -> Int? {
        entries.withLock { entries in
            guard var entry = entries[kind], entry.last.duration(to: now) < interval else {
                let held = entries[kind]?.held ?? 0
                entries[kind] = Entry(last: now)
                return held
            }
            entry.held += 1
            entries[kind] = entry
            return nil
        }
    }
}
