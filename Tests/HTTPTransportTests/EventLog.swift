import Synchronization

/// What a test server saw, in order; tests wait for entries instead of sleeping.
final class EventLog: Sendable {
    enum Event: Sendable, Equatable {
        case accepted(connection: Int)
        case received(connection: Int, target: String)
        /// The client closed its end, or nothing came within the server's own limit.
        case ended(connection: Int)
    }

    private struct Waiter {
        let condition: @Sendable ([Event]) -> Bool
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var events: [Event] = []
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    var events: [Event] { state.withLock { $0.events } }

    func record(_ event: Event) {
        let woken = state.withLock { state in
            state.events.append(event)
            let ready = state.waiters.filter { $0.value.condition(state.events) }
            for id in ready.keys { state.waiters[id] = nil }
            return ready.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume(returning: true) }
    }

    /// - Returns: false when `condition` did not hold within 20 s.
    func wait(until condition: @escaping @Sendable ([Event]) -> Bool) async -> Bool {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let limit = Task {
            try await Task.sleep(for: .seconds(20))
            state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume(returning: false)
        }
        defer { limit.cancel() }
        return await withCheckedContinuation { continuation in
            let holds = state.withLock { state in
                if condition(state.events) { return true }
                state.waiters[id] = Waiter(condition: condition, continuation: continuation)
                return false
            }
            if holds { continuation.resume(returning: true) }
        }
    }

    /// Waits for `count` requests to `target`.
    func wait(forRequests count: Int = 1, to target: String) async -> Bool {
        await wait { events in
            events.count { if case .received(_, target) = $0 { true } else { false } } >= count
        }
    }

    func requests(to target: String) -> Int {
        events.count { if case .received(_, target) = $0 { true } else { false } }
    }
}
