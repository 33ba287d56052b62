package import SMQProtocol

package import struct Foundation.Date

/// A message put aside, with all that a person needs to find out why and to send it again.
package struct DeadLetter: Sendable, Equatable {
    /// Why a message was put aside: an open set of short phrases, the same in store, log and command line.
    package struct Reason: Sendable, Hashable {
        package let text: String
        package init(_ text: String) { self.text = text }
        package static let undecodable = Reason("undecodable")
        package static let unknownType = Reason("unknown type")
        package static let noHandler = Reason("no handler")
        package static let attemptsExhausted = Reason("attempts exhausted")
        /// The queue would have dropped it before its next attempt.
        package static let expiring = Reason("retention ends")
        /// A notice of the bridge that could not be sent to the queue: the pump sends it when the queue is back.
        package static let pushFailed = Reason("push failed")
        /// A notice of the bridge that no queue message can hold.
        package static let tooLarge = Reason("too large")
        /// A handler's own verdict; its words are in `error`.
        package static let handlerDecided = Reason("handler decided")
    }

    package var key: MessageKey
    /// The body exactly as it stood in the queue (base64 not removed).
    package var body: [UInt8]
    /// The wire's type name, nil where the body has none.
    package var eventType: String?
    package var reason: Reason
    /// The handler's words, the decoder's reason, the last error.
    package var error: String?
    package var attempts: [AttemptRecord]
    /// When the queue accepted the message, by its server's clock.
    package var enqueued: Date
    /// First receive by any consumer, by the server's clock.
    package var firstReceived: Date
    /// The receive that led here, by the local wall clock.
    package var lastReceived: Date
    /// How often the server had delivered it.
    package var dequeueCount: Int
    package var userProperties: [MessageProperty]
    /// Of a replayed message: the id that it had when it first became a dead letter. See `ReplayProperty.from`.
    package var replayedFrom: String?

    package init(
        key: MessageKey, body: [UInt8], eventType: String?, reason: Reason, error: String?, attempts: [AttemptRecord],
        enqueued: Date, firstReceived: Date, lastReceived: Date, dequeueCount: Int, userProperties: [MessageProperty] = [],
        replayedFrom: String? = nil
    ) {
        self.key = key
        self.body = body
        self.eventType = eventType
        self.reason = reason
        self.error = error
        self.attempts = attempts
        self.enqueued = enqueued
        self.firstReceived = firstReceived
        self.lastReceived = lastReceived
        self.dequeueCount = dequeueCount
        self.userProperties = userProperties
        self.replayedFrom = replayedFrom
    }
}

/// Where dead letters are kept. A message is deleted from its queue only after `keep` returned.
package protocol DeadLetterStore: Sendable {
    /// Keeps the letter durably; returns when it is safe against a crash of the machine. Keeping the same message again changes nothing.
    func keep(_ letter: DeadLetter) async throws
}

/// Names of the user properties that a replayed message carries.
package enum ReplayProperty {
    /// Message id of the first dead letter in the chain.
    package static let from = "mediaworker-replayed-from"
    /// How often it has been replayed: `1` at first.
    package static let count = "mediaworker-replays"
}
