import Foundation
import GRDB
package import Logging
package import StreamServices

/// The wanted tasks in the state database, shared by all processes of a host.
package struct SQLiteTasks: TaskStore {
    /// A record that cannot be read is looked at again after so long, in milliseconds.
    private static let unreadableRest: Int64 = 600_000

    private let database: StateDatabase
    private let logger: Logger?

    /// - Parameter logger: Hears of records that cannot be read: each of them stops itself alone.
    package init(_ database: StateDatabase, logger: Logger? = nil) {
        self.database = database
        self.logger = logger
    }

    package func add<Record: KeptRecord>(
        _ records: [Record], at now: Int64, check: @escaping @Sendable ([Record]) throws -> Void
    ) async throws {
        try await database.writeUnlessRefused { connection in
            let rows = try Row.fetchAll(
                connection,
                sql: "SELECT service, name, record FROM streamTask WHERE service IN \(Self.services(Record.self)) AND due IS NOT NULL")
            let alive: [Record] = rows.compactMap { record(of: $0) }
            try check(alive.filter { other in records.contains { $0.service == other.service } })
            for record in records {
                let key: StatementArguments = [record.service.rawValue, record.name]
                try connection.execute(sql: "DELETE FROM streamTask WHERE service = ? AND name = ? AND due IS NULL", arguments: key)
                try connection.execute(
                    sql: "INSERT OR IGNORE INTO streamTask (service, name, record, due, changed) VALUES (?, ?, ?, ?, ?)",
                    arguments: key + [try StoredJSON.text(record), now, now])
                guard connection.changesCount == 1 else { throw TaskNameTaken(name: record.name) }
            }
        }
    }

    package func bind(to appID: String) async throws -> String? {
        try await database.write { connection in
            let known = try String.fetchOne(connection, sql: "SELECT state FROM streamState WHERE name = 'project'")
            let other = known.flatMap { $0 == appID ? nil : $0 }
            let isAnyAlive = try Bool.fetchOne(connection, sql: "SELECT EXISTS (SELECT 1 FROM streamTask WHERE due IS NOT NULL)")
            if let other, isAnyAlive == true { return other }
            try connection.execute(sql: "INSERT OR REPLACE INTO streamState (name, state) VALUES ('project', ?)", arguments: [appID])
            return nil
        }
    }

    package func stop(_ name: String, _ service: StreamService, at now: Int64) async throws -> Bool {
        try await database.write { connection in
            try connection.execute(
                sql: """
                    UPDATE streamTask SET stopped = ?, due = 0, wakes = wakes + 1
                    WHERE service = ? AND name = ? AND stopped IS NULL AND due IS NOT NULL
                    """, arguments: [now, service.rawValue, name])
            return connection.changesCount == 1
        }
    }

    package func all<Record: KeptRecord>(_ type: Record.Type) async throws -> [ListedTask<Record>] {
        try await database.read { connection in
            let sql =
                "SELECT service, name, record, stopped, due FROM streamTask WHERE service IN \(Self.services(type)) ORDER BY service, name"
            return try Row.fetchAll(connection, sql: sql).compactMap { row in
                record(of: row).map { ListedTask(record: $0, stopped: row["stopped"], due: row["due"]) }
            }
        }
    }

    package func claim<Record: KeptRecord>(
        _ type: Record.Type, by owner: String, at now: Int64, until: Int64, atMost limit: Int
    ) async throws -> [ClaimedTask<Record>] {
        let isDue = "due <= ? AND claimedUntil <= ? AND service IN \(Self.services(type))"
        let isWork = try await database.read { connection in
            try Bool.fetchOne(
                connection, sql: "SELECT EXISTS (SELECT 1 FROM streamTask WHERE \(isDue))", arguments: [now, now])
        }
        guard isWork == true else { return [] }
        return try await database.write { connection in
            let rows = try Row.fetchAll(
                connection,
                sql: """
                    SELECT service, name, record, stopped, wakes FROM streamTask
                    WHERE \(isDue) ORDER BY due LIMIT ?
                    """, arguments: [now, now, limit])
            return try rows.compactMap { try take($0, by: owner, at: now, until: until, connection) }
        }
    }

    package func claim<Record: KeptRecord>(
        _ type: Record.Type, named name: String, _ service: StreamService, by owner: String, at now: Int64, until: Int64
    ) async throws -> ClaimedTask<Record>? {
        try await database.write { connection in
            try Row.fetchOne(
                connection,
                sql: """
                    SELECT service, name, record, stopped, wakes FROM streamTask
                    WHERE service = ? AND name = ? AND due IS NOT NULL AND stopped IS NULL AND claimedUntil <= ?
                    """, arguments: [service.rawValue, name, now]
            ).flatMap { try take($0, by: owner, at: now, until: until, connection) }
        }
    }

    /// - Returns: nil for a record that cannot be read: it rests, and the others go on.
    private func take<Record: KeptRecord>(
        _ row: Row, by owner: String, at now: Int64, until: Int64, _ connection: Database
    ) throws -> ClaimedTask<Record>? {
        let (service, name): (String, String) = (row["service"], row["name"])
        guard let record: Record = record(of: row) else {
            try connection.execute(
                sql: "UPDATE streamTask SET due = ? WHERE service = ? AND name = ?",
                arguments: [now + Self.unreadableRest, service, name])
            return nil
        }
        try connection.execute(
            sql: "UPDATE streamTask SET owner = ?, claimedUntil = ? WHERE service = ? AND name = ?",
            arguments: [owner, until, service, name])
        return ClaimedTask(record: record, stopped: row["stopped"], wakes: row["wakes"], owner: owner)
    }

    private func record<Record: KeptRecord>(of row: Row) -> Record? {
        do { return try row.json("record", of: "streamTask") } catch {
            let (service, name): (String, String) = (row["service"], row["name"])
            logger?.error(
                "the record of a wanted task cannot be read, so that nobody keeps it; another version of this program may have written it",
                metadata: ["service": "\(service)", "task": "\(name)"])
            return nil
        }
    }

    package func save(_ record: some KeptRecord, by owner: String, at now: Int64, until: Int64) async throws -> Bool {
        try await database.write { connection in
            try connection.execute(
                sql: """
                    UPDATE streamTask SET record = ?, claimedUntil = ?, changed = ?
                    WHERE service = ? AND name = ? AND owner = ? AND claimedUntil > ?
                    """,
                arguments: [try StoredJSON.text(record), until, now, record.service.rawValue, record.name, owner, now])
            guard connection.changesCount == 1 else { return false }
            try Self.keepIDs(record, connection)
            return true
        }
    }

    package func release<Record: KeptRecord>(_ task: ClaimedTask<Record>, by owner: String, at now: Int64, due: Int64?) async throws {
        try await database.write { connection in
            let record = task.record
            try connection.execute(
                sql: """
                    UPDATE streamTask SET record = ?, changed = ?, owner = NULL, claimedUntil = 0,
                        due = CASE WHEN wakes = ? OR ? IS NULL THEN ? ELSE 0 END
                    WHERE service = ? AND name = ? AND owner = ?
                    """,
                arguments: [try StoredJSON.text(record), now, task.wakes, due, due, record.service.rawValue, record.name, owner])
            if connection.changesCount == 1 { try Self.keepIDs(record, connection) }
        }
    }

    package func change<State: Codable & Sendable, Value: Sendable>(
        _ name: String, _ state: State.Type, _ body: @escaping @Sendable (inout State?) -> Value
    ) async throws -> Value {
        try await database.write { connection in
            let text = try String.fetchOne(connection, sql: "SELECT state FROM streamState WHERE name = ?", arguments: [name])
            // What another version wrote is known anew soon.
            var state = text.flatMap { try? StoredJSON.value($0, as: State.self) }
            let value = body(&state)
            let stored = try state.map { try StoredJSON.text($0) }
            guard stored != text else { return value }
            if let stored {
                try connection.execute(sql: "INSERT OR REPLACE INTO streamState (name, state) VALUES (?, ?)", arguments: [name, stored])
            } else {
                try connection.execute(sql: "DELETE FROM streamState WHERE name = ?", arguments: [name])
            }
            return value
        }
    }

    package func state<State: Codable & Sendable>(_ name: String, _ type: State.Type) async throws -> State? {
        try await database.read { connection in
            let text = try String.fetchOne(connection, sql: "SELECT state FROM streamState WHERE name = ?", arguments: [name])
            // What another version wrote is known anew soon.
            return text.flatMap { try? StoredJSON.value($0, as: State.self) }
        }
    }

    package func post(_ event: [UInt8]) async throws {
        try await database.write { try $0.execute(sql: "INSERT INTO streamOutbox (body) VALUES (?)", arguments: [Data(event)]) }
    }

    package func unsent(atMost limit: Int) async throws -> [(id: Int64, event: [UInt8])] {
        try await database.read { connection in
            try Row.fetchAll(connection, sql: "SELECT id, body FROM streamOutbox ORDER BY id LIMIT ?", arguments: [limit]).map { row in
                let body: Data = row["body"]
                return (row["id"], [UInt8](body))
            }
        }
    }

    package func sent(_ id: Int64) async throws {
        try await database.write { try $0.execute(sql: "DELETE FROM streamOutbox WHERE id = ?", arguments: [id]) }
    }

    /// As a list of SQL; the names are our own.
    private static func services<Record: KeptRecord>(_ type: Record.Type) -> String {
        "(" + type.services.map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"
    }

    private static func keepIDs(_ record: some KeptRecord, _ connection: Database) throws {
        for id in record.ids {
            try connection.execute(
                sql: "INSERT OR IGNORE INTO streamTaskID (service, id, task) VALUES (?, ?, ?)",
                arguments: [record.service.rawValue, id, record.name])
        }
    }
}
