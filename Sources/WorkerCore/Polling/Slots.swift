import Synchronization

/// Room for deliveries: taken before asking the queue, given back one by one.
final class Slots: Sendable {
    private struct State {
        var free: Int
        var isClosed = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }
    let capacity: Int
    private let state: Mutex<State>

    init(_ capacity: Int) {
        self.capacity = capacity
        state = Mutex(State(free: capacity))
    }

    var free: Int { state.withLock { $0.free } }

    /// Takes up to `maximum` slots, at least one; waits while none is free.
    ///
    /// - Returns: 0 after `close`.
    func take(upTo maximum: Int) async -> Int {
        while true {
            let taken: Int? = state.withLock { state in
                if state.isClosed { return 0 }
                guard state.free > 0 else { return nil }
                let taken = min(maximum, state.free)
                state.free -= taken
                return taken
            }
            if let taken { return taken }
            await withCheckedContinuation { waiter in
                let isReady = state.withLock { state in
                    if state.isClosed || state.free > 0 { return true }
                    state.waiters.append(waiter)
                    return false
                }
                if isReady { waiter.resume() }
            }
        }
    }

    /// What is free now, up to `maximum`; 0 if nothing is.
    func takeNow(upTo maximum: Int) -> Int {
        state.withLock { state in
            let taken = state.isClosed ? 0 : max(0, min(maximum, state.free))
            state.free -= taken
            return taken
        }
    }

    /// - Parameter count: negative when a server delivered more than was asked for: nothing is free until they are worked off.
    func give(_ count: Int) {
        guard count != 0 else { return }
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            state.free += count
            return state.waiters.isEmpty || state.free <= 0 ? nil : state.waiters.removeFirst()
        }
        waiter?.resume()
    }

    /// Nobody gets a slot any more; whoever waits for one returns with none.
    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
