import Synchronization

/// Room for deliveries: taken before asking the queue, given back one by one.
final class Slots: Sendable {
    private struct Waiter {
        let id: Int
        let maximum: Int
        var minimum: Int
        let continuation: CheckedContinuation<Int, Never>
    }
    private struct State {
        var free: Int
        var isClosed = false
        var lastID = 0
        var waiters: [Waiter] = []

        /// Nil while there is less than the minimum.
        mutating func take(_ maximum: Int, _ minimum: Int) -> Int? {
            if isClosed { return 0 }
            guard free >= minimum else { return nil }
            let taken = min(maximum, free)
            free -= taken
            return taken
        }

        /// Serves those who wait, the first who can be served first.
        mutating func serve() -> [(Waiter, Int)] {
            var served: [(Waiter, Int)] = []
            while let index = waiters.firstIndex(where: { isClosed || $0.minimum <= free }) {
                let waiter = waiters.remove(at: index)
                served.append((waiter, take(waiter.maximum, waiter.minimum) ?? 0))
            }
            return served
        }
    }
    let capacity: Int
    private let state: Mutex<State>

    init(_ capacity: Int) {
        self.capacity = capacity
        state = Mutex(State(free: capacity))
    }

    /// Takes up to `maximum` slots; waits while fewer than `minimum` are free.
    ///
    /// - Parameters:
    ///   - minimum: 1...capacity.
    ///   - onWait: Called if there is a wait, with its number for `settleForLess`.
    /// - Returns: 0 after `close`.
    func take(upTo maximum: Int, atLeast minimum: Int = 1, onWait: (Int) -> Void = { _ in }) async -> Int {
        await withCheckedContinuation { continuation in
            var waiting = 0
            let taken: Int? = state.withLock { state in
                if let taken = state.take(maximum, minimum) { return taken }
                state.lastID += 1
                waiting = state.lastID
                state.waiters.append(Waiter(id: waiting, maximum: maximum, minimum: minimum, continuation: continuation))
                return nil
            }
            if let taken { continuation.resume(returning: taken) } else { onWait(waiting) }
        }
    }

    /// Whoever waits under this number takes a single slot too. Nothing happens if the wait is over.
    func settleForLess(_ id: Int) {
        change { state in
            if let index = state.waiters.firstIndex(where: { $0.id == id }) { state.waiters[index].minimum = 1 }
        }
    }

    /// - Parameter count: negative when a server delivered more than was asked for: nothing is free until they are worked off.
    func give(_ count: Int) {
        if count != 0 { change { $0.free += count } }
    }

    /// Nobody gets a slot any more; whoever waits for one returns with none.
    func close() { change { $0.isClosed = true } }

    private func change(_ body: (inout State) -> Void) {
        let served = state.withLock { state in
            body(&state)
            return state.waiters.isEmpty ? [] : state.serve()
        }
        for (waiter, taken) in served { waiter.continuation.resume(returning: taken) }
    }
}
