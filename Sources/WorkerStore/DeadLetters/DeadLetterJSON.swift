package import Foundation
import SMQProtocol
package import WorkerCore

/// A dead letter as `dead list --json`, `dead show --json` and `dead export` print it. Keys that have no value are `null`.
///
/// Times are ISO 8601 in UTC with milliseconds; `bodyBase64` is the exact body, `body` the same as text if it is valid UTF-8. Of
/// a letter as people are shown it (`dead show`), in whose body something is hidden, `body` is the masked text and `bodyBase64` null, so
/// that nobody sends it.
package struct DeadLetterJSON: Encodable, Sendable {
    package struct Property: Codable, Sendable, Equatable {
        package var name: String
        package var value: String
        package var type: String
    }

    package var id: String
    package var messageId: String
    package var queue: String
    package var eventType: String?
    package var reason: String
    package var error: String?
    package var body: String?
    package var bodyBase64: String?
    package var attempts: [AttemptRecord]
    package var enqueuedAt: Date
    package var firstReceivedAt: Date
    package var lastReceivedAt: Date
    package var keptAt: Date
    package var dequeueCount: Int
    package var properties: [Property]
    package var replayedFrom: String?
    package var replayedAt: Date?
    package var replayedAs: String?

    package init(_ stored: StoredDeadLetter) {
        let letter = stored.letter
        id = stored.id
        messageId = letter.key.messageID
        queue = letter.key.queue
        eventType = letter.eventType
        reason = letter.reason.text
        error = letter.error
        body = String(validating: letter.body, as: UTF8.self)
        bodyBase64 = Data(letter.body).base64EncodedString()
        attempts = letter.attempts
        enqueuedAt = letter.enqueued
        firstReceivedAt = letter.firstReceived
        lastReceivedAt = letter.lastReceived
        keptAt = stored.kept
        dequeueCount = letter.dequeueCount
        properties = letter.userProperties.map { Property(name: $0.name, value: $0.value, type: $0.type) }
        replayedFrom = letter.replayedFrom
        replayedAt = stored.replay?.time
        replayedAs = stored.replay?.messageID
    }

    package init(_ shown: StoredDeadLetter.Shown) {
        self.init(shown.stored)
        if shown.hidesBody { bodyBase64 = nil }
    }

    /// One line of compact JSON without a line feed; keys in alphabetical order.
    package func bytes() throws -> [UInt8] { try StoredJSON.bytes(self) }

    package func encode(to encoder: any Encoder) throws {
        // By hand, because the synthesized form leaves out what is nil.
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(messageId, forKey: .messageId)
        try container.encode(queue, forKey: .queue)
        try container.encode(eventType, forKey: .eventType)
        try container.encode(reason, forKey: .reason)
        try container.encode(error, forKey: .error)
        try container.encode(body, forKey: .body)
        try container.encode(bodyBase64, forKey: .bodyBase64)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(enqueuedAt, forKey: .enqueuedAt)
        try container.encode(firstReceivedAt, forKey: .firstReceivedAt)
        try container.encode(lastReceivedAt, forKey: .lastReceivedAt)
        try container.encode(keptAt, forKey: .keptAt)
        try container.encode(dequeueCount, forKey: .dequeueCount)
        try container.encode(properties, forKey: .properties)
        try container.encode(replayedFrom, forKey: .replayedFrom)
        try container.encode(replayedAt, forKey: .replayedAt)
        try container.encode(replayedAs, forKey: .replayedAs)
    }

    private enum CodingKeys: String, CodingKey {
        case id, messageId, queue, eventType, reason, error, body, bodyBase64, attempts, enqueuedAt, firstReceivedAt, lastReceivedAt
        case keptAt, dequeueCount, properties, replayedFrom, replayedAt, replayedAs
    }
}
