import Configuration
import TOMLKit

/// A parsed `worker.conf`: values by path, each with the line that wrote it. A snapshot for swift-configuration.
struct ConfFile: Sendable {
    /// One value of the file.
    struct Entry: Sendable {
        /// Nil for what no key takes: dates, lists that hold anything but text.
        let content: ConfigContent?
        /// As the file would write it.
        let shown: String
        /// True for `[[name]]` and for lists of inline tables.
        var isArrayOfTables = false
    }

    struct WrongType: Error {}

    /// As the user named it.
    let name: String
    private(set) var entries: [[String]: Entry] = [:]
    /// Every table, with and without keys of its own.
    private(set) var tables: Set<[String]> = []
    private let lines: [[String]: Int]

    /// No file: defaults and the environment only.
    init() {
        name = ""
        lines = [:]
    }

    /// - Throws: `ConfigurationError` with the one problem of a text that is no TOML: file, line, column and the parser's sentence.
    init(name: String, text: String) throws(ConfigurationError) {
        self.name = name
        // The parser takes a C string and would silently stop at the first NUL.
        if let end = text.utf8.firstIndex(of: 0) {
            let line = text.utf8[..<end].count { $0 == UInt8(ascii: "\n") } + 1
            throw ConfigurationError([
                ConfigurationProblem(origin: .file(name, line: line), rule: "not valid TOML: a NUL character")
            ])
        }
        let root: TOMLTable
        do {
            root = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw ConfigurationError([Self.problem(of: error, name: name, text: text)])
        } catch {
            throw ConfigurationError([ConfigurationProblem(origin: .file(name, line: nil), rule: "not valid TOML: \(error)")])
        }
        lines = TOMLLineIndex(text).lines
        collect(root, at: [])
    }

    /// The line of a key or of a table's header; for a path that the index does not know, the line of what holds it.
    func origin(of path: [String]) -> SettingOrigin {
        var path = path[...]
        while !path.isEmpty {
            if let line = lines[Array(path)] { return .file(name, line: line) }
            path.removeLast()
        }
        return .file(name, line: nil)
    }

    private mutating func collect(_ table: TOMLTable, at path: [String]) {
        for key in table.keys {
            guard let value = table[key] else { continue }
            let here = path + [key]
            if let inner = value.table {
                tables.insert(here)
                collect(inner, at: here)
            } else {
                entries[here] = Self.entry(of: value)
            }
        }
    }

    private static func entry(of value: any TOMLValueConvertible) -> Entry {
        if let text = value.string { return Entry(content: .string(text), shown: ShownText.quoted(text)) }
        if let number = value.int { return Entry(content: .int(number), shown: "\(number)") }
        if let flag = value.bool { return Entry(content: .bool(flag), shown: "\(flag)") }
        if let number = value.double { return Entry(content: .double(number), shown: "\(number)") }
        if let array = value.array {
            let elements = Array(array)
            let texts = elements.compactMap(\.string)
            guard texts.count == elements.count else {
                return Entry(
                    content: nil, shown: "[...]", isArrayOfTables: !elements.isEmpty && elements.allSatisfy { $0.type == .table })
            }
            return Entry(content: .stringArray(texts), shown: "[\(texts.map(ShownText.quoted).joined(separator: ", "))]")
        }
        return Entry(content: nil, shown: "a \(value.type)")
    }

    /// The parser quotes what it read, which must not be shown if the line may hold a secret.
    private static func problem(of error: TOMLParseError, name: String, text: String) -> ConfigurationProblem {
        let begin = error.source.begin
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(begin.line - 1).first ?? ""
        let mayBeSecret = ["secret", "token", "key", "pass"].contains { line.lowercased().contains($0) }
        let sentence = mayBeSecret ? "this line cannot be read (not repeated here, it may hold a secret)" : error.description
        return ConfigurationProblem(
            origin: .file(name, line: begin.line, column: begin.column), rule: "not valid TOML: \(ShownText.sentence(sentence))")
    }
}

extension ConfFile: ConfigSnapshot {
    var providerName: String { name }

    /// - Throws: `WrongType` if the file holds another type; nothing is converted.
    func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
        guard let entry = entries[key.components] else { return LookupResult(encodedKey: key.description, value: nil) }
        let fits =
            switch (entry.content, type) {
            case (.string, .string), (.int, .int), (.bool, .bool), (.double, .double), (.stringArray, .stringArray): true
            default: false
            }
        guard fits, let content = entry.content else { throw WrongType() }
        return LookupResult(encodedKey: key.description, value: ConfigValue(content, isSecret: false))
    }
}
