import SMQProtocol
import Synchronization

/// Asks one queue for messages, never for more than free slots can take, until it is stopped or the queue is empty.
final class Poller: Sendable {
    struct Hooks: Sendable {
        /// Every batch that arrives, also one that arrives after the stop.
        var received: @Sendable (ReceivedBatch) -> Void
        /// The main poll came back empty; true ends the polling.
        var isFinished: @Sendable () async -> Bool
        /// How long the next main receive may wait, if something limits it.
        var longestWait: @Sendable () -> Duration?
        var lookAt: @Sendable (ContinuousClock.Instant) -> Void
    }

    private struct Poll {
        let deadline: ContinuousClock.Instant
        let task: Task<Void, Never>
        let result: OneShot<Result<ReceivedBatch, SMQError>>
    }
    private struct State {
        var plan: PollPlan
        var polls: [Int: Poll] = [:]
        var pauses: [Int: Task<Void, Never>] = [:]
        var lastID = 0
        var isStopped = false
    }

    /// How long room for a full batch is waited for under load.
    static let patience: Duration = .milliseconds(3)
    /// How long a poll under way may still deliver after a stop: what it leased would otherwise wait for its lease to end.
    static let grace: Duration = .seconds(1)

    private let queue: any MessageQueue
    private let engine: Engine
    private let slots: Slots
    private let trouble: QueueTrouble
    /// How much longer than its wait a poll may take before it is given up and asked anew.
    private let margin: Duration
    private let hooks: Hooks
    private let state: Mutex<State>

    init(
        queue: any MessageQueue, engine: Engine, slots: Slots, plan: PollPlan, margin: Duration, trouble: QueueTrouble, hooks: Hooks
    ) {
        self.queue = queue
        self.engine = engine
        self.slots = slots
        self.trouble = trouble
        self.margin = margin
        self.hooks = hooks
        state = Mutex(State(plan: plan))
    }

    /// Returns when all pollers have ended and every poll under way has landed or was given up.
    func run() async {
        await withDiscardingTaskGroup { group in
            let extras = AsyncStream<Void>.makeStream()
            group.addTask {
                await self.poll(.main) { extras.continuation.yield() }
                extras.continuation.finish()
            }
            for await _ in extras.stream { group.addTask { await self.poll(.extra) {} } }
        }
    }

    /// No more receives. Those under way get a grace, then are cancelled.
    func stop() {
        let pauses = state.withLock { state in
            state.isStopped = true
            return Array(state.pauses.values)
        }
        for pause in pauses { pause.cancel() }
        slots.close()
        endAfterGrace()
    }

    private func endAfterGrace() {
        engine.spawn {
            await self.engine.clock.sleep(for: Self.grace)
            for poll in self.state.withLock({ Array($0.polls.values) }) { poll.task.cancel() }
        }
    }

    /// The watchdog: polls that take much longer than they may are given up. Returns the next deadline.
    func watch(_ now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        let polls = state.withLock { Array($0.polls.values) }
        for poll in polls where now >= poll.deadline {
            poll.task.cancel()
            let error = SMQError(
                code: .timeout, operation: "BatchReceiveMessage", queue: queue.name,
                message: "no answer \(margin) after the poll should have ended; asking anew", effect: .unknown)
            poll.result.resolve(.failure(error))
        }
        return polls.lazy.map(\.deadline).filter { $0 > now }.min()
    }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func poll(_ kind: PollPlan.Kind, startAnother: @Sendable () -> Void) async {
        while true {
            let room = await takeRoom()
            guard room > 0 else { return leave(kind) }
            let wait = nextWait(kind)
            let started = engine.clock.now
            let result = await receive(room, wait)
            let elapsed = started.duration(to: engine.clock.now)
            switch result {
            case .success(let batch):
                trouble.over()
                hooks.received(batch)
                slots.give(room - batch.messages.count)
                if kind == .main, batch.messages.isEmpty, await hooks.isFinished() { return leave(kind) }
                let random = engine.random()
                let limited = hooks.longestWait() != nil
                let (next, another) = state.withLock { state in
                    state.plan.answered(
                        kind, count: batch.messages.count, asked: room, wait: limited ? .zero : wait, elapsed: elapsed, random: random)
                }
                if another { startAnother() }
                guard case .again(let pause) = next else { return }
                await self.pause(for: limited && batch.messages.isEmpty ? max(pause, .milliseconds(100)) : pause)
            case .failure(let error):
                slots.give(room)
                if isStopped { return leave(kind) }
                trouble.receiveFailed(error, at: engine.clock.now)
                let random = engine.random()
                let next = state.withLock { $0.plan.failed(kind, isRetryable: error.isRetryable, random: random) }
                guard case .again(let pause) = next else { return }
                await self.pause(for: pause)
            }
        }
    }

    /// Room for one call. Under load it waits a few milliseconds for room for a full batch: calls cost more than messages.
    private func takeRoom() async -> Int {
        let batch = SMQLimits.maximumBatch
        let isBusy = slots.capacity > batch && state.withLock { $0.plan.isBusy }
        let room = await slots.take(upTo: batch, atLeast: isBusy ? batch : 1) { [engine, slots] wait in
            guard isBusy else { return }
            engine.spawn {
                await engine.clock.sleep(for: Self.patience)
                slots.settleForLess(wait)
            }
        }
        if room > 0, isStopped {
            slots.give(room)
            return 0
        }
        return room
    }

    private func nextWait(_ kind: PollPlan.Kind) -> Duration {
        let random = engine.random()
        let wait = state.withLock { $0.plan.wait(kind, random: random) }
        return min(wait, hooks.longestWait() ?? wait)
    }

    private func receive(_ room: Int, _ wait: Duration) async -> Result<ReceivedBatch, SMQError> {
        let result = OneShot<Result<ReceivedBatch, SMQError>>()
        let task = engine.spawn {
            let answer: Result<ReceivedBatch, SMQError>
            do throws(SMQError) {
                answer = .success(try await self.queue.receive(upTo: room, wait: wait))
            } catch {
                answer = .failure(error)
            }
            // Given up by the watchdog: what it leased after all is not lost.
            if !result.resolve(answer), case .success(let batch) = answer {
                self.slots.give(-batch.messages.count)
                self.hooks.received(batch)
            }
        }
        let deadline = engine.clock.now + wait + margin
        let (id, stopped) = state.withLock { state in
            state.lastID += 1
            state.polls[state.lastID] = Poll(deadline: deadline, task: task, result: result)
            return (state.lastID, state.isStopped)
        }
        if stopped { endAfterGrace() }  // it began beside the stop
        hooks.lookAt(deadline)
        let answer = await result.value
        state.withLock { $0.polls[id] = nil }
        return answer
    }

    private func pause(for duration: Duration) async {
        guard duration > .zero else { return }
        let task = engine.spawn { [clock = engine.clock] in await clock.sleep(for: duration) }
        let (id, stopped) = state.withLock { state in
            state.lastID += 1
            state.pauses[state.lastID] = task
            return (state.lastID, state.isStopped)
        }
        if stopped { task.cancel() }
        await task.value
        state.withLock { $0.pauses[id] = nil }
    }

    private func leave(_ kind: PollPlan.Kind) {
        if kind == .main { stop() }
    }
}
