/// The times and numbers by which recordings are started, watched and stopped, in milliseconds where they are times.
///
/// - SeeAlso: Agora, Cloud Recording, best practices; RESTful API, error codes.
package struct RecordingTaskRules: Sendable {
    // MARK: Start

    /// How old a resource id may be when its first start leaves.
    package var startWithin: Int64 = 2000
    /// Until when a start may be repeated: the id dies after 5 minutes, and the call has a way to go.
    package var resourceLife: Int64 = 290_000
    /// Waits before the same start is repeated after code 65.
    package var notCompleted: [Int64] = [3000, 6000]
    /// Waits before the same start is repeated after 50x, or without an answer.
    package var failed: [Int64] = [3000, 6000, 9000]
    /// Waits after an acquire that failed, and after 429.
    package var holdOff: [Int64] = [5000, 10_000, 15_000, 30_000]
    /// Rounds of 50x after which a start that may have worked is given up for another uid; each began with an acquire that worked.
    package var roundsInDoubt = 3
    /// So long a second recording waits for the first one's resource id, from which it is to be kept apart.
    package var backupWait: Int64 = 30_000

    // MARK: Query

    /// From the start's answer to the first query, which is the first wait of those that grow.
    package var growing: [Int64] = [5000, 10_000, 15_000, 30_000]
    /// Within so long a recording has to run, or it counts as not started.
    package var provenWithin: Int64 = 90_000
    /// How often one is asked for that runs.
    package var query: Int64 = 120_000
    /// Waits after 404.
    package var missing: [Int64] = [5000, 10_000, 15_000]
    /// Waits after 50x; then as usual.
    package var queryFailed: [Int64] = [5000, 10_000, 15_000, 30_000]
    /// The recording's own idle time-out: before it was seen to run it is asked for more often.
    package var maxIdleTime: Int64 = 300_000
    /// The time within which event 13 has to come; nil where nobody waits for it, since its content is not documented.
    package var registersWithin: Int64?

    // MARK: Loss

    /// Within so long a recording that its server lost runs again on another one; until then 404 may mean that it is on its way.
    package var failover: Int64 = 90_000
    /// So often Agora moves one recording; the next fault ends it.
    package var failovers = 3
    /// New recordings for lost ones in an hour.
    package var replacementsPerHour = 6
    /// An hour less than the 72 in which a recording's calls can be made, and less than its token is valid, which cannot be renewed: then it
    /// is replaced while it can still be stopped.
    package var lifetime: Int64 = 71 * 3_600_000
    /// Before something is tried again that was refused.
    package var retry: Int64 = 30_000

    package init() {}

    /// With the times that depend on how the recordings are made.
    /// - Parameter tokenLifetime: Of the tokens with which they enter the channel; nil where they need none.
    package init(for plan: RecordingHands.Plan, tokenLifetime: Duration? = nil) {
        maxIdleTime = Int64(plan.maxIdleTime) * 1000
        lifetime = Self.ahead(of: Int64(plan.acquiring.resourceExpiredHour ?? 72) * 3_600_000)
        // A page is recorded without entering a channel.
        guard let tokenLifetime, plan.mode != .web else { return }
        lifetime = min(lifetime, Self.ahead(of: tokenLifetime.components.seconds * 1000))
    }

    /// An hour before an end, or in the middle of what is shorter.
    private static func ahead(of end: Int64) -> Int64 { max(end - 3_600_000, end / 2) }

    /// - Parameter turn: From 0; after the last wait, `then`.
    static func wait(_ waits: [Int64], turn: Int, then: Int64) -> Int64 { waits.indices.contains(turn) ? waits[turn] : then }
}
