import SMQProtocol
import Synchronization

/// One receive that waits for a message. The broker decides how it ends, under its own lock; this object carries the outcome over
/// to the task that waits, whichever of the two comes first.
final class LongPoll: Sendable {
    enum Outcome: Sendable {
        /// At least one message, leased to this poll.
        case messages([ReceivedMessage])
        /// The wait is over, the client has gone, or the server stops: nothing is leased.
        case empty
        case queueDeleted
    }

    private enum State {
        case idle
        case waiting(CheckedContinuation<Outcome, Never>)
        case finished(Outcome)
    }

    let queue: String
    let maximum: Int
    private let state = Mutex(State.idle)

    init(queue: String, maximum: Int) {
        self.queue = queue
        self.maximum = maximum
    }

    /// Suspends until `finish`; returns at once when `finish` came first. To be awaited once.
    func outcome() async -> Outcome {
        await withCheckedContinuation { continuation in
            let early: Outcome? = state.withLock { state in
                if case .finished(let outcome) = state { return outcome }
                state = .waiting(continuation)
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }
    }

    /// Called once, by whoever took the poll out of the queue's line.
    func finish(_ outcome: Outcome) {
        let waiter: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            defer { state = .finished(outcome) }
            if case .waiting(let continuation) = state { return continuation } else { return nil }
        }
        waiter?.resume(returning: outcome)
    }
}
