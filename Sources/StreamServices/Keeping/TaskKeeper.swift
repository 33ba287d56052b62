import Logging
import Synchronization

/// Keeps the wanted tasks alive: takes those that are due from the store, does what each of them wants, and puts it back with the time
/// of its next turn.
///
/// Any number of processes run it beside each other on one store. A task is worked on under a claim that is made anew, and so checked,
/// before every step; the record is stored before each call that changes something, and after its result.
package final class TaskKeeper: Sendable {
    /// Between two looks into the store.
    private static let tick: Duration = .milliseconds(500)
    /// Tasks worked on at the same time.
    private static let width = 16

    private let desk: TaskDesk
    private let streams: StreamWork
    private let recordings: RecordingWork
    private let outbox: Outbox?
    private let busy = Mutex(0)

    /// - Parameter outbox: nil where nobody sends: what is to be told waits in the store.
    package init(_ desk: TaskDesk, streams: StreamHands, recordings: RecordingStudio, outbox: Outbox?) {
        self.desk = desk
        self.streams = StreamWork(desk: desk, hands: streams)
        self.recordings = RecordingWork(desk: desk, studio: recordings)
        self.outbox = outbox
    }

    /// Runs until the task is cancelled; ends when the calls under way are over.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [outbox, desk] in
                while !Task.isCancelled {
                    await outbox?.send()
                    await desk.clock.sleep(until: desk.clock.now + .seconds(1))
                }
            }
            var said: String?
            while !Task.isCancelled {
                do {
                    for work in try await due() {
                        busy.withLock { $0 += 1 }
                        group.addTask {
                            await work()
                            self.busy.withLock { $0 -= 1 }
                        }
                    }
                    said = nil
                } catch {
                    if said != "\(error)" {
                        desk.logger.error("the wanted tasks cannot be read; trying again", metadata: ["error": "\(error)"])
                    }
                    said = "\(error)"
                }
                await desk.clock.sleep(until: desk.clock.now + Self.tick)
            }
        }
    }

    /// Takes what is due and works on it until each task waits: one turn of `run`, for tests.
    func turn() async throws {
        for work in try await due() { await work() }
        await outbox?.send()
    }

    private func due() async throws -> [@Sendable () async -> Void] {
        let free = Self.width - busy.withLock { $0 }
        guard free > 0 else { return [] }
        // A recording's start has to follow its acquire within seconds: it goes first.
        let shows = try await desk.claim(RecordingRecord.self, atMost: free)
        var tasks: [ClaimedTask<TaskRecord>] = []
        do { tasks = shows.count < free ? try await desk.claim(TaskRecord.self, atMost: free - shows.count) : [] } catch {
            // The shows are claimed already, and are worked on all the same.
            if shows.isEmpty { throw error }
        }
        var works: [@Sendable () async -> Void] = []
        for show in shows { works.append { await self.recordings.carryOn(show) } }
        for task in tasks { works.append { await self.streams.carryOn(task) } }
        return works
    }
}
