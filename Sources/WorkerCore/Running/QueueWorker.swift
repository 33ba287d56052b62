import Logging
import MediaEvents
import SMQProtocol
import Synchronization

/// Everything that works on one queue: polls, holds leases, runs handlers, settles, drains.
final class QueueWorker: Sendable {
    private struct State {
        var isDraining = false
        /// When the stop was asked for.
        var stopped: ContinuousClock.Instant?
    }

    private let queue: any MessageQueue
    private let options: QueueWorkerOptions
    private let engine: Engine
    private let logger: Logger
    private let counters = WorkerCounters()
    private let inHand = InHand()
    private let waits: RetryWaits
    private let done = DoneMemory()
    private let slots: Slots
    private let attributes = QueueAttributesWatch()
    private let trouble: QueueTrouble
    private let ledger: any DeliveryLedger
    private let dispatcher: Dispatcher
    private let emptyWatch: EmptyWatch?
    private let stuck: StuckHandlers
    private let warnings = LogThrottle()
    private let state = Mutex(State())
    /// Set once at the end of `init`; the parts call back into this object.
    private let parts = Mutex<Parts?>(nil)

    private struct Parts: Sendable {
        var settler: Settler
        var resolver: Resolver
        var keeper: LeaseKeeper
        var poller: Poller
    }

    init(
        queue: any MessageQueue, options: QueueWorkerOptions, registry: HandlerRegistry, stores: Resolver.Stores, place: Resolver.Place,
        engine: Engine, blockingThreads: ThreadExecutor?, stuck: StuckHandlers, logger: Logger
    ) {
        self.queue = queue
        self.options = options
        self.engine = engine
        self.logger = logger
        self.stuck = stuck
        ledger = stores.ledger
        slots = Slots(options.concurrency)
        let waits = RetryWaits(isNeeded: options.untilEmpty)
        self.waits = waits
        trouble = QueueTrouble(queue: options.label, logger: logger)
        emptyWatch = options.untilEmpty ? EmptyWatch(queue: queue, inHand: inHand, waits: waits, engine: engine) : nil
        dispatcher = Dispatcher(
            registry: registry, decoder: EventDecoder(encoding: options.encoding),
            policy: .init(
                maximumAttempts: options.retry.maximumAttempts, deletesUnhandled: options.deletesUnhandled, ignored: options.ignoredEvents),
            blockingThreads: blockingThreads, logger: logger)
        let settler = Settler(
            queue: queue, engine: engine, inHand: inHand, linger: options.ackLinger,
            hooks: .init(
                ended: { [unowned self] in ended($0, $1) }, leaseLost: { [unowned self] in leaseLost($0) },
                takeOver: { [unowned self] in takeOver($0, handler: $1) },
                renewalFailed: { [unowned self] error in
                    counters.update { $0.renewalsFailed += 1 }
                    trouble.report(error, at: self.engine.clock.now)
                },
                settlementFailed: { [unowned self] error in trouble.report(error, at: self.engine.clock.now) },
                lookAt: { [unowned self] in part.keeper.lookAt($0) }))
        let resolver = Resolver(
            stores: stores, place: place, retry: options.retry, engine: engine, dispatcher: dispatcher, settler: settler, waits: waits,
            counters: counters, logger: logger)
        let poller = Poller(
            queue: queue, engine: engine, slots: slots,
            plan: PollPlan(longestWait: options.pollWait, maximumPollers: options.pollers), margin: options.pollMargin,
            trouble: trouble,
            hooks: .init(
                received: { [unowned self] in accept($0) },
                isFinished: { [emptyWatch] in await emptyWatch?.isFinished() ?? false },
                longestWait: { [emptyWatch] in emptyWatch?.longestWait },
                lookAt: { [unowned self] in part.keeper.lookAt($0) }))
        let keeper = LeaseKeeper(inHand: inHand, engine: engine, alsoWatch: { poller.watch($0) }, perform: { settler.perform($0, on: $1) })
        parts.withLock { $0 = Parts(settler: settler, resolver: resolver, keeper: keeper, poller: poller) }
    }

    /// Read after `init`, when they are there for good.
    private var part: Parts {
        guard let parts = parts.withLock({ $0 }) else { preconditionFailure("used before init ended") }
        return parts
    }

    var counts: WorkerCounts { counters.counts }
    var inHandCount: Int { inHand.count }

