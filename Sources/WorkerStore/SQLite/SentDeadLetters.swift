package import Foundation
import GRDB
import WorkerCore

/// Remembers in the state database which letters were put into a dead-letter queue: a message that comes again, because its delete
/// failed, is then not put there a second time, and the ledger's history says `isDeadLettered`.
package struct SentDeadLetters: Sendable {
    private let database: StateDatabase
    private let now: @Sendable () -> Date

    package init(_ database: StateDatabase, now: @escaping @Sendable () -> Date = { Date() }) {
        self.database = database
        self.now = now
    }

    func contains(_ key: MessageKey) async throws -> Bool {
        try await database.read { connection in
            try Bool.fetchOne(
                connection, sql: "SELECT EXISTS (SELECT 1 FROM sentDeadLetter WHERE queue = ? AND messageID = ?)",
                arguments: [key.queue, key.messageID]) ?? false
        }
    }

    func add(_ key: MessageKey, sentAs messageID: String) async throws {
        let time = StoredTime.milliseconds(now())
        try await database.write { connection in
            try connection.execute(
                sql: "INSERT INTO sentDeadLetter (queue, messageID, sentAs, sent) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [key.queue, key.messageID, messageID, time])
        }
    }
}
