import SMQProtocol

/// The one place where the lease machine's actions become queue calls, and their answers events.
final class Settler: Sendable {
    /// What a queue's worker has to know: endings, lost leases, handlers to take over.
    struct Hooks: Sendable {
        var ended: @Sendable (Delivery, LeaseMachine.Ending) -> Void
        var leaseLost: @Sendable (Delivery) -> Void
        var takeOver: @Sendable (Delivery, _ handler: String) -> Void
        var renewalFailed: @Sendable (SMQError) -> Void
        /// A delete or the visibility change of a retry was refused, or its answer is lost.
        var settlementFailed: @Sendable (SMQError) -> Void
        /// A look is due at this time: a settlement to try again, a renewal to retry.
        var lookAt: @Sendable (ContinuousClock.Instant) -> Void
    }

    private let queue: any MessageQueue
    private let engine: Engine
    private let hooks: Hooks
    private let batcher: DeleteBatcher

    init(queue: any MessageQueue, engine: Engine, inHand: InHand, linger: Duration, hooks: Hooks) {
        self.queue = queue
        self.engine = engine
        self.hooks = hooks
        batcher = DeleteBatcher(queue: queue, engine: engine, linger: linger, inHand: inHand)
    }

    /// Turns a verdict into queue calls, now or after the renewal on its way.
    func settle(_ delivery: Delivery, _ settlement: LeaseMachine.Settlement) {
        let now = engine.clock.now
        perform(delivery.withLease { $0.settle(settlement, at: now) }, on: delivery)
    }

    /// Carries out what the keeper found due.
    func perform(_ step: Delivery.Step, on delivery: Delivery) {
        switch step.run {
        case .none: break
        case .cancel: delivery.cancelTask()
        case .takeOver(let handler): hooks.takeOver(delivery, handler)
        }
        perform(step.lease, on: delivery)
    }

    private func perform(_ action: LeaseMachine.Action, on delivery: Delivery) {
        switch action {
        case .none: break
        case .leaseLost:
            delivery.cancel(.leaseLost)
            hooks.leaseLost(delivery)
        case .end(let ending):
            hooks.ended(delivery, ending)
        case .renew(let handle, let visibility):
            engine.spawn { await self.renew(delivery, handle, visibility) }
        case .changeVisibility(let handle, let delay):
            engine.spawn { await self.changeVisibility(delivery, handle, delay) }
        case .delete(let handle):
            let entry = DeleteBatcher.Entry(handle: handle, leaseDeadline: delivery.leaseDeadline) { self.settled(delivery, handle, $0) }
            if delivery.settlementFailures == 0 { batcher.add(entry) } else { batcher.addAlone(entry) }
        }
    }

    private func renew(_ delivery: Delivery, _ handle: ReceiptHandle, _ visibility: Duration) async {
        let sentAt = engine.clock.now
        let action: LeaseMachine.Action
        do throws(SMQError) {
            // A part of what is left, so that a stalled answer leaves time to ask again.
            let renewed = try await queue.changeVisibility(of: handle, to: visibility, within: callLimit(until: delivery.leaseDeadline, 3))
            let now = engine.clock.now
            action = delivery.withLease { $0.renewed(from: handle, to: renewed.handle, sentAt: sentAt, now: now) }
        } catch {
            let (failure, now) = (LeaseMachine.Failure(error), engine.clock.now)
            hooks.renewalFailed(error)
            action = delivery.withLease { $0.renewalFailed(of: handle, failure, at: now) }
        }
        perform(action, on: delivery)
        if let due = delivery.nextDue { hooks.lookAt(due) }
    }

    private func changeVisibility(_ delivery: Delivery, _ handle: ReceiptHandle, _ delay: Duration) async {
        do throws(SMQError) {
            _ = try await queue.changeVisibility(of: handle, to: delay, within: callLimit(until: delivery.leaseDeadline, 2))
            settled(delivery, handle, nil)
        } catch {
            settled(delivery, handle, error)
        }
    }

    private func settled(_ delivery: Delivery, _ handle: ReceiptHandle, _ error: SMQError?) {
        guard let error else { return perform(delivery.withLease { $0.settled(with: handle) }, on: delivery) }
        hooks.settlementFailed(error)
        let (now, pause) = (engine.clock.now, pause(after: delivery.settlementFailures))
        let failure = LeaseMachine.Failure(error)
        perform(delivery.withLease { $0.settlementFailed(with: handle, failure, pause: pause, at: now) }, on: delivery)
        if let due = delivery.nextDue { hooks.lookAt(due) }
    }

    /// The `part`th part of what is left of the lease, at least 1 s.
    private func callLimit(until deadline: ContinuousClock.Instant, _ part: Int) -> Duration {
        max(engine.clock.now.duration(to: deadline) / part, .seconds(1))
    }

    /// 100 ms doubling to 5 s, jittered down to a half.
    private func pause(after failures: Int) -> Duration {
        min(.milliseconds(100) * (1 << min(failures, 6)), .seconds(5)) * (0.5 + engine.random() / 2)
    }
}
