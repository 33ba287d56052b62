import GRDB

extension SQLiteDeadLetterStore: DeadLetterDesk {
    package var limitation: String? { nil }

    /// Letters in memory at a time: 100 bodies of 64 KiB are 6.4 MB.
    private static var pageSize: Int { 100 }

    package func forEach(_ selection: DeadLetterSelection, _ body: (StoredDeadLetter) async throws -> Void) async throws {
        // Each page goes on from the last row seen, so that letters kept or dropped meanwhile shift nothing. What is kept after the
        // start stays out of the oldest-first order too.
        let end = try await database.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM deadLetter") ?? 0 }
        var query = DeadLetterQuery(selection)
        query.add("id <= ?", end)
        var left = selection.limit ?? Int.max
        var offset = selection.offset
        while left > 0 {
            let page = query.page(limit: min(left, Self.pageSize), offset: offset)
            let letters = try await database.read { connection in
                try Row.fetchAll(connection, sql: "SELECT * FROM deadLetter \(page.sql)", arguments: page.arguments)
                    .map(StoredDeadLetter.init)
            }
            for letter in letters { try await body(letter) }
            guard letters.count == Self.pageSize, let last = letters.last.flatMap({ Int64($0.id) }) else { return }
            query.goOn(after: last)
            offset = 0
            left -= letters.count
        }
    }

    package func ids(_ selection: DeadLetterSelection) async throws -> [String] {
        let page = DeadLetterQuery(selection).page(limit: selection.limit ?? Int.max, offset: selection.offset)
        return try await database.read { connection in
            try Int64.fetchAll(connection, sql: "SELECT id FROM deadLetter \(page.sql)", arguments: page.arguments).map { String($0) }
        }
    }

    package func counts(_ selection: DeadLetterSelection) async throws -> [DeadLetterCount] {
        let query = DeadLetterQuery(selection)
        let (condition, arguments) = (query.condition, query.arguments)
        return try await database.read { connection in
            try Row.fetchAll(
                connection,
                sql: """
                    SELECT reason, eventType, count(*) AS count FROM deadLetter \(condition)
                    GROUP BY reason, eventType ORDER BY count DESC, reason, eventType
                    """,
                arguments: arguments
            ).map { DeadLetterCount(reason: $0["reason"], eventType: $0["eventType"], count: $0["count"]) }
        }
    }

    package func show(_ id: String) async throws -> StoredDeadLetter {
        let row = try await row(id)
        let letter = try await database.read { connection in
            try Row.fetchOne(connection, sql: "SELECT * FROM deadLetter WHERE id = ?", arguments: [row]).map(StoredDeadLetter.init)
        }
        guard let letter else { throw DeadLetterDeskError.notFound(id) }
        return letter
    }

    package func drop(_ ids: [String]) async throws -> DropReport {
        var report = DropReport()
        for id in ids {
            do {
                let row = try await row(id)
                let isGone = try await database.write { connection in
                    try connection.execute(sql: "DELETE FROM deadLetter WHERE id = ?", arguments: [row])
                    return connection.changesCount > 0
                }
                if isGone { report.dropped.append(id) } else { report.missing.append(id) }
            } catch DeadLetterDeskError.notFound {
                report.missing.append(id)
            } catch let error as DeadLetterDeskError {
                report.failed.append(DropReport.Failure(id: id, reason: error.description))
            }
        }
        return report
    }

    /// The row that a person means by a row number or a message id.
    func row(_ id: String) async throws -> Int64 {
        let rows = try await database.read { connection -> [Int64] in
            if let number = Int64(id) {
                let rows = try Int64.fetchAll(connection, sql: "SELECT id FROM deadLetter WHERE id = ?", arguments: [number])
                if !rows.isEmpty { return rows }
            }
            return try Int64.fetchAll(connection, sql: "SELECT id FROM deadLetter WHERE messageID = ? ORDER BY id", arguments: [id])
        }
        guard let row = rows.first else { throw DeadLetterDeskError.notFound(id) }
        guard rows.count == 1 else { throw DeadLetterDeskError.ambiguous(id, ids: rows.map { String($0) }) }
        return row
    }
}
