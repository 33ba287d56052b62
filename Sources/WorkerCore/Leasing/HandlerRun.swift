/// The time limits of the handlers of one delivery: a plain state machine that the keeper advances.
struct HandlerRun: Sendable {
    enum Action: Sendable, Equatable {
        case none
        /// Cancel the handler's task: it should return soon.
        case cancel(HandlerContext.Cancellation)
        /// It did not return: settle without it and fence what it returns later.
        case takeOver(handler: String)
    }

    private enum Phase: Equatable {
        case between
        case running(handler: String)
        case takenOver
    }

    private let limits: HandlerLimits
    private var phase = Phase.between
    private var softAt: ContinuousClock.Instant?
    private var hardAt: ContinuousClock.Instant?
    /// The whole delivery may not be held longer than this, whatever `extend` asks for.
    private let holdAt: ContinuousClock.Instant
    private(set) var cancellation: HandlerContext.Cancellation?
    /// Handlers that finished in this delivery.
    var succeeded: [String] = []

    init(limits: HandlerLimits, received: ContinuousClock.Instant) {
        self.limits = limits
        holdAt = received + limits.hold
    }

    /// - Returns: False if no handler may start any more.
    mutating func begin(_ handler: String, at now: ContinuousClock.Instant) -> Bool {
        guard phase == .between, cancellation == nil else { return false }
        phase = .running(handler: handler)
        softAt = min(now + limits.soft, holdAt)
        hardAt = min(now + limits.hard, holdAt + grace)
        return true
    }

    /// The handler returned. False: it was taken over before, its result is fenced.
    mutating func finish() -> Bool {
        guard case .running = phase else { return false }
        phase = .between
        softAt = nil
        hardAt = nil
        return true
    }

    mutating func cancel(_ reason: HandlerContext.Cancellation) -> Action {
        guard cancellation == nil else { return .none }
        cancellation = reason
        return .cancel(reason)
    }

    mutating func advance(to now: ContinuousClock.Instant) -> Action {
        guard case .running(let handler) = phase else { return .none }
        if cancellation == nil {
            guard let softAt, now >= softAt else { return .none }
            // Nobody is taken over unasked, however late this look is: the time to obey counts from now.
            hardAt = now + grace
            return cancel(.timeLimit)
        }
        guard let hardAt, now >= hardAt else { return .none }
        phase = .takenOver
        return .takeOver(handler: handler)
    }

    var nextDue: ContinuousClock.Instant? {
        guard case .running = phase else { return nil }
        return cancellation == nil ? softAt : hardAt
    }

    /// At least `duration` from now; never shortens what a handler has.
    mutating func extend(by duration: Duration, at now: ContinuousClock.Instant) -> Bool {
        guard case .running = phase, cancellation == nil, now + duration <= holdAt else { return false }
        let until = max(softAt ?? now, now + duration)
        softAt = until
        hardAt = until + grace
        return true
    }

    /// What a cancelled handler has to return.
    private var grace: Duration { limits.hard - limits.soft }
}

/// How long handlers may take.
package struct HandlerLimits: Sendable, Equatable {
    /// After this a handler is cancelled.
    package var soft: Duration
    /// After this its slot is given back without it. Longer than `soft`.
    package var hard: Duration
    /// How long one delivery may be held at all.
    package var hold: Duration

    /// How long after its receive a delivery's lease is renewed, whatever holds it up: the hold limit, and time to obey it.
    var longestLease: Duration { hold + (hard - soft) }

    package init(soft: Duration = .seconds(600), hard: Duration = .seconds(660), hold: Duration = .seconds(43_200)) {
        self.soft = soft
        self.hard = hard
        self.hold = hold
    }
}