    /// Works until `stop`, or until the queue is empty if that is asked for; returns when drained.
    func run() async { await engine.spawn { await self.work() }.value }

    private func work() async {
        let keeper = engine.spawn { await self.part.keeper.run() }
        if let error = await attributes.refresh(from: queue) { trouble.report(error, at: engine.clock.now) }
        let refresh = engine.spawn { await self.keepAttributesFresh() }
        await part.poller.run()
        await drain()
        refresh.cancel()
        part.keeper.close()
        await keeper.value
    }

    /// Asks for no more messages; `run` then drains and returns.
    func stop() {
        let now = engine.clock.now
        state.withLock { state in
            state.isDraining = true
            state.stopped = state.stopped ?? now
        }
        part.poller.stop()
    }

    private func keepAttributesFresh() async {
        while !Task.isCancelled {
            await engine.clock.sleep(for: attributes.isKnown ? QueueAttributesWatch.interval : .seconds(15))
            if !Task.isCancelled { _ = await attributes.refresh(from: queue) }  // the polls say what is wrong with the queue
        }
    }

    // MARK: Deliveries

    private func accept(_ batch: ReceivedBatch) {
        emptyWatch?.received(batch.messages.count)
        guard !batch.messages.isEmpty else { return }
        let now = engine.clock.now
        let draining = state.withLock { $0.isDraining }
        let (count, redelivered) = (batch.messages.count, batch.messages.lazy.filter { $0.dequeueCount > 1 }.count)
        counters.update { counts in
            counts.received += count
            counts.redelivered += redelivered
            if counts.firstReceive == nil { counts.firstReceive = now }
        }
        let part = part
        let lookAt: @Sendable (ContinuousClock.Instant) -> Void = { [keeper = part.keeper] in keeper.lookAt($0) }
        let wall = ServerTime(engine.clock.wall)
        var earliest: ContinuousClock.Instant?
        for message in batch.messages {
            waits.remove(message.id)
            let visibility = attributes.visibility(of: message, in: batch)
            let delivery = Delivery(
                message: message, key: MessageKey(queue: options.label, messageID: message.id), leasedAt: batch.leasedAt,
                visibility: visibility, expires: attributes.expiry(of: message, in: batch, wall: wall), limits: options.limits,
                clock: engine.clock, lookAt: lookAt)
            earliest = min(earliest ?? now + visibility, batch.leasedAt + visibility / 2)
            if let atWork = inHand.insert(delivery) {
                redeliveredWhileAtWork(delivery, atWork, leasedAt: batch.leasedAt)
            } else if draining {
                part.resolver.handBack(delivery)
            } else {
                delivery.worked(by: Task { await self.work(on: delivery) })
            }
        }
        if let earliest { part.keeper.lookAt(earliest) }
    }

    /// The lease was over, but the handler here still runs: it must not run twice.
    private func redeliveredWhileAtWork(_ delivery: Delivery, _ atWork: Delivery, leasedAt: ContinuousClock.Instant) {
        slots.give(1)
        if atWork.adopt(delivery.message.receiptHandle, leasedAt: leasedAt) { return }
        // It was given up already and has not ended yet: the message comes again when it has.
        let handle = delivery.message.receiptHandle
        engine.spawn { [queue, logger] in
            do throws(SMQError) {
                _ = try await queue.changeVisibility(of: handle, to: .seconds(5))
            } catch {
                logger.debug("a redelivery could not be handed back; it comes again when its lease ends", metadata: ["error": "\(error)"])
            }
        }
    }

    /// The life of one delivery, up to its settlement.
    private func work(on delivery: Delivery) async {
        let part = part
        let left = engine.clock.now.duration(to: delivery.leaseDeadline)
        // Too little is left to start with, after a pause of the machine say: whoever gets it next has a whole lease.
        guard !state.withLock({ $0.isDraining }), left > .milliseconds(200) else { return part.resolver.handBack(delivery) }
        if !MessageBodyMD5.fits(delivery.message) {
            counters.update { $0.mismatchedDigests += 1 }
            warn("the digest of a message does not fit its body; handling it all the same", delivery)
        }
        var history = DeliveryHistory()
        if delivery.message.dequeueCount > 1 {
            if done.contains(delivery.key.messageID) {
                counters.update { $0.duplicates += 1 }
                return part.settler.settle(delivery, .delete)
            }
            do { history = try await ledger.history(of: delivery.key) } catch { return part.resolver.putOffUnread(delivery, error) }
            if await part.resolver.resolveFromHistory(delivery, history) { return }
        }
        guard let handling = await dispatcher.handle(delivery, history: history) else {
            // The hard limit settled it; the handler has returned at last.
            counters.update { $0.stuck -= 1 }
            return stuck.returned()
        }
        if handling == .succeeded { return await part.resolver.resolve(delivery, handling, history: history) }
        // In a task of its own: a cancelled handler must not cut its records short.
        engine.spawn { [history] in await part.resolver.resolve(delivery, handling, history: history) }
    }

