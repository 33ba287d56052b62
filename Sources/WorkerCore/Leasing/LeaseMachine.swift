package import SMQProtocol

/// The life of one lease, from the receive to the last queue call: a plain state machine, all I/O outside.
///
/// It owns the newest receipt handle and serialises the calls of its message: at most one visibility change or delete is on its
/// way at any time, since every visibility change kills the handle before it. Each event returns the one thing to do next.
package struct LeaseMachine: Sendable {
    /// What a verdict asks of the queue.
    package enum Settlement: Sendable, Equatable {
        case delete
        /// Visible again after this time: a retry, a snooze, a hand-back. At least 1 s.
        case visible(in: Duration)
    }

    package enum Ownership: Sendable, Equatable {
        /// Until `deadline` nobody else can have the message.
        case proven
        /// A renewal's answer was lost, or said that the handle is not good any more: still nobody else's until `deadline`.
        case unknown
        /// The proven time is over.
        case lost
    }

    package enum Ending: Sendable, Equatable {
        case deleted
        /// The queue has the message back, visible after the asked time.
        case returned
        /// The work is done but the delete could not be made: to be remembered, and deleted without running when it comes again.
        case remembered
        /// Somebody else's, or nobody's, after the lease: nothing more to do.
        case lost
    }

    package enum Action: Sendable, Equatable {
        case none
        case renew(ReceiptHandle, to: Duration)
        case delete(ReceiptHandle)
        case changeVisibility(ReceiptHandle, to: Duration)
        /// Ask the handler to stop; its result will be fenced.
        case leaseLost
        case end(Ending)
    }

    /// Why a call failed, as far as it matters here.
    package enum Failure: Sendable, Equatable {
        /// Certainly not carried out: the same handle is still good.
        case notDone
        /// Perhaps carried out, the answer is lost.
        case unknown
        /// The server says the handle is not good (any more).
        case refused
    }

    private enum Call: Equatable {
        case renewal(of: ReceiptHandle)
        case settlement(of: ReceiptHandle)
        var handle: ReceiptHandle {
            switch self {
            case .renewal(let handle), .settlement(let handle): handle
            }
        }
    }

    package private(set) var handle: ReceiptHandle
    /// End of the last proven lease, on the monotonic clock.
    package private(set) var deadline: ContinuousClock.Instant
    package private(set) var ownership = Ownership.proven
    package private(set) var ending: Ending?
    /// The queue's visibility timeout: what a renewal asks for.
    private var visibility: Duration
    private var call: Call?
    private var wanted: Settlement?
    /// When to renew, or to try the settlement again.
    private var due: ContinuousClock.Instant
    private var failures = 0
    private var mayRenew = true
    /// No renewal after this, whatever still holds the delivery up.
    private let renewUntil: ContinuousClock.Instant
    /// The answer to a delete was lost: should the next one find nothing, that one did it.
    private var mayBeDeleted = false

    /// - Parameters:
    ///   - leasedAt: when the server can have leased the message at the earliest.
    ///   - longest: how long after that the lease may be renewed.
    package init(
        handle: ReceiptHandle, leasedAt: ContinuousClock.Instant, visibility: Duration, longest: Duration = .seconds(43_200)
    ) {
        self.handle = handle
        self.visibility = visibility
        renewUntil = leasedAt + longest
        deadline = leasedAt + visibility
        due = leasedAt + visibility / 2
    }

    /// The next moment at which `advance` has something to do; nil while a call is on its way and no deadline runs.
    package var nextDue: ContinuousClock.Instant? {
        if ending != nil { return nil }
        if wanted != nil { return call == nil ? min(due, deadline) : nil }
        if ownership == .lost { return nil }
        return call == nil && mayRenew ? min(due, deadline) : deadline
    }

    /// Time has passed.
    package mutating func advance(to now: ContinuousClock.Instant) -> Action {
        guard ending == nil else { return .none }
        if wanted != nil {
            guard call == nil else { return .none }
            return now >= min(due, deadline) ? issue(now) : .none
        }
        guard ownership != .lost else { return .none }
        if now >= deadline {
            ownership = .lost
            return .leaseLost
        }
        guard call == nil, mayRenew, now >= due else { return .none }
        guard now < renewUntil else {
            mayRenew = false
            return .none
        }
        call = .renewal(of: handle)
        return .renew(handle, to: visibility)
    }

    /// The verdict is there. The first call counts.
    package mutating func settle(_ settlement: Settlement, at now: ContinuousClock.Instant) -> Action {
        guard wanted == nil, ending == nil else { return .none }
        wanted = settlement
        failures = 0
        return call == nil ? issue(now) : .none  // else after the renewal on its way: it changes the handle
    }

    /// A renewal succeeded. `sentAt` is when its request was made: the new lease counts from there.
    package mutating func renewed(
        from old: ReceiptHandle, to new: ReceiptHandle, sentAt: ContinuousClock.Instant, now: ContinuousClock.Instant
    ) -> Action {
        guard ending == nil, call == .renewal(of: old) else { return .none }
        call = nil
        guard old == handle else { return resume(now) }  // a newer delivery was adopted meanwhile
        handle = new
        deadline = sentAt + visibility
        due = sentAt + visibility / 2
        ownership = .proven
        failures = 0
        return resume(now)
    }

    package mutating func renewalFailed(of old: ReceiptHandle, _ failure: Failure, at now: ContinuousClock.Instant) -> Action {
        guard ending == nil, call == .renewal(of: old) else { return .none }
        call = nil
        guard old == handle else { return resume(now) }
        switch failure {
        case .notDone: break
        case .unknown: ownership = ownership == .lost ? .lost : .unknown
        case .refused:
            ownership = ownership == .lost ? .lost : .unknown
            mayRenew = false
        }
        // A part of what is left, so that several tries fit into the lease however short it is.
        let left = now.duration(to: deadline)
        due = now + min(max(left / 4, .milliseconds(100)), .seconds(5))
        return resume(now)
    }

    /// The delete, or the visibility change of a settlement, succeeded.
    package mutating func settled(with old: ReceiptHandle) -> Action {
        guard ending == nil, call == .settlement(of: old), let wanted else { return .none }
        return end(wanted == .delete ? .deleted : .returned)
    }

    /// - Parameter pause: the back-off before the next try, if the lease leaves room for one.
    package mutating func settlementFailed(
        with old: ReceiptHandle, _ failure: Failure, pause: Duration, at now: ContinuousClock.Instant
    ) -> Action {
        guard ending == nil, call == .settlement(of: old), let wanted else { return .none }
        call = nil
        guard old == handle else { return issue(now) }
        failures += 1
        switch (failure, wanted) {
        case (.refused, .delete): return end(mayBeDeleted && ownership == .proven ? .deleted : .remembered)
        case (.refused, .visible): return end(.lost)
        // Carried out or not, the message comes back by itself: repeating could only hit a dead handle.
        case (.unknown, .visible): return end(.returned)
        case (.notDone, _), (.unknown, .delete):
            if failure == .unknown { mayBeDeleted = true }
            due = now + pause
            return due < deadline ? .none : giveUp()
        }
    }

    /// The same message was delivered again to this process while it is at work here: the newer handle is the good one.
    ///
    /// - Returns: False if the lease had been given up already; the new delivery is then not ours to hold.
    package mutating func adopt(_ newer: ReceiptHandle, leasedAt: ContinuousClock.Instant) -> Bool {
        guard ending == nil, ownership != .lost else { return false }
        handle = newer
        deadline = leasedAt + visibility
        due = leasedAt + visibility / 2
        ownership = .proven
        mayRenew = true
        return true
    }

    /// How many settlement calls failed so far.
    package var settlementFailures: Int { wanted == nil ? 0 : failures }

    /// After a call ended: what was waiting for it.
    private mutating func resume(_ now: ContinuousClock.Instant) -> Action {
        wanted == nil ? .none : issue(now)
    }

    private mutating func issue(_ now: ContinuousClock.Instant) -> Action {
        guard let wanted else { return .none }
        // A stale handle is never used: after the deadline the message may be another's.
        guard ownership != .lost, now < deadline else { return giveUp() }
        call = .settlement(of: handle)
        switch wanted {
        case .delete: return .delete(handle)
        case .visible(let delay): return .changeVisibility(handle, to: max(.seconds(1), delay))
        }
    }

    private mutating func giveUp() -> Action { end(wanted == .delete ? .remembered : .lost) }

    private mutating func end(_ ending: Ending) -> Action {
        call = nil
        self.ending = ending
        return .end(ending)
    }
}
