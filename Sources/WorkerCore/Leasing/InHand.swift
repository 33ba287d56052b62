import Synchronization

/// All deliveries of one queue that are not settled, by message id.
final class InHand: Sendable {
    private struct State {
        var deliveries: [String: Delivery] = [:]
        var waiters: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())

    var count: Int { state.withLock { $0.deliveries.count } }
    var all: [Delivery] { state.withLock { Array($0.deliveries.values) } }

    /// - Returns: The delivery of the same message that is at work already, nil if there was none and this one is in now.
    func insert(_ delivery: Delivery) -> Delivery? {
        state.withLock { state in
            if let earlier = state.deliveries[delivery.key.messageID] { return earlier }
            state.deliveries[delivery.key.messageID] = delivery
            return nil
        }
    }

    func remove(_ delivery: Delivery) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            if state.deliveries[delivery.key.messageID] === delivery { state.deliveries[delivery.key.messageID] = nil }
            guard state.deliveries.isEmpty else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when nothing is in hand.
    func untilEmpty() async {
        await withCheckedContinuation { waiter in
            let isEmpty = state.withLock { state in
                if !state.deliveries.isEmpty { state.waiters.append(waiter) }
                return state.deliveries.isEmpty
            }
            if isEmpty { waiter.resume() }
        }
    }
}
