import Synchronization

/// Messages whose work is done but whose delete could not be made: a redelivery is deleted without running again.
///
/// Bounded; the oldest are forgotten first. In memory: it covers redeliveries to this process.
final class DoneMemory: Sendable {
    private struct State {
        var ids: Set<String> = []
        var order: [String] = []
        var head = 0
    }
    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 10_000) { self.capacity = capacity }

    func remember(_ messageID: String) {
        state.withLock { state in
            guard state.ids.insert(messageID).inserted else { return }
            state.order.append(messageID)
            if state.ids.count > capacity {
                state.ids.remove(state.order[state.head])
                state.head += 1
            }
            if state.head > capacity {
                state.order.removeFirst(state.head)
                state.head = 0
            }
        }
    }

    func contains(_ messageID: String) -> Bool { state.withLock { $0.ids.contains(messageID) } }
}
