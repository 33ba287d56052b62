package import Foundation
import Synchronization
import WorkerCore

/// A clock that a test moves by hand. Sleepers wake in the order of their deadlines.
package final class ManualClock: WorkerClock {
    private struct State {
        var now: ContinuousClock.Instant
        var wall = Date(timeIntervalSince1970: 1_790_000_000)
        var lastID = 0
        var sleepers: [Int: (deadline: ContinuousClock.Instant, waiter: CheckedContinuation<Void, Never>)] = [:]
        var cancelled: Set<Int> = []
    }
    private let state = Mutex(State(now: .now))

    package init() {}

    package var now: ContinuousClock.Instant { state.withLock { $0.now } }
    package var wall: Date { state.withLock { $0.wall } }

    package func sleep(until deadline: ContinuousClock.Instant) async {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isOver = state.withLock { state in
                    if state.now >= deadline || state.cancelled.remove(id) != nil { return true }
                    state.sleepers[id] = (deadline, waiter)
                    return false
                }
                if isOver { waiter.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: id)
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.waiter.resume()
        }
    }

    /// Moves on at once, monotonic and wall clock together.
    package func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            state.wall += duration / .seconds(1)
            let now = state.now
            let due = state.sleepers.filter { $0.value.deadline <= now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in due { sleeper.waiter.resume() }
    }
}

/// Waits until `condition` holds: for results of other tasks. Gives up after ten real seconds, which only a failing test takes.
package func eventually(_ condition: () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < end {
        if await condition() { return true }
        await Task.yield()
        _ = try? await Task.sleep(for: .milliseconds(1))
    }
    return await condition()
}
