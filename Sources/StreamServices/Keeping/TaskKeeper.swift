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
    /// Tasks worked on at the same time. Recordings have places of their own: calls for streams that hang must not keep a start waiting.
    private static let streamPlaces = 16
    private static let recordingPlaces = 8

    private struct Busy {
        var streams = 0
        var recordings = 0
    }

    private let desk: TaskDesk
    private let streams: StreamWork
    private let recordings: RecordingWork
    private let outbox: Outbox?
    private let busy = Mutex(Busy())

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
                        group.addTask { await work() }
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
        let free = busy.withLock { (streams: Self.streamPlaces - $0.streams, recordings: Self.recordingPlaces - $0.recordings) }
        var works: [@Sendable () async -> Void] = []
        let shows = free.recordings > 0 ? try await desk.claim(RecordingRecord.self, atMost: free.recordings) : []
        for show in shows {
            works.append(
                counted(\.recordings) { [recordings] in
                    await RecordingWork(desk: recordings.desk.holding(show), studio: recordings.studio).carryOn(show)
                })
        }
        do {
            let tasks = free.streams > 0 ? try await desk.claim(TaskRecord.self, atMost: free.streams) : []
            for task in tasks {
                works.append(
                    counted(\.streams) { [streams] in
                        await StreamWork(desk: streams.desk.holding(task), hands: streams.hands).carryOn(task)
                    })
            }
        } catch {
            // The shows are claimed already, and are worked on all the same.
            if shows.isEmpty { throw error }
            desk.logger.warning("the store of wanted streams failed; trying again", metadata: ["error": "\(error)"])
        }
        return works
    }

    /// Takes a place at once, and gives it back after the work.
    private func counted(
        _ place: any WritableKeyPath<Busy, Int> & Sendable, _ work: @escaping @Sendable () async -> Void
    ) -> @Sendable () async -> Void {
        busy.withLock { $0[keyPath: place] += 1 }
        return {
            await work()
            self.busy.withLock { $0[keyPath: place] -= 1 }
        }
    }
}
