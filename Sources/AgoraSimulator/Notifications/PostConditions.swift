/// What happens to notifications on their way.
struct PostConditions: Sendable, Equatable {
    /// Part of them that is never sent.
    var loss = 0.0
    /// Seconds until they are sent. Those of one task stay in order.
    var delay: ClosedRange<Double> = 0.1...0.5
    /// Part of them that is sent twice. The copies of Agora's redundant mode may have other ids: every other one has.
    var duplicates = 0.0
    /// Each is later by up to so many seconds, whatever the others of its task are: they come in any order.
    var shuffle = 0.0
}
