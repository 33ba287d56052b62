/// One key as it applies, for people who ask "where does this value come from": the value is masked if it is a secret.
package struct EffectiveSetting: Sendable, Equatable {
    /// `worker`, `handlers.webhook-forwarder`.
    package let section: String
    package let key: String
    /// As the file would write it; nil for a key without a value.
    package let value: String?
    package let origin: SettingOrigin
    /// The variable that overrides the key: `WORKER_CONCURRENCY`.
    package let environmentName: String
    package let isSecret: Bool
}
