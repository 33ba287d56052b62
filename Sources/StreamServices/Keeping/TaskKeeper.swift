package import Logging
import Synchronization

/// Keeps the wanted tasks alive: takes those that are due from the store, does what each of them wants, and puts it back with the time
/// of its next turn.
///
/// Any number of processes run it beside each other on one store. A task is worked on under a claim that is made anew, and so checked,
/// before every step; the record is stored before each call that changes something, and after its result.
package final class TaskKeeper: Sendable {
    /// What an owner that died had claimed is free after so long. No call begins later than that less what an exchange may take.
    static let claim: Duration = .seconds(180)
    static let callMargin: Duration = .seconds(30)
    /// Between two looks into the store.
    private static let tick: Duration = .milliseconds(500)
    /// Tasks worked on at the same time.
    private static let width = 16

    private let store: any TaskStore
    private let work: StreamWork
    private let outbox: Outbox?
    private let clock: any StreamClock
    private let owner: String
    private let logger: Logger
    private let busy = Mutex(0)

    /// - Parameters:
    ///   - owner: Tells this process from all others, also from one that had its number before.
    ///   - outbox: nil where nobody sends: what is to be told waits in the store.
    package init(
        store: any TaskStore, facts: any StreamFactStore, hands: StreamHands, outbox: Outbox?, clock: any StreamClock, owner: String,
        logger: Logger, random: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        listener: (@Sendable (Announcement) -> Void)? = nil
    ) {
        self.store = store
        self.outbox = outbox
        self.clock = clock
        self.owner = owner
        self.logger = logger
        work = StreamWork(
            store: store, facts: facts, hands: hands, listener: listener, clock: clock, owner: owner, logger: logger, random: random)
    }

    /// Runs until the task is cancelled; ends when the calls under way are over.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [outbox, clock] in
                while !Task.isCancelled {
                    await outbox?.send()
                    await clock.sleep(until: clock.now + .seconds(1))
                }
            }
            var throttle: String?
            while !Task.isCancelled {
                do {
                    for task in try await due() {
                        busy.withLock { $0 += 1 }
                        group.addTask {
                            await self.work.carryOn(task)
                            self.busy.withLock { $0 -= 1 }
                        }
                    }
                    throttle = nil
                } catch {
                    if throttle != "\(error)" {
                        logger.error("the wanted tasks cannot be read; trying again", metadata: ["error": "\(error)"])
                    }
                    throttle = "\(error)"
                }
                await clock.sleep(until: clock.now + Self.tick)
            }
        }
    }

    /// Takes what is due and works on it until each task waits: one turn of `run`, for tests.
    func turn() async throws {
        for task in try await due() { await work.carryOn(task) }
        await outbox?.send()
    }

    private func due() async throws -> [ClaimedTask] {
        let free = Self.width - busy.withLock { $0 }
        guard free > 0 else { return [] }
        let now = clock.unixMilliseconds
        return try await store.claim(by: owner, at: now, until: now + Int64(Self.claim / .milliseconds(1)), atMost: free)
    }
}
