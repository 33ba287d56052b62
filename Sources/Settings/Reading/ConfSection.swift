import Configuration
import Synchronization

/// One section of the configuration, read key by key.
///
/// A getter gives the value of the environment, else of the file, else the default; a broken value is written down as a problem
/// and answered with the default, so that all problems come out together in `ConfReader.finish()`. Every key that is asked for
/// is thereby known; what nobody asked for is refused there.
package struct ConfSection: Sendable {
    let reader: ConfReader
    let path: [String]

    /// As in the file's header: `worker`, `handlers.event-archive`.
    package var name: String { path.joined(separator: ".") }

    // MARK: Rules

    /// Writes down that the value of a key cannot be used.
    ///
    /// - Parameter rule: Read after key and value: `must name a directory`. For a key that is needed and not set: `is needed by ...`.
    package func refuse(_ key: String, _ rule: String) { reader.refuse(path + [key], rule) }

    /// A rule between two fields. Says nothing if one of them is broken already: it was answered with its default.
    ///
    /// - Parameters:
    ///   - rule: How `key` must stand to `other`, to be read before the other's name: `must be longer than`.
    package func require(_ holds: Bool, _ key: String, _ rule: String, _ other: String) {
        guard !holds, !isRefused(key), !isRefused(other) else { return }
        let met = reader.setting(path + [other])
        refuse(key, "\(rule) \(other), which is \(met?.value ?? "not set") (\(met?.origin ?? .default))")
    }

    /// True if the key's value was refused, so that rules that build on it would only repeat the problem.
    package func isRefused(_ key: String) -> Bool { reader.isRefused(path + [key]) }

    /// True if the key has a value that somebody gave, good or broken. Ask after reading it.
    package func isSet(_ key: String) -> Bool {
        guard let setting = reader.setting(path + [key]) else { return false }
        return setting.origin != .default
    }

    /// Takes whatever the file has in this section: for the settings of parts that this command does not have.
    package func acceptUnread() { reader.state.withLock { _ = $0.unchecked.insert(path) } }

    // MARK: Reading

    /// - Parameters:
    ///   - rule: The problem if the value has another type than `type`.
    ///   - parse: Throws the rule that the value broke.
    func read<Value>(
        _ key: String, as type: ConfigType, rule: String, isSecret: Bool = false, show: (String) -> String = { $0 },
        parse: (ConfigContent) throws(BrokenRule) -> Value?
    ) -> Value? {
        guard let content = reader.find(path + [key], as: type, rule: rule, isSecret: isSecret, show: show) else { return nil }
        do throws(BrokenRule) {
            return try parse(content)
        } catch {
            refuse(key, error.rule)
            return nil
        }
    }

    /// The same for values that are written as text.
    func readText<Value>(
        _ key: String, rule: String = "must be text in quotes", isSecret: Bool = false, show: (String) -> String = { $0 },
        parse: (String) throws(BrokenRule) -> Value
    ) -> Value? {
        read(key, as: .string, rule: rule, isSecret: isSecret, show: show) { content throws(BrokenRule) in
            guard case .string(let text) = content else { return nil }
            return try parse(text)
        }
    }

    func orDefault<Value>(_ value: Value?, _ key: String, _ standard: Value, shown: String) -> Value {
        if let value { return value }
        reader.noteDefault(path + [key], shown)
        return standard
    }
}
