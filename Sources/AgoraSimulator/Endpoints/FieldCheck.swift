/// The documented rules of a request's fields. The first that is broken is named in the answer.
struct FieldCheck: Sendable {
    private static let channelMarks = Set(" !#$%&()+-:;<=.>?@[]^_{}|~,".utf8)

    private(set) var broken: String?

    mutating func require(_ holds: Bool, _ field: String) { if !holds, broken == nil { broken = field } }

    /// Absent is good, null is not.
    mutating func whole(_ value: JSONValue?, _ range: ClosedRange<Int64>, _ field: String) {
        if let value { require(value.whole.map(range.contains) ?? false, field) }
    }

    mutating func oneOf(_ value: JSONValue?, _ choices: [JSONValue], _ field: String) {
        if let value { require(choices.contains(value), field) }
    }

    mutating func truth(_ value: JSONValue?, _ field: String) { if let value { require(value.truth != nil, field) } }

    /// Not empty, at most `most` bytes.
    mutating func text(_ value: JSONValue?, most: Int, _ field: String) {
        if let value { require(value.text.map { 1...most ~= $0.utf8.count } ?? false, field) }
    }

    mutating func name(_ value: JSONValue?, _ field: String) {
        text(value, most: 64, field)
        guard let name = value?.text else { return }
        require(name.utf8.allSatisfy { Self.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }, field)
    }

    mutating func channel(_ value: JSONValue?, _ field: String) {
        require(value != nil, field)
        text(value, most: 64, field)
        if let name = value?.text { require(name.utf8.allSatisfy { Self.isAlphanumeric($0) || Self.channelMarks.contains($0) }, field) }
    }

    mutating func address(_ value: JSONValue?, schemes: [String], _ field: String) {
        text(value, most: 1024, field)
        guard let address = value?.text else { return }
        let rest = schemes.compactMap { address.lowercased().hasPrefix($0 + "://") ? address.dropFirst($0.count + 3) : nil }.first
        require(rest.map { !$0.isEmpty && !$0.hasPrefix("/") } ?? false, field)
    }

    /// No other members than these.
    mutating func only(_ value: JSONValue, _ keys: Set<String>, _ field: String) {
        for key in (value.members ?? [:]).keys.sorted() where !keys.contains(key) {
            require(false, field.isEmpty ? key : "\(field).\(key)")
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte }
}
