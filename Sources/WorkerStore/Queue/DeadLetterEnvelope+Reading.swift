import Foundation
import SMQProtocol
import WorkerCore

extension StoredDeadLetter {
    /// The reason shown for a message in the dead-letter queue that no worker put there.
    static let foreignReason = DeadLetter.Reason("foreign message")

    /// Reads a letter out of a dead-letter queue. A message without our properties becomes a letter with `foreignReason`.
    ///
    /// - Parameter deadLetterQueue: The name of the queue that it was found in.
    init(_ message: ReceivedMessage, in deadLetterQueue: String) {
        let properties = message.userProperties
        let enqueued = StoredTime.date(message.enqueueTime.milliseconds)
        func time(_ name: String) -> Date { properties.value(name).flatMap(StoredTime.date) ?? enqueued }
        let queue = properties.value(DeadLetterProperty.queue)
        let messageID = properties.value(DeadLetterProperty.messageID)
        // Anybody can send to a queue: attempts that cannot be read must not hide the letter.
        let attempts = properties.value(DeadLetterProperty.attempts).flatMap { try? StoredJSON.value($0, as: [AttemptRecord].self) } ?? []
        let isForeign = queue == nil || messageID == nil
        let reason = properties.value(DeadLetterProperty.reason).map { DeadLetter.Reason($0) } ?? Self.foreignReason
        self.init(
            id: message.id,
            letter: DeadLetter(
                key: MessageKey(queue: queue ?? deadLetterQueue, messageID: messageID ?? message.id), body: message.body,
                eventType: properties.value(DeadLetterProperty.eventType),
                reason: isForeign ? Self.foreignReason : reason,
                error: properties.value(DeadLetterProperty.error), attempts: attempts,
                enqueued: time(DeadLetterProperty.enqueued), firstReceived: time(DeadLetterProperty.firstReceived),
                lastReceived: time(DeadLetterProperty.lastReceived),
                dequeueCount: properties.value(DeadLetterProperty.dequeueCount).flatMap { Int($0) } ?? message.dequeueCount,
                userProperties: properties.filter { !$0.name.hasPrefix(DeadLetterProperty.prefix) },
                replayedFrom: properties.value(DeadLetterProperty.replayedFrom)),
            kept: time(DeadLetterProperty.kept))
    }

    var isForeign: Bool { letter.reason == Self.foreignReason }
}
