import Configuration

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

    static func checked(_ text: String) throws(BrokenRule) -> String {
        guard !text.isEmpty else { throw BrokenRule("must not be empty") }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw BrokenRule("must not hold line breaks or other control characters")
        }
        return text
    }

    /// One secret or a list of them (`["old", "new"]`; in the environment `old,new`); empty if none is given.
    package func secrets(_ key: String) -> [Secret] {
        if reader.isOneText(path + [key]) { return secret(key).map { [$0] } ?? [] }
        let texts = read(
            key, as: .stringArray, rule: "must be text in quotes, or a list of such texts", isSecret: true
        ) { content throws(BrokenRule) -> [String]? in
            guard case .stringArray(let values) = content else { return nil }
            return try Self.list(values)
        }
        return (texts ?? []).map { Secret($0) }
    }

    /// One address or a list of them, as `url`.
    package func urls(_ key: String) -> [String] {
        if reader.isOneText(path + [key]) { return url(key).map { [$0] } ?? [] }
        let texts = read(
            key, as: .stringArray, rule: "must be an address in quotes, or a list of such addresses", show: WebAddress.shown
        ) { content throws(BrokenRule) -> [String]? in
            guard case .stringArray(let values) = content else { return nil }
            var addresses: [String] = []
            for value in try Self.list(values) { addresses.append(try WebAddress(value).text) }
            return addresses
        }
        return texts ?? []
    }

    /// Parts of a list in the environment stand between commas, with blanks or without.
    private static func list(_ values: [String]) throws(BrokenRule) -> [String] {
        var texts: [String] = []
        for value in values {
            let text = value.trimmingPrefix(while: \.isWhitespace)
            if !text.isEmpty { texts.append(try checked(String(text))) }
        }
        return texts
    }
}
