/// A call that breaks a documented rule, found before it is sent: all broken rules at once.
package struct InvalidCall: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Problem: Sendable, Equatable {
        /// Path of the field: `converter.rtmpUrl`.
        package let field: String
        /// What it has to be. Never holds the value: addresses carry keys.
        package let rule: String
    }

    /// `Media Push Create`.
    package let call: String
    package let problems: [Problem]

    package var description: String {
        "\(call) is not sent: " + problems.map { "`\($0.field)` \($0.rule)" }.joined(separator: "; ")
    }
}

/// Collects the broken rules of one call.
struct CallRules {
    private(set) var problems: [InvalidCall.Problem] = []
    /// In front of the fields' names.
    private var path: String

    init(_ path: String = "") { self.path = path }

    /// - Parameter rule: What the field has to be: "must be 5...600".
    mutating func require(_ holds: Bool, _ field: String, _ rule: String) {
        if !holds { problems.append(InvalidCall.Problem(field: path + field, rule: rule)) }
    }

    mutating func range<Value: Comparable>(_ value: Value?, _ range: ClosedRange<Value>, _ field: String) {
        if let value { require(range.contains(value), field, "must be \(range.lowerBound)...\(range.upperBound)") }
    }

    mutating func oneOf<Value: Equatable>(_ value: Value?, _ values: [Value], _ field: String) {
        if let value { require(values.contains(value), field, "must be one of \(values.map { "\($0)" }.joined(separator: ", "))") }
    }

    /// The rules of a part, with its name in front.
    mutating func part(_ field: String, _ body: (inout CallRules) -> Void) {
        let outer = path
        path += field + "."
        body(&self)
        path = outer
    }

    /// - Throws: If a rule is broken.
    func finish(_ call: String) throws(InvalidCall) {
        if !problems.isEmpty { throw InvalidCall(call: call, problems: problems) }
    }
}

extension CallRules {
    /// At most 64 of `A-Z a-z 0-9 - _`.
    mutating func name(_ name: String?, _ field: String = "name") {
        guard let name else { return }
        let isGood = 1...64 ~= name.utf8.count && name.utf8.allSatisfy(Self.isNameByte)
        require(isGood, field, "must be 1 to 64 characters of A-Z a-z 0-9 - _")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// At most 64 bytes of an RTC channel's characters.
    /// - SeeAlso: Agora, RTC, channel names.
    mutating func channel(_ name: String, _ field: String) {
        let others = Set(" !#$%&()+-:;<=.>?@[]^_{}|~,".utf8)
        let isGood = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: others.contains(byte)
            }
        }
        require(1...64 ~= name.utf8.count && isGood, field, "must be 1 to 64 characters that a channel name may have")
    }

    /// Part of a path: ids come from the service, and never hold a slash.
    mutating func id(_ id: String, _ field: String) {
        let isGood = !id.isEmpty && id.utf8.allSatisfy { Self.isNameByte($0) || "+/=.".utf8.contains($0) }
        require(isGood, field, "must be an id that the service gave out")
    }

    mutating func address(_ address: String, schemes: [String], _ field: String) {
        let scheme = address.prefix { $0 != ":" }.lowercased()
        let isGood =
            schemes.contains(scheme) && address.dropFirst(scheme.count).hasPrefix("://") && address.utf8.count > scheme.utf8.count + 3
        require(isGood, field, "must be an address that begins with \(schemes.map { $0 + "://" }.joined(separator: " or "))")
        require(address.utf8.count <= 1024, field, "must have 1024 bytes at most")
        require(address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, field, "must not hold blanks or characters beyond ASCII")
    }
}
