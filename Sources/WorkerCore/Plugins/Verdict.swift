public import struct Foundation.Date

/// What a handler decided about an event. An error it throws means `.retry(after: nil)` with the error's text as the reason.
public enum Verdict: Sendable, Equatable {
    /// The work is finished. When all handlers of the event say so, the message is deleted.
    case done
    /// Again, while attempts remain: this counts as one. Nil leaves the delay to the worker's back-off.
    /// - Parameter reason: for people: the log and the dead letter show it.
    case retry(after: Duration?, reason: String? = nil)
    /// Put the message aside at once, without further attempts. The reason is kept with it.
    case deadLetter(reason: String)
    /// Not now: come back at this time. No attempt is counted. Beyond the message's retention it is refused, which counts as an attempt.
    case snooze(until: Date)
}
