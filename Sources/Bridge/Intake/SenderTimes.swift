/// How long a sender is kept waiting, each counted from the head of its request.
///
/// Agora gives up after 10 s and VOD after 5 s; what is answered later is sent again, though it may be durable.
/// - SeeAlso: Agora, Notifications, receive notifications; VOD, event notifications, HTTP callback.
package struct SenderTimes: Sendable {
    /// For the body to be whole.
    package var body: Duration
    /// No push begins that could end later than this.
    package var push: Duration
    /// For the answer, whatever has become of the notice by then.
    package var answer: Duration

    package static let agora = SenderTimes(body: .seconds(4), push: .seconds(7), answer: .seconds(9))
    package static let vod = SenderTimes(body: .seconds(2), push: .milliseconds(3750), answer: .milliseconds(4500))
}

/// The same as moments.
package struct Deadlines: Sendable {
    package let body: ContinuousClock.Instant
    package let push: ContinuousClock.Instant
    package let answer: ContinuousClock.Instant

    package init(_ times: SenderTimes, from arrival: ContinuousClock.Instant) {
        (body, push, answer) = (arrival + times.body, arrival + times.push, arrival + times.answer)
    }
}
