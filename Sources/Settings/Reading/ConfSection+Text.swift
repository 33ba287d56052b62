/// Texts, choices, secrets, addresses.
extension ConfSection {
    /// A text that is not empty and holds no control characters.
    package func string(_ key: String) -> String? {
        readText(key) { text throws(BrokenRule) in try Self.checked(text) }
    }

    package func string(_ key: String, default standard: String) -> String {
        orDefault(string(key), key, standard, shown: ShownText.quoted(standard))
    }

    /// One of the cases of an enum, by its raw value.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, default standard: Choice) -> Choice {
        let names = Choice.allCases.map { ShownText.quoted($0.rawValue) }
        let rule = "must be \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
        let value = readText(key, rule: rule) { text throws(BrokenRule) -> Choice in
            guard let value = Choice(rawValue: text) else { throw BrokenRule(rule) }
            return value
        }
        return orDefault(value, key, standard, shown: ShownText.quoted(standard.rawValue))
    }

    /// A text that no message, log or listing ever shows.
    package func secret(_ key: String) -> Secret? {
        readText(key, isSecret: true) { text throws(BrokenRule) in
            guard text.first?.isWhitespace != true, text.last?.isWhitespace != true else {
                throw BrokenRule("must not begin or end with a space or a line break")
            }
            return Secret(try Self.checked(text))
        }
    }

    /// An `http` or `https` address of any path. A query is taken but not shown: it may hold a token.
    package func url(_ key: String) -> String? {
        readText(key, show: WebAddress.shown) { text throws(BrokenRule) in try WebAddress(text).text }
    }

    /// The address of a server: scheme, host, port.
    package func endpoint(_ key: String, default standard: QueueEndpoint) -> QueueEndpoint {
        let value = readText(key, show: WebAddress.shown) { text throws(BrokenRule) in try QueueEndpoint(parsing: text) }
        return orDefault(value, key, standard, shown: ShownText.quoted(standard.url))
    }

    private static func checked(_ text: String) throws(BrokenRule) -> String {
        guard !text.isEmpty else { throw BrokenRule("must not be empty") }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw BrokenRule("must not hold line breaks or other control characters")
        }
        return text
    }
}
