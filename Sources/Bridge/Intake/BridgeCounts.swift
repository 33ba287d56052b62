/// What the bridge did, in notices.
package struct BridgeCounts: Sendable, Equatable, Encodable {
    package var queued = 0
    package var kept = 0
    package var duplicates = 0
    /// Given back to their senders; those that became durable after that are counted there, too.
    package var unavailable = 0
    /// Brought from the dead-letter store to the queue.
    package var pumped = 0
    /// Unsigned, or signed with a key that is not ours.
    package var refused = 0

    package init() {}

    mutating func add(_ outcome: NoticeIntake.Outcome) {
        switch outcome {
        case .queued: queued += 1
        case .kept: kept += 1
        case .duplicate: duplicates += 1
        case .unavailable: unavailable += 1
        }
    }
}
