import Synchronization

/// Which notices have been seen: bounded in number and time, the oldest forgotten first.
///
/// A notice counts as seen only once it is durable. A copy that comes before that waits for what becomes of the first: it is a duplicate
/// then, or takes the first one's place.
final class DuplicateWindow: Sendable {
    private enum Entry {
        case underWay([CheckedContinuation<Void, Never>])
        case durable(ContinuousClock.Instant)
    }
    private struct State {
        var entries: [String: Entry] = [:]
        /// Durable ones in the order of their coming.
        var order: [(key: String, since: ContinuousClock.Instant)] = []
        var head = 0
    }
    private let capacity: Int
    private let age: Duration
    private let state = Mutex(State())

    /// - Parameter capacity: Keys, of which a notice has one or two.
    init(capacity: Int = 200_000, age: Duration = .seconds(86_400)) {
        self.capacity = capacity
        self.age = age
    }

    /// - Returns: Whether the notice is the caller's to bring on, who then has to call `end`. False: it is durable already.
    func begin(_ keys: [String], at now: ContinuousClock.Instant) async -> Bool {
        while true {
            enum Answer {
                case mine, known
                case wait(String)
            }
            let answer: Answer = state.withLock { state in
                Self.forget(before: now - age, &state)
                for key in keys {
                    switch state.entries[key] {
                    case .durable: return .known
                    case .underWay: return .wait(key)
                    case nil: continue
                    }
                }
                for key in keys { state.entries[key] = .underWay([]) }
                return .mine
            }
            switch answer {
            case .mine: return true
            case .known: return false
            case .wait(let key): await outcome(of: key)
            }
        }
    }

    /// The notice that `begin` gave out is durable, or was given up.
    func end(_ keys: [String], isDurable: Bool, at now: ContinuousClock.Instant) {
        let waiters = state.withLock { state in
            var waiters: [CheckedContinuation<Void, Never>] = []
            for key in keys {
                if case .underWay(let waiting) = state.entries[key] { waiters += waiting }
                state.entries[key] = isDurable ? .durable(now) : nil
                if isDurable { state.order.append((key, now)) }
            }
            while state.order.count - state.head > capacity { Self.forgetOldest(&state) }
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    var count: Int { state.withLock { $0.entries.count } }

    private func outcome(of key: String) async {
        await withCheckedContinuation { waiter in
            let isOver = state.withLock { state in
                guard case .underWay(let waiting) = state.entries[key] else { return true }
                state.entries[key] = .underWay(waiting + [waiter])
                return false
            }
            if isOver { waiter.resume() }
        }
    }

    private static func forget(before time: ContinuousClock.Instant, _ state: inout State) {
        while state.head < state.order.count, state.order[state.head].since < time { forgetOldest(&state) }
    }

    private static func forgetOldest(_ state: inout State) {
        state.entries[state.order[state.head].key] = nil
        state.head += 1
        if state.head > 1024, state.head * 2 > state.order.count {
            state.order.removeFirst(state.head)
            state.head = 0
        }
    }
}
