package import Foundation
import GRDB
package import WorkerCore

/// The record of bad ends in the state database: N processes of a host count to three together.
package struct SQLiteDeliveryLedger: DeliveryLedger {
    /// A message cannot outlive 604,800 s in its queue, so its history is of no use a day after that.
    package static let retention: Duration = .seconds(8 * 86_400)

    private let database: StateDatabase
    private let now: @Sendable () -> Date

    package init(_ database: StateDatabase, now: @escaping @Sendable () -> Date = { Date() }) {
        self.database = database
        self.now = now
    }

    package func history(of key: MessageKey) async throws -> DeliveryHistory {
        try await database.read { try Self.history(of: key, in: $0) }
    }

    package func record(_ entry: LedgerEntry, of key: MessageKey) async throws -> DeliveryHistory {
        let updated = StoredTime.milliseconds(now())
        return try await database.write { connection in
            var history = try Self.history(of: key, in: connection)
            if var badEnd = entry.badEnd {
                badEnd.number = history.attempts.count + 1
                badEnd.time = StoredTime.date(StoredTime.milliseconds(badEnd.time))
                history.attempts.append(badEnd)
            }
            history.succeeded.formUnion(entry.succeeded)
            let notBefore = entry.notBefore.map(StoredTime.milliseconds)
            history.notBefore = notBefore.map(StoredTime.date)
            try connection.execute(
                sql: """
                    INSERT INTO delivery (queue, messageID, attempts, succeeded, notBefore, updated) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (queue, messageID) DO UPDATE SET attempts = excluded.attempts, succeeded = excluded.succeeded,
                        notBefore = excluded.notBefore, updated = excluded.updated
                    """,
                arguments: [
                    key.queue, key.messageID, try StoredJSON.text(history.attempts),
                    try StoredJSON.text(history.succeeded.sorted()), notBefore, updated,
                ])
            return history
        }
    }

    package func forget(_ key: MessageKey) async throws {
        try await database.write { connection in
            try connection.execute(
                sql: "DELETE FROM delivery WHERE queue = ? AND messageID = ?", arguments: [key.queue, key.messageID])
        }
    }

    /// Removes what was left behind by messages that nobody saw again: deleted by others, or gone with their retention.
    /// - Returns: The number of messages forgotten.
    @discardableResult
    package func prune(olderThan age: Duration = retention) async throws -> Int {
        let limit = StoredTime.milliseconds(now()) - age.components.seconds * 1000
        return try await database.write { connection in
            try connection.execute(sql: "DELETE FROM sentDeadLetter WHERE sent < ?", arguments: [limit])
            try connection.execute(sql: "DELETE FROM delivery WHERE updated < ?", arguments: [limit])
            return connection.changesCount
        }
    }

    private static func history(of key: MessageKey, in connection: Database) throws -> DeliveryHistory {
        var history = DeliveryHistory()
        if let row = try Row.fetchOne(
            connection, sql: "SELECT attempts, succeeded, notBefore FROM delivery WHERE queue = ? AND messageID = ?",
            arguments: [key.queue, key.messageID])
        {
            history.attempts = try row.json("attempts", of: "delivery")
            history.succeeded = try row.json("succeeded", of: "delivery")
            history.notBefore = row.optionalTime("notBefore")
        }
        history.isDeadLettered =
            try Bool.fetchOne(
                connection,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM deadLetter WHERE queue = :queue AND messageID = :message)
                        OR EXISTS (SELECT 1 FROM sentDeadLetter WHERE queue = :queue AND messageID = :message)
                    """,
                arguments: ["queue": key.queue, "message": key.messageID]) ?? false
        return history
    }
}
