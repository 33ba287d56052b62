import Synchronization

/// One request as both sides see it: the caller waits or cancels, the curl thread sends and finishes.
final class Exchange: Sendable {
    typealias Outcome = Result<HTTPResponse, TransportError>

    private enum Stage {
        case idle
        case waiting(CheckedContinuation<Outcome, Never>)
        case finished(Outcome)
    }

    private struct State {
        var stage = Stage.idle
        var sendings = 0
    }

    let request: HTTPRequest
    private let state = Mutex(State())

    init(_ request: HTTPRequest) {
        self.request = request
    }

    /// Suspends until there is an outcome; returns at once when it came first. Called once.
    func outcome() async -> Outcome {
        await withCheckedContinuation { continuation in
            let early: Outcome? = state.withLock { state in
                if case .finished(let outcome) = state.stage { return outcome }
                state.stage = .waiting(continuation)
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }
    }

    /// Asked by libcurl each time it is about to send. No after the exchange has ended, so that a cancel whose effect was
    /// called none has none; and no to a second sending of what must not be repeated.
    func beginSending() -> Bool {
        state.withLock { state in
            if case .finished = state.stage { return false }
            if state.sendings > 0, !request.isRepeatable { return false }
            state.sendings += 1
            return true
        }
    }

    var isFinished: Bool {
        state.withLock { state in
            if case .finished = state.stage { true } else { false }
        }
    }

    func succeed(_ response: HTTPResponse) {
        finish { _ in .success(response) }
    }

    @discardableResult
    func fail(_ kind: TransportError.Kind, _ detail: String) -> Bool {
        finish { effect in .failure(TransportError(kind, effect: effect, peer: request.peer, detail: detail)) }
    }

    /// The first call decides, so that a cancel and a completion may race.
    /// - Parameter outcome: Made under the lock, from what the server may have seen by now.
    /// - Returns: Whether this call decided.
    @discardableResult
    func finish(_ outcome: (TransportError.Effect) -> Outcome) -> Bool {
        let (decided, waiter, outcome) = state.withLock { state -> (Bool, CheckedContinuation<Outcome, Never>?, Outcome?) in
            if case .finished = state.stage { return (false, nil, nil) }
            let outcome = outcome(state.sendings == 0 ? .none : .unknown)
            defer { state.stage = .finished(outcome) }
            if case .waiting(let continuation) = state.stage { return (true, continuation, outcome) }
            return (true, nil, nil)
        }
        if let outcome { waiter?.resume(returning: outcome) }  // outside the lock
        return decided
    }
}
