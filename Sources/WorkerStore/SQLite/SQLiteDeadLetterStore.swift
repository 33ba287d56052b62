package import Foundation
import GRDB
import SMQProtocol
package import WorkerCore

/// Dead letters in the state database.
package struct SQLiteDeadLetterStore: DeadLetterStore {
    let database: StateDatabase
    let now: @Sendable () -> Date
    /// Random text that tells one replay from another.
    let makeClaim: @Sendable () -> String

    package init(
        _ database: StateDatabase, now: @escaping @Sendable () -> Date = { Date() },
        makeClaim: @escaping @Sendable () -> String = { UUID().uuidString }
    ) {
        self.database = database
        self.now = now
        self.makeClaim = makeClaim
    }

    /// Returns when the letter is on the disk. The first letter of a message stays as it is; keeping it again changes nothing.
    /// - Note: Cancellation of the calling task is not looked at: the letter is kept, or the error is thrown.
    package func keep(_ letter: DeadLetter) async throws {
        let kept = StoredTime.milliseconds(now())
        try await database.write { connection in
            try connection.execute(
                sql: """
                    INSERT INTO deadLetter (queue, messageID, eventType, reason, error, body, attempts, properties, enqueued,
                        firstReceived, lastReceived, kept, dequeueCount, replayedFrom)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (queue, messageID) DO NOTHING
                    """,
                arguments: [
                    letter.key.queue, letter.key.messageID, letter.eventType?.withoutNUL, letter.reason.text.withoutNUL,
                    letter.error?.withoutNUL, Data(letter.body), try StoredJSON.text(letter.attempts),
                    try StoredJSON.text(letter.userProperties.map(StoredProperty.init)), StoredTime.milliseconds(letter.enqueued),
                    StoredTime.milliseconds(letter.firstReceived), StoredTime.milliseconds(letter.lastReceived), kept,
                    letter.dequeueCount, letter.replayedFrom,
                ])
        }
    }
}
