import Foundation
import GRDB
package import StreamServices

/// What was heard of tasks at Agora, in the state database.
package struct SQLiteStreamFacts: StreamFactStore {
    private let database: @Sendable () throws -> StateDatabase

    /// - Parameter database: Asked for it with each use.
    package init(_ database: @escaping @Sendable () throws -> StateDatabase) { self.database = database }

    package init(_ database: StateDatabase) { self.init { database } }

    package func write(_ fact: StreamFact) async throws {
        try await database().write { connection in
            try connection.execute(
                sql: """
                    INSERT OR IGNORE INTO streamFact (service, subject, channel, eventType, identity, happened, received, body)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    fact.service.rawValue, fact.subject, fact.channel, fact.eventType, fact.identity, fact.happened, fact.received,
                    Data(fact.body),
                ])
            guard connection.changesCount == 1 else { return }
            if fact.service == .cloudRecording { try Self.mark(fact.subject, connection) }
            guard !fact.isReply else { return }
            // A recording whose start was not answered is known by its channel alone, until its show has heard of it.
            try connection.execute(
                sql: """
                    UPDATE streamTask SET due = 0, wakes = wakes + 1
                    WHERE service = :service AND due IS NOT NULL AND (
                        name IN (SELECT task FROM streamTaskID WHERE service = :service AND id = :id)
                        OR :channel = CASE WHEN json_valid(record) THEN json_extract(record, '$.wish.cname') END)
                    """, arguments: ["service": fact.service.rawValue, "id": fact.subject, "channel": fact.channel])
        }
    }

    /// What was heard of a recording of ours has to get into its manifest.
    private static func mark(_ sid: String, _ connection: Database) throws {
        try connection.execute(
            sql: """
                INSERT INTO recordingManifest (sid, marks)
                SELECT :sid, 1 WHERE EXISTS (SELECT 1 FROM streamTaskID WHERE service = :service AND id = :sid)
                    OR EXISTS (SELECT 1 FROM recordingShow WHERE sid = :sid)
                ON CONFLICT (sid) DO UPDATE SET marks = marks + 1
                """, arguments: ["sid": sid, "service": StreamService.cloudRecording.rawValue])
    }

    package func facts(of subject: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact] {
        try await database().read { connection in
            try Row.fetchAll(
                connection, sql: "SELECT * FROM streamFact WHERE service = ? AND subject = ? AND number > ? ORDER BY number",
                arguments: [service.rawValue, subject, number]
            ).map(StreamFact.init)
        }
    }

    package func facts(ofChannel channel: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact] {
        try await database().read { connection in
            try Row.fetchAll(
                connection, sql: "SELECT * FROM streamFact WHERE service = ? AND channel = ? AND number > ? ORDER BY number",
                arguments: [service.rawValue, channel, number]
            ).map(StreamFact.init)
        }
    }

    package func newest(_ service: StreamService) async throws -> StreamFact? {
        let replies = StreamFact.FileCall.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try await database().read { connection in
            try Row.fetchOne(
                connection,
                sql: "SELECT * FROM streamFact WHERE service = ? AND eventType NOT IN (\(replies)) ORDER BY number DESC LIMIT 1",
                arguments: [service.rawValue]
            ).map(StreamFact.init)
        }
    }

    package func show(of sid: String) async throws -> LinkedRecordings {
        try await database().read { connection in
            let row = try Row.fetchOne(connection, sql: "SELECT * FROM recordingShow WHERE sid = ?", arguments: [sid])
            guard let row else { return LinkedRecordings(show: nil, sids: [sid]) }
            let show = LinkedRecordings.Show(row["show"], wanted: row["wanted"], isBackup: row["isBackup"])
            return LinkedRecordings(show: show, sids: try Self.sids(of: show, connection), folder: row["folder"])
        }
    }

    package func link(_ recordings: LinkedRecordings) async throws {
        guard let show = recordings.show else { return }
        try await database().write { connection in
            let known = try Set(Self.sids(of: show, connection))
            try connection.execute(sql: "DELETE FROM recordingShow WHERE \(Self.isOfShow)", arguments: Self.key(show))
            for (position, sid) in recordings.sids.enumerated() {
                try connection.execute(
                    sql: """
                        INSERT OR REPLACE INTO recordingShow (show, wanted, isBackup, sid, position, folder)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """, arguments: Self.key(show) + [sid, position, recordings.folder])
                // It may have been heard of before anybody knew whose it is.
                if !known.contains(sid) { try Self.mark(sid, connection) }
            }
        }
    }

    private static let isOfShow = "show = ? AND wanted IS ? AND isBackup = ?"

    private static func key(_ show: LinkedRecordings.Show) -> StatementArguments { [show.name, show.wanted, show.isBackup] }

    private static func sids(of show: LinkedRecordings.Show, _ connection: Database) throws -> [String] {
        try String.fetchAll(
            connection, sql: "SELECT sid FROM recordingShow WHERE \(isOfShow) ORDER BY position", arguments: key(show))
    }

    /// Removes what nobody will ask for any more: facts of streams after `streams`, of recordings after `recordings`.
    package func prune(at now: Int64, streams: Duration = .seconds(2 * 86_400), recordings: Duration = .seconds(90 * 86_400)) async throws {
        try await database().write { connection in
            for (age, isRecording) in [(streams, false), (recordings, true)] {
                try connection.execute(
                    sql: "DELETE FROM streamFact WHERE received < ? AND (service = ?) = ?",
                    arguments: [now - age.components.seconds * 1000, StreamService.cloudRecording.rawValue, isRecording])
            }
            // Nothing is left that a manifest could be made from.
            try connection.execute(
                sql: """
                    DELETE FROM recordingManifest
                    WHERE NOT EXISTS (SELECT 1 FROM streamFact WHERE service = ? AND subject = recordingManifest.sid)
                    """, arguments: [StreamService.cloudRecording.rawValue])
        }
    }
}

extension StreamFact {
    fileprivate init(_ row: Row) throws {
        guard let service = StreamService(rawValue: row["service"]) else {
            throw UnreadableColumn(table: "streamFact", column: "service")
        }
        let body: Data = row["body"]
        self.init(
            number: row["number"], service: service, subject: row["subject"], channel: row["channel"], eventType: row["eventType"],
            identity: row["identity"],
            happened: row["happened"], received: row["received"], body: [UInt8](body))
    }
}
