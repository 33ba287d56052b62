/// The times and numbers by which tasks of one service are judged, in milliseconds where they are times.
///
/// - SeeAlso: Agora, Media Push and Media Pull, best practices: failover; retry with retreat strategy.
package struct StreamTaskRules: Sendable {
    /// Within so long a task that its server lost runs again on another one; until then 404 may mean that it is on its way.
    package var migration: Int64
    /// Consecutive 404 and 5xx after which a task counts as lost.
    package var failures = 3
    /// A new task may be missing from lists for so long.
    package var listLag: Int64 = 10_000
    /// How often a task is looked at that nobody speaks of: events may be lost.
    package var look: Int64 = 120_000
    /// Looks in a row that have to find nothing before a task counts as absent.
    package var absences = 1
    /// Where in its window a wait ends, 0..<1: to be drawn anew for each use.
    package var jitter = 0.5
    /// Before an address that was found bad is tried again, or a service that was in trouble.
    package var retry: Int64 = 30_000
    /// After an answer that does not change before somebody changes something: a key, a right, a name.
    package var refusedRetry: Int64 = 300_000
    /// Creates in a row that fail before people are told: two minutes of retreat waits.
    package var createFailures = 8
    /// Replacements in an hour.
    package var replacementsPerHour = 6
    /// Reasons of an end that end the wish, too.
    package var endings: Set<String>

    package static let mediaPush = StreamTaskRules(migration: 120_000, endings: ["Delete Request", "Stream Stopped", "Idle Timeout"])
    package static let mediaPull = {
        var rules = StreamTaskRules(migration: 240_000, endings: ["Delete Request", "Stream Stopped"])
        rules.absences = 2
        return rules
    }()

    package init(migration: Int64, endings: Set<String>) {
        self.migration = migration
        self.endings = endings
    }

    /// How long to wait after so many failures in a row, from 1: the three retreat windows, and the last of them from then on.
    func retreat(after failures: Int) -> Int64 {
        let wait = RetreatWaits.wait(after: min(max(failures, 1), 3), random: jitter) ?? .seconds(16)
        return Int64(wait / .milliseconds(1))
    }
}
