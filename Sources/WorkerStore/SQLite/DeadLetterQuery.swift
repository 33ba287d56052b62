import GRDB

/// A selection as SQL on the table `deadLetter`. All values travel as arguments.
struct DeadLetterQuery {
    private var conditions: [String] = []
    private(set) var arguments = StatementArguments()
    private var lastSeen: Int64?
    private let order: DeadLetterSelection.Order

    init(_ selection: DeadLetterSelection) {
        order = selection.order
        if let queue = selection.queue { add("queue = ?", queue) }
        if let eventType = selection.eventType { add("eventType = ?", eventType) }
        if let reason = selection.reason { add("reason = ?", reason) }
        if let since = selection.since { add("kept >= ?", StoredTime.milliseconds(since)) }
        if let until = selection.until { add("kept < ?", StoredTime.milliseconds(until)) }
        if let isReplayed = selection.isReplayed { conditions.append(isReplayed ? "replayedAt IS NOT NULL" : "replayedAt IS NULL") }
        if let prefix = selection.messageIDPrefix {
            add("substr(messageID, 1, ?) = ?", prefix.unicodeScalars.count, prefix)
        }
    }

    /// Empty, or with its `WHERE`.
    var condition: String { conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") }

    mutating func add(_ condition: String, _ values: any DatabaseValueConvertible...) {
        conditions.append(condition)
        arguments += StatementArguments(values)
    }

    /// Leaves out everything up to this row, in the order of the selection.
    mutating func goOn(after row: Int64) { lastSeen = row }

    func page(limit: Int, offset: Int) -> (sql: String, arguments: StatementArguments) {
        var query = self
        if let lastSeen { query.add(order == .newestFirst ? "id < ?" : "id > ?", lastSeen) }
        let direction = order == .newestFirst ? "DESC" : "ASC"
        return ("\(query.condition) ORDER BY id \(direction) LIMIT ? OFFSET ?", query.arguments + [limit, offset])
    }
}
