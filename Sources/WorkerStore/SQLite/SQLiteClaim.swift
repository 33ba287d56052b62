package import Foundation
import GRDB

/// Work that one process of a host at a time may do: a name in the state database with an owner and an end.
package struct SQLiteClaim: Sendable {
    private let database: StateDatabase
    private let name: String
    private let owner: String
    private let now: @Sendable () -> Date

    /// - Parameter owner: Tells this process from all others.
    package init(
        _ database: StateDatabase, name: String, owner: String = UUID().uuidString, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.name = name
        self.owner = owner
        self.now = now
    }

    /// Takes the claim, or keeps it, for `time` from now. After a crash it is free again when that is over.
    /// - Returns: False if somebody else has it.
    package func take(for time: Duration) async throws -> Bool {
        let now = StoredTime.milliseconds(now())
        let until = now + Int64(time / .milliseconds(1))
        return try await database.write { [name, owner] connection in
            try connection.execute(
                sql: """
                    INSERT INTO claim (name, owner, until) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
                    WHERE claim.owner = excluded.owner OR claim.until <= ?
                    """,
                arguments: [name, owner, until, now])
            return connection.changesCount == 1
        }
    }

    package func giveBack() async throws {
        try await database.write { [name, owner] connection in
            try connection.execute(sql: "DELETE FROM claim WHERE name = ? AND owner = ?", arguments: [name, owner])
        }
    }
}
