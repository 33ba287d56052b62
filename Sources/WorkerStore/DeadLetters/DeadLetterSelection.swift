import WorkerCore

package import struct Foundation.Date

/// Which dead letters: all conditions that are set must hold.
package struct DeadLetterSelection: Sendable, Equatable {
    package enum Order: Sendable { case newestFirst, oldestFirst }

    /// The queue's label in the configuration.
    package var queue: String?
    package var eventType: String?
    /// The text of a `DeadLetter.Reason`.
    package var reason: String?
    /// Kept at this time or later.
    package var since: Date?
    /// Kept before this time.
    package var until: Date?
    /// True: only letters that were replayed; false: only others; nil: both.
    package var isReplayed: Bool?
    /// How the message id begins, with case.
    package var messageIDPrefix: String?
    /// By the time of keeping.
    package var order = Order.newestFirst
    /// At most so many; nil for all.
    package var limit: Int?
    /// Left out at the beginning.
    package var offset = 0

    package init() {}

    /// Whether a letter meets the conditions; `limit`, `offset` and `order` are the caller's.
    func includes(_ stored: StoredDeadLetter) -> Bool {
        let letter = stored.letter
        if let queue, letter.key.queue != queue { return false }
        if let eventType, letter.eventType != eventType { return false }
        if let reason, letter.reason.text != reason { return false }
        if let since, stored.kept < since { return false }
        if let until, stored.kept >= until { return false }
        if let isReplayed, (stored.replay != nil) != isReplayed { return false }
        if let messageIDPrefix, !letter.key.messageID.hasPrefix(messageIDPrefix) { return false }
        return true
    }
}
