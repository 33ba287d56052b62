package import SMQProtocol

package import struct Foundation.Date

/// What became of one letter of a replay.
package enum ReplayOutcome: Sendable {
    /// Sent and marked (in a queue: sent and deleted).
    case sent(SentMessage)
    /// Left alone: it was sent before, as the message named.
    case alreadyReplayed(StoredDeadLetter.Replay)
    /// Left alone: another replay has it in hand, at the latest until this time.
    case claimed(until: Date)
    /// Left alone: the queue would refuse it.
    case unsendable(reason: String)
    case notFound
    /// The send failed; the letter is as it was. If `SMQError.effect` is unknown, the message may be in the queue nevertheless.
    case failed(any Error)
    /// Sent, but the letter could not be marked: replaying it again sends it twice.
    case sentNotMarked(SentMessage, any Error)
}
