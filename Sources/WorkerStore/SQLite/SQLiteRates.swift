import Foundation
import GRDB
package import StreamServices

/// The rates of a project's calls, counted in the state database for all processes of a host together.
package struct SQLiteRates: RateStore {
    /// Counts that nobody asked for in so long say nothing any more, in milliseconds.
    private static let life: Int64 = 3_600_000

    private let database: StateDatabase

    package init(_ database: StateDatabase) { self.database = database }

    package func reserve(_ limit: RateLimit, at now: Int64) async throws -> Int64? {
        try await change(limit, at: now) { $0.reserve(limit, at: now) }
    }

    package func throttled(_ limit: RateLimit, at now: Int64) async throws {
        try await change(limit, at: now) { $0.throttled(at: now) }
    }

    /// All that were counted within the last hour, by the name of the limit.
    package func states() async throws -> [String: RateState] {
        try await database.read { connection in
            let rows = try Row.fetchAll(connection, sql: "SELECT name, state FROM rate")
            // One that cannot be read counts for nothing, as for those who make calls.
            let states = rows.compactMap { row in
                let text: String = row["state"]
                return (try? JSONDecoder().decode(RateState.self, from: Data(text.utf8))).map { (row["name"] as String, $0) }
            }
            return Dictionary(states) { $1 }
        }
    }

    private func change<Value: Sendable>(
        _ limit: RateLimit, at now: Int64, _ body: @escaping @Sendable (inout RateState) -> Value
    ) async throws -> Value {
        try await database.write { connection in
            let text = try String.fetchOne(connection, sql: "SELECT state FROM rate WHERE name = ?", arguments: [limit.name])
            // A state that cannot be read comes from another version: its calls are a minute old soon.
            var state = text.flatMap { try? JSONDecoder().decode(RateState.self, from: Data($0.utf8)) } ?? RateState()
            let value = body(&state)
            let stored = String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
            try connection.execute(
                sql: """
                    INSERT INTO rate (name, state, updated) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET state = excluded.state, updated = excluded.updated
                    """, arguments: [limit.name, stored, now])
            try connection.execute(sql: "DELETE FROM rate WHERE updated < ?", arguments: [now - Self.life])
            return value
        }
    }
}
