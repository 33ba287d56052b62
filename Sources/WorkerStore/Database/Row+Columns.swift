import Foundation
import GRDB

/// A column that does not hold what this program writes there.
struct UnreadableColumn: Error, CustomStringConvertible {
    let table: String
    let column: String

    var description: String { "the column \(column) of table \(table) cannot be read" }
}

extension Row {
    /// A JSON column.
    func json<Value: Decodable>(_ column: String, of table: String) throws -> Value {
        let text: String = self[column]
        do { return try StoredJSON.value(text) } catch { throw UnreadableColumn(table: table, column: column) }
    }

    func time(_ column: String) -> Date { StoredTime.date(self[column]) }

    func optionalTime(_ column: String) -> Date? {
        let milliseconds: Int64? = self[column]
        return milliseconds.map(StoredTime.date)
    }
}
