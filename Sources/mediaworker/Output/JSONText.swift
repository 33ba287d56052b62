import Foundation

/// Answers of `--json`.
enum JSONText {
    /// An array with one element per line, so that both `jq` and `grep` are served. `[]` if empty.
    static func array(_ elements: some Sequence<some Encodable>) throws -> String {
        let lines = try elements.map { try object($0) }
        return lines.isEmpty ? "[]" : "[\n  " + lines.joined(separator: ",\n  ") + "\n]"
    }

    /// One value on one line, keys sorted.
    static func object(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
