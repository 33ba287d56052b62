import Configuration

/// Numbers, times, sizes, flags, lists. Each getter exists with a default, and without one for keys that may be absent.
extension ConfSection {
    /// A whole number, written without quotes.
    package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        let rule = "must be a whole number \(range.lowerBound)...\(range.upperBound)"
        return read(key, as: .int, rule: rule) { content throws(BrokenRule) in
            guard case .int(let value) = content else { return nil }
            guard range.contains(value) else { throw BrokenRule("must be \(range.lowerBound)...\(range.upperBound)") }
            return value
        }
    }

    package func integer(_ key: String, in range: ClosedRange<Int>, default standard: Int) -> Int {
        orDefault(integer(key, in: range), key, standard, shown: "\(standard)")
    }

    /// A time with its unit: `500ms`, `20s`, `10m`, `12h`, `1d`. A bare number is refused.
    package func duration(_ key: String, in range: ClosedRange<Duration>) -> Duration? {
        let rule = "must be \(DurationText.text(of: range.lowerBound))...\(DurationText.text(of: range.upperBound))"
        return readText(key, rule: DurationText.rule) { text throws(BrokenRule) in
            let value = try DurationText.parse(text)
            guard range.contains(value) else { throw BrokenRule(rule) }
            return value
        }
    }

    package func duration(_ key: String, in range: ClosedRange<Duration>, default standard: Duration) -> Duration {
        orDefault(duration(key, in: range), key, standard, shown: ShownText.quoted(DurationText.text(of: standard)))
    }

    /// A size in bytes with its unit: `100B`, `512KiB`, `64MiB`, `1GiB`. A bare number is refused.
    package func size(_ key: String, in range: ClosedRange<Int>) -> Int? {
        let rule = "must be \(SizeText.text(of: range.lowerBound))...\(SizeText.text(of: range.upperBound))"
        return readText(key, rule: SizeText.rule) { text throws(BrokenRule) in
            let value = try SizeText.parse(text)
            guard range.contains(value) else { throw BrokenRule(rule) }
            return value
        }
    }

    package func size(_ key: String, in range: ClosedRange<Int>, default standard: Int) -> Int {
        orDefault(size(key, in: range), key, standard, shown: ShownText.quoted(SizeText.text(of: standard)))
    }

    /// `true` or `false`; the environment may also say `yes`, `no`, `1`, `0`.
    package func flag(_ key: String) -> Bool? {
        read(key, as: .bool, rule: "must be true or false") { content throws(BrokenRule) -> Bool? in
            guard case .bool(let value) = content else { return nil }
            return value
        }
    }

    package func flag(_ key: String, default standard: Bool) -> Bool {
        orDefault(flag(key), key, standard, shown: "\(standard)")
    }

    /// A list of texts: `["a", "b"]` in the file, `a,b` in the environment, where empty parts count for nothing: `,` is the empty list.
    package func list(_ key: String) -> [String]? {
        let rule = "must be a list of texts, such as [\"a\", \"b\"]"
        return read(key, as: .stringArray, rule: rule) { content throws(BrokenRule) -> [String]? in
            guard case .stringArray(let values) = content else { return nil }
            let isFromEnvironment = if case .environment = reader.setting(path + [key])?.origin { true } else { false }
            let kept = isFromEnvironment ? values.filter { !$0.isEmpty } : values
            guard !kept.contains("") else { throw BrokenRule("must not hold empty texts") }
            guard Set(kept).count == kept.count else { throw BrokenRule("must not name anything twice") }
            return kept
        }
    }

    package func list(_ key: String, default standard: [String]) -> [String] {
        orDefault(list(key), key, standard, shown: "[\(standard.map(ShownText.quoted).joined(separator: ", "))]")
    }
}
