import Synchronization

/// A result that several parties may try to give and one waits for: the first one counts.
package final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case open
        case waiting(CheckedContinuation<Value, Never>)
        case decided(Value)
    }
    private let state = Mutex(State.open)

    package init() {}

    /// - Returns: False if somebody else decided before.
    @discardableResult
    package func resolve(_ value: Value) -> Bool {
        let (isFirst, waiter): (Bool, CheckedContinuation<Value, Never>?) = state.withLock { state in
            switch state {
            case .open:
                state = .decided(value)
                return (true, nil)
            case .waiting(let waiter):
                state = .decided(value)
                return (true, waiter)
            case .decided:
                return (false, nil)
            }
        }
        waiter?.resume(returning: value)
        return isFirst
    }

    /// Waits for the first result. For one waiter.
    package var value: Value {
        get async {
            await withCheckedContinuation { waiter in
                let early: Value? = state.withLock { state in
                    if case .decided(let value) = state { return value }
                    state = .waiting(waiter)
                    return nil
                }
                if let early { waiter.resume(returning: early) }
            }
        }
    }
}
