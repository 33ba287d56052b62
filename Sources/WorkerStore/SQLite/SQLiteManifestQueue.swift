import Foundation
import GRDB
package import StreamServices

/// The recordings whose manifests are to be written, in the state database: `SQLiteStreamFacts` puts them in.
package struct SQLiteManifestQueue: ManifestQueue {
    private let database: StateDatabase

    package init(_ database: StateDatabase) { self.database = database }

    package func claim(by owner: String, at now: Int64, until: Int64) async throws -> ManifestTurn? {
        let isDue = "claimedUntil <= :now AND (marks > taken AND rest <= :now OR look <= :now)"
        let isWork = try await database.read { connection in
            try Bool.fetchOne(
                connection, sql: "SELECT EXISTS (SELECT 1 FROM recordingManifest WHERE \(isDue))", arguments: ["now": now])
        }
        guard isWork == true else { return nil }
        return try await database.write { connection in
            guard
                let row = try Row.fetchOne(
                    connection,
                    sql: "SELECT sid, marks, taken, looks FROM recordingManifest WHERE \(isDue) ORDER BY rest LIMIT 1",
                    arguments: ["now": now])
            else { return nil }
            let (sid, marks, taken): (String, Int64, Int64) = (row["sid"], row["marks"], row["taken"])
            try connection.execute(
                sql: "UPDATE recordingManifest SET owner = ?, claimedUntil = ? WHERE sid = ?", arguments: [owner, until, sid])
            return ManifestTurn(sid: sid, marks: marks, looks: marks > taken ? 0 : row["looks"])
        }
    }

    package func release(_ turn: ManifestTurn, by owner: String, _ next: ManifestTurn.Next) async throws {
        try await database.write { connection in
            try connection.execute(
                sql: """
                    UPDATE recordingManifest SET owner = NULL, claimedUntil = 0, rest = :rest, look = :look, looks = :looks,
                        taken = CASE WHEN :isWritten THEN :marks ELSE taken END
                    WHERE sid = :sid AND owner = :owner
                    """,
                arguments: [
                    "rest": next.rest, "look": next.look, "looks": turn.looks + 1, "isWritten": next.isWritten, "marks": turn.marks,
                    "sid": turn.sid, "owner": owner,
                ])
        }
    }
}
