/// One thing wrong with the configuration: where, which key, which value, which rule.
///
/// Printed as `worker.conf:12: [worker] concurrency = 0: must be 1...1024` or `environment WORKER_CONCURRENCY = x: must be ...`.
package struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
    /// Where the value came from; decides what the user has to edit.
    package var origin: SettingOrigin
    /// `[worker] concurrency`, `[handlers.tally]`; nil for the file as a whole.
    package var key: String?
    /// The value as it may be shown: masked for secrets, nil when there is none or when nobody asked for such a key.
    package var value: String?
    /// What is wrong or what is allowed, to be read after the key: `must be 1...1024`.
    package var rule: String

    package var description: String {
        let place =
            switch (origin, key) {
            case (.default, let key?): "\(value == nil ? "not set" : "default"): \(key)"
            case (.file, let key?): "\(origin): \(key)"
            // A variable's name says its key.
            case (.environment, _), (_, nil): "\(origin)"
            }
        guard let value else { return "\(place): \(rule)" }
        return "\(place) = \(value): \(rule)"
    }
}
