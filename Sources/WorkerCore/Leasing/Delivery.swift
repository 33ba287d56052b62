package import SMQProtocol
import Synchronization

/// One received message while it is in hand: its lease, its handlers' time limits and the task that works on it.
package final class Delivery: Sendable, DeliveryControl {
    /// What the keeper or an answer asks to be done; carried out by `Settler`.
    struct Step: Sendable {
        var lease = LeaseMachine.Action.none
        var run = HandlerRun.Action.none
    }

    private struct State {
        var lease: LeaseMachine
        var run: HandlerRun
        var task: Task<Void, Never>?
    }

    package let message: ReceivedMessage
    package let key: MessageKey
    /// When it was leased, on the monotonic clock.
    package let leasedAt: ContinuousClock.Instant
    /// When the queue drops it, on the monotonic clock; nil if not known.
    let expires: ContinuousClock.Instant?
    private let clock: any WorkerClock
    /// Asks the keeper for a look no later than this.
    private let lookAt: @Sendable (ContinuousClock.Instant) -> Void
    private let state: Mutex<State>

    init(
        message: ReceivedMessage, key: MessageKey, leasedAt: ContinuousClock.Instant, visibility: Duration,
        expires: ContinuousClock.Instant?, limits: HandlerLimits, clock: any WorkerClock,
        lookAt: @escaping @Sendable (ContinuousClock.Instant) -> Void
    ) {
        self.message = message
        self.key = key
        self.leasedAt = leasedAt
        self.expires = expires
        self.clock = clock
        self.lookAt = lookAt
        state = Mutex(
            State(
                lease: LeaseMachine(
                    handle: message.receiptHandle, leasedAt: leasedAt, visibility: visibility, longest: limits.longestLease),
                run: HandlerRun(limits: limits, received: leasedAt)))
    }

    // MARK: What handlers see

    package var leaseDeadline: ContinuousClock.Instant { state.withLock { $0.lease.deadline } }
    package var cancellation: HandlerContext.Cancellation? { state.withLock { $0.run.cancellation } }
    package func extend(by duration: Duration) -> Bool {
        let now = clock.now
        let (isExtended, due) = state.withLock { ($0.run.extend(by: duration, at: now), $0.run.nextDue) }
        if let due { lookAt(due) }
        return isExtended
    }

    // MARK: Handlers

    /// The task to cancel when the handler is asked to stop.
    func worked(by task: Task<Void, Never>) {
        let mustCancel = state.withLock { state in
            guard state.lease.ending == nil else { return false }  // it ended before it was noted
            state.task = task
            return state.run.cancellation != nil
        }
        if mustCancel { task.cancel() }
    }

    /// - Returns: False if no handler may start any more.
    func begin(_ handler: String) -> Bool {
        let now = clock.now
        let (mayStart, due) = state.withLock { ($0.run.begin(handler, at: now), $0.run.nextDue) }
        if let due { lookAt(due) }
        return mayStart
    }

    /// - Returns: False if the handler was taken over: its result is fenced.
    func finish(_ handler: String, succeeded: Bool) -> Bool {
        state.withLock { state in
            guard state.run.finish() else { return false }
            if succeeded { state.run.succeeded.append(handler) }
            return true
        }
    }

    /// Handlers that finished in this delivery, for the ledger.
    var succeeded: Set<String> { Set(state.withLock { $0.run.succeeded }) }

    /// Asks the handler to stop.
    func cancel(_ reason: HandlerContext.Cancellation) {
        let task: Task<Void, Never>? = state.withLock { state in
            if case .cancel = state.run.cancel(reason) { return state.task } else { return nil }
        }
        task?.cancel()
    }

    /// After the time limit was noted by `advance`.
    func cancelTask() { state.withLock { $0.task }?.cancel() }

    // MARK: The lease

    /// When the keeper has to look at this delivery next.
    var nextDue: ContinuousClock.Instant? {
        state.withLock { state in
            switch (state.lease.nextDue, state.run.nextDue) {
            case (let lease?, let run?): min(lease, run)
            case (let lease, let run): lease ?? run
            }
        }
    }

    func advance(to now: ContinuousClock.Instant) -> Step {
        state.withLock { Step(lease: $0.lease.advance(to: now), run: $0.run.advance(to: now)) }
    }

    func withLease(_ body: @Sendable (inout LeaseMachine) -> LeaseMachine.Action) -> LeaseMachine.Action {
        state.withLock { state in
            let action = body(&state.lease)
            if case .end = action { state.task = nil }
            return action
        }
    }

    var settlementFailures: Int { state.withLock { $0.lease.settlementFailures } }

    func adopt(_ handle: ReceiptHandle, leasedAt: ContinuousClock.Instant) -> Bool {
        state.withLock { $0.lease.adopt(handle, leasedAt: leasedAt) }
    }
}
