package import Foundation
package import Logging
package import SMQProtocol
package import WorkerCore

/// Dead letters in another SMQ queue: readable from every host, kept for that queue's retention (7 days at most).
///
/// The message id and the queue of a letter are its key (properties `mediaworker-dead-queue`, `mediaworker-dead-message-id`). When the
/// answer of a send is lost, or another host keeps the same message, a letter can be there twice: both say so by the same key.
package struct QueueDeadLetterStore: DeadLetterStore {
    private let queue: any MessageQueue
    private let maximumSize: Int
    private let sent: SentDeadLetters
    private let logger: Logger
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - queue: Not one that the worker takes messages from.
    ///   - maximumSize: The queue's `MaximumMessageSize`, bytes.
    ///   - sent: What this host has put there.
    package init(
        _ queue: any MessageQueue, maximumSize: Int = SMQLimits.maximumMessageBytes, sent: SentDeadLetters, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.queue = queue
        self.maximumSize = maximumSize
        self.sent = sent
        self.logger = logger
        self.now = now
    }

    /// Returns when the queue has accepted the letter.
    ///
    /// - Throws: `SMQError`, also when the answer was lost (a later `keep` then may put a second letter there) and when the calling
    ///   task is cancelled: call it where no cancellation reaches. `EntryFailure` when the queue refused the letter;
    ///   `DeadLetterTooLarge` when it would.
    package func keep(_ letter: DeadLetter) async throws {
        guard letter.body.count <= maximumSize else {
            throw DeadLetterTooLarge(messageID: letter.key.messageID, size: letter.body.count, queue: queue.name, limit: maximumSize)
        }
        if try await sent.contains(letter.key) { return }
        let envelope = try DeadLetterEnvelope(letter, kept: now(), maximumSize: maximumSize)
        guard let result = try await queue.send([envelope.message]).first else {
            throw SMQError(
                code: .malformedAnswer, operation: "SendMessage", queue: queue.name,
                message: "the answer tells nothing about the message", effect: .unknown)
        }
        let message = try result.get()
        do {
            try await sent.add(letter.key, sentAs: message.id)
        } catch {
            // The letter is safe. Without the note a redelivery may put it there once more; failing now would do so for certain.
            logger.warning(
                "dead letter is in its queue, but this could not be noted",
                metadata: ["queue": "\(letter.key.queue)", "message": "\(letter.key.messageID)", "error": "\(error)"])
        }
    }
}
