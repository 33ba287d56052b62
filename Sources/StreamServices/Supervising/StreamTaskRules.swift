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
    /// How often one is looked at that may be lost.
    package var doubtfulLook: Int64 = 15_000
    /// Before something is tried again that was refused, or an address that was found bad.
    package var retry: Int64 = 30_000
    /// Replacements in an hour.
    package var replacementsPerHour = 6
    /// Reasons of an end that end the wish, too.
    package var endings: Set<String>

    package static let mediaPush = StreamTaskRules(migration: 120_000, endings: ["Delete Request", "Stream Stopped", "Idle Timeout"])
    package static let mediaPull = StreamTaskRules(migration: 240_000, endings: ["Delete Request", "Stream Stopped"])

    package init(migration: Int64, endings: Set<String>) {
        self.migration = migration
        self.endings = endings
    }
}
