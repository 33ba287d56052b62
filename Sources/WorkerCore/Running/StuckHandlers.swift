import Synchronization

/// Handlers of all queues that did not return at their hard limit. With too many of them the process is better started anew.
final class StuckHandlers: Sendable {
    private struct State {
        var count = 0
        var action: (@Sendable () -> Void)?
    }
    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: 0 is never.
    init(limit: Int) { self.limit = limit }

    /// The queue workers are made before the worker that they are to stop.
    func whenTooMany(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.action = action } }

    /// - Returns: How many there are now.
    func isStuck() -> Int {
        let (count, action) = state.withLock { state in
            state.count += 1
            return (state.count, state.action)
        }
        if limit > 0, count >= limit { action?() }
        return count
    }

    /// One returned after all.
    func returned() { state.withLock { $0.count -= 1 } }
}
