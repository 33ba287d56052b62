import struct Foundation.Date

/// What came of handling one delivery, over all its handlers.
enum Handling: Sendable, Equatable {
    /// Every handler is done.
    case succeeded
    /// A handler start ended badly: counts as an attempt.
    case failed(handler: String, error: String, after: Duration?)
    /// A handler put the message aside.
    case refused(handler: String, reason: String)
    case snoozed(until: Date)
    /// Stopped by the worker, or the lease was lost: no attempt.
    case interrupted
    /// Nobody took it.
    case unhandled(DeadLetter.Reason, detail: String)
    /// The configuration says that such events may go.
    case ignored

    /// One result for several handlers: the gravest counts, and bad ends are told together.
    ///
    /// What a handler decided outlives the interruption of the next one.
    func joined(with other: Handling) -> Handling {
        if case .failed(let first, let error, let after) = self, case .failed(let second, let next, let later) = other {
            return .failed(
                handler: "\(first), \(second)", error: "\(error); \(second): \(next)", after: [after, later].compactMap { $0 }.max())
        }
        return other.gravity > gravity ? other : self
    }

    private var gravity: Int {
        switch self {
        case .succeeded, .ignored: 0
        case .snoozed: 1
        case .interrupted: 2
        case .failed: 3
        case .refused, .unhandled: 4
        }
    }
}