    /// A handler did not return at its hard limit: settle without it.
    private func takeOver(_ delivery: Delivery, handler: String) {
        counters.update { $0.stuck += 1 }
        let stuck = stuck.isStuck()
        dispatcher.takenOver(handler)
        logger.error(
            "a handler ignores its time limit; its slot is given back and its result will be thrown away",
            metadata: ["message": "\(delivery.key.messageID)", "handler": "\(handler)", "stuck": "\(stuck)"])
        // Only a bad end in hand that is its own counts: not a stop's, and after the lease was lost the message may be at work elsewhere.
        let handling =
            delivery.cancellation != .timeLimit
            ? Handling.interrupted : .failed(handler: handler, error: "did not return at the hard time limit", after: nil)
        let resolver = part.resolver
        engine.spawn { await resolver.resolve(delivery, handling, history: DeliveryHistory()) }
    }

    private func leaseLost(_ delivery: Delivery) {
        counters.update { $0.leaseLost += 1 }
        warn("the lease of a message could not be kept; its handler is cancelled", delivery)
    }

    /// Once a minute: an outage may hit every message in hand.
    private func warn(_ what: String, _ delivery: Delivery) {
        guard let held = warnings.pass(what, at: engine.clock.now) else { return }
        logger.warning("\(what)", metadata: ["message": "\(delivery.key.messageID)", "times": "\(held + 1)"])
    }

    private func ended(_ delivery: Delivery, _ ending: LeaseMachine.Ending) {
        let now = engine.clock.now
        counters.update { counts in
            counts.lastSettle = now
            if ending == .deleted { counts.deleted += 1 }
        }
        switch ending {
        case .remembered:
            done.remember(delivery.key.messageID)
            warn("a finished message could not be deleted; when it comes again, it is deleted without running", delivery)
        case .deleted where delivery.message.dequeueCount > 1:
            engine.spawn { [ledger, logger] in
                do { try await ledger.forget(delivery.key) } catch {
                    logger.debug("the history of a deleted message stays until it is pruned", metadata: ["error": "\(error)"])
                }
            }
        case .deleted, .returned, .lost: break
        }
        inHand.remove(delivery)
        slots.give(1)
    }

    // MARK: Drain

    /// Handlers go on, their leases are renewed, deletes are flushed; near the limit what is left is cancelled and handed back.
    private func drain() async {
        let stopped = state.withLock { state in
            state.isDraining = true
            return state.stopped
        }
        let end = (stopped ?? engine.clock.now) + options.drainLimit
        // The last part is for handlers to obey, and for the calls that hand back.
        let last = min(.seconds(2), options.drainLimit / 10)
        if await isEmpty(by: end - last * 2) { return }
        logger.warning("handlers do not end within the drain limit; cancelling them", metadata: ["left": "\(inHand.count)"])
        for delivery in inHand.all { delivery.cancel(.stopping) }
        if await isEmpty(by: end - last) { return }
        for delivery in inHand.all { part.resolver.handBack(delivery) }
        if await !isEmpty(by: max(end, engine.clock.now + .seconds(1))) {
            logger.error("messages could not be handed back; they come again when their leases end", metadata: ["left": "\(inHand.count)"])
        }
    }

    private func isEmpty(by end: ContinuousClock.Instant) async -> Bool {
        let first = OneShot<Bool>()
        engine.spawn { [inHand] in
            await inHand.untilEmpty()
            first.resolve(true)
        }
        let timer = engine.spawn { [clock = engine.clock] in
            await clock.sleep(until: end)
            first.resolve(false)
        }
        let isEmpty = await first.value
        timer.cancel()
        return isEmpty
    }
}
