import Synchronization

/// Looks at every delivery in hand when it is due: renewals, lost leases, time limits, settlements to try again.
///
/// One loop for all of them instead of timers per message; it sleeps until the earliest due time and is woken for an earlier one.
final class LeaseKeeper: Sendable {
    private struct State {
        var wakeAt: ContinuousClock.Instant?
        var sleeper: Task<Void, Never>?
        var isClosed = false
    }
    private let inHand: InHand
    private let engine: Engine
    private let state = Mutex(State())
    /// What else is looked at on each round: the polls' watchdog. Returns its own next due time.
    private let alsoWatch: @Sendable (ContinuousClock.Instant) -> ContinuousClock.Instant?
    private let perform: @Sendable (Delivery.Step, Delivery) -> Void

    init(
        inHand: InHand, engine: Engine,
        alsoWatch: @escaping @Sendable (ContinuousClock.Instant) -> ContinuousClock.Instant? = { _ in nil },
        perform: @escaping @Sendable (Delivery.Step, Delivery) -> Void
    ) {
        self.inHand = inHand
        self.engine = engine
        self.alsoWatch = alsoWatch
        self.perform = perform
    }

    /// Runs until `close`.
    func run() async {
        while !state.withLock({ $0.isClosed }) {
            let next = round() ?? engine.clock.now + .seconds(3600)
            let sleeper = engine.spawn { [clock = engine.clock] in await clock.sleep(until: next) }
            let missed = state.withLock { state in
                // Somebody asked for an earlier look while this round was on: then do not sleep at all.
                let missed = state.isClosed || (state.wakeAt.map { $0 < next } ?? false)
                state.wakeAt = next
                state.sleeper = sleeper
                return missed
            }
            if missed { sleeper.cancel() }
            await sleeper.value
            state.withLock { $0.wakeAt = nil }
        }
    }

    /// One look at everything; returns the next due time.
    func round() -> ContinuousClock.Instant? {
        let now = engine.clock.now
        var next = alsoWatch(now)
        for delivery in inHand.all {
            perform(delivery.advance(to: now), delivery)
            if let due = delivery.nextDue { next = min(next ?? due, due) }
        }
        return next
    }

    /// Something is due at `time`: look no later.
    func lookAt(_ time: ContinuousClock.Instant) {
        let sleeper: Task<Void, Never>? = state.withLock { state in
            if let wakeAt = state.wakeAt, wakeAt <= time { return nil }
            state.wakeAt = time
            return state.sleeper
        }
        sleeper?.cancel()
    }

    func close() {
        let sleeper = state.withLock { state in
            state.isClosed = true
            return state.sleeper
        }
        sleeper?.cancel()
    }
}
