/// One object of a script, read key by key. Every value must fit, and every key must be one that was asked for.
struct ScriptObject {
    let path: String
    private let members: [String: JSONValue]
    private var asked: Set<String> = []

    init(_ value: JSONValue, at path: String) throws(ScriptMistake) {
        guard let members = value.members else { throw ScriptMistake(path: path, rule: "must be an object") }
        self.members = members
        self.path = path
    }

    /// Reads an object to its end.
    static func read<Result>(
        _ value: JSONValue, at path: String, _ read: (inout ScriptObject) throws(ScriptMistake) -> Result
    ) throws(ScriptMistake) -> Result {
        var object = try ScriptObject(value, at: path)
        let result = try read(&object)
        try object.finish()
        return result
    }

    /// - Throws: For a key that nobody asked for.
    private func finish() throws(ScriptMistake) {
        guard let unknown = members.keys.filter({ !asked.contains($0) }).min() else { return }
        throw ScriptMistake(
            path: path, rule: "has an unknown key \"\(unknown)\"; there are \(asked.sorted().joined(separator: ", "))")
    }

    mutating func value(_ key: String) -> JSONValue? {
        asked.insert(key)
        return members[key]
    }

    func has(_ key: String) -> Bool { members[key] != nil }

    func mistake(_ key: String, _ rule: String) -> ScriptMistake {
        ScriptMistake(path: path.isEmpty ? key : "\(path).\(key)", rule: rule)
    }

    // MARK: Values

    mutating func text(_ key: String) throws(ScriptMistake) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.text, !text.isEmpty else { throw mistake(key, "must be a text") }
        return text
    }

    mutating func needed(_ key: String) throws(ScriptMistake) -> String {
        guard let text = try text(key) else { throw mistake(key, "is needed") }
        return text
    }

    mutating func truth(_ key: String, default usual: Bool) throws(ScriptMistake) -> Bool {
        guard let value = value(key) else { return usual }
        guard let truth = value.truth else { throw mistake(key, "must be true or false") }
        return truth
    }

    mutating func number(_ key: String, in range: ClosedRange<Double>) throws(ScriptMistake) -> Double? {
        guard let value = value(key) else { return nil }
        guard let number = value.real, range.contains(number) else {
            throw mistake(key, "must be a number of \(Self.text(range.lowerBound))...\(Self.text(range.upperBound))")
        }
        return number
    }

    mutating func whole(_ key: String, in range: ClosedRange<Int64>) throws(ScriptMistake) -> Int64? {
        guard let value = value(key) else { return nil }
        guard let number = value.whole, range.contains(number) else {
            throw mistake(key, "must be a whole number of \(range.lowerBound)...\(range.upperBound)")
        }
        return number
    }

    /// A number, or two of them for a range.
    mutating func span(_ key: String, in range: ClosedRange<Double>) throws(ScriptMistake) -> ClosedRange<Double>? {
        guard let value = value(key) else { return nil }
        let numbers = (value.elements ?? [value]).map(\.real)
        guard let low = numbers.first ?? nil, let high = numbers.last ?? nil, 1...2 ~= numbers.count, low <= high, range.contains(low),
            range.contains(high)
        else {
            let bounds = "\(Self.text(range.lowerBound))...\(Self.text(range.upperBound))"
            throw mistake(key, "must be a number of \(bounds), or two, the smaller one first")
        }
        return low...high
    }

    /// A choice by its name.
    mutating func choice<Choice>(_ key: String, _ choices: [String: Choice]) throws(ScriptMistake) -> Choice? {
        guard let value = value(key) else { return nil }
        guard let choice = value.text.flatMap({ choices[$0] }) else {
            throw mistake(key, "must be one of \(choices.keys.sorted().joined(separator: ", "))")
        }
        return choice
    }

    mutating func service(_ key: String = "service") throws(ScriptMistake) -> AgoraService? { try choice(key, AgoraService.byName) }

    // MARK: Parts

    mutating func part<Result>(
        _ key: String, _ read: (inout ScriptObject) throws(ScriptMistake) -> Result
    ) throws(ScriptMistake) -> Result? {
        guard let value = value(key) else { return nil }
        return try Self.read(value, at: path.isEmpty ? key : "\(path).\(key)", read)
    }

    mutating func parts<Result>(
        _ key: String, _ read: (inout ScriptObject) throws(ScriptMistake) -> Result
    ) throws(ScriptMistake) -> [Result] {
        guard let value = value(key) else { return [] }
        guard let elements = value.elements else { throw mistake(key, "must be an array") }
        var results: [Result] = []
        for (number, element) in elements.enumerated() { results.append(try Self.read(element, at: "\(path)\(key)[\(number)]", read)) }
        return results
    }

    /// The members of an object whose keys are names: service, host, event.
    mutating func map<Name: Hashable, Result>(
        _ key: String, _ names: [String: Name], _ read: (inout ScriptObject, String) throws(ScriptMistake) -> Result
    ) throws(ScriptMistake) -> [Name: Result] {
        try part(key) { object throws(ScriptMistake) in
            var results: [Name: Result] = [:]
            for (name, value) in names where object.has(name) { results[value] = try read(&object, name) }
            object.asked.formUnion(names.keys)
            return results
        } ?? [:]
    }

    /// Whole numbers without a point.
    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }
}

extension AgoraService {
    static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}
