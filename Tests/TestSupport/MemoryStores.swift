import Foundation
import Synchronization
package import WorkerCore

/// Dead letters and attempts in memory, with failures on demand.
package final class MemoryStores: DeadLetterStore, DeliveryLedger {
    private struct State {
        var letters: [DeadLetter] = []
        var histories: [MessageKey: DeliveryHistory] = [:]
        var keepingFails = false
        var readingFails = false
    }
    private let state = Mutex(State())

    package init() {}

    package struct Unavailable: Error {}

    package var letters: [DeadLetter] { state.withLock { $0.letters } }
    package func failReading(_ fails: Bool) { state.withLock { $0.readingFails = fails } }
    package func history(ofMessage id: String) -> DeliveryHistory? {
        state.withLock { $0.histories.first { $0.key.messageID == id }?.value }
    }
    package func failKeeping(_ fails: Bool) { state.withLock { $0.keepingFails = fails } }

    package func keep(_ letter: DeadLetter) async throws {
        try state.withLock { state in
            if state.keepingFails { throw Unavailable() }
            if !state.letters.contains(where: { $0.key == letter.key }) { state.letters.append(letter) }
        }
    }

    package func history(of key: MessageKey) async throws -> DeliveryHistory {
        try state.withLock { state in
            if state.readingFails { throw Unavailable() }
            var history = state.histories[key] ?? DeliveryHistory()
            history.isDeadLettered = state.letters.contains { $0.key == key }
            return history
        }
    }

    package func record(_ entry: LedgerEntry, of key: MessageKey) async throws -> DeliveryHistory {
        state.withLock { state in
            var history = state.histories[key] ?? DeliveryHistory()
            if var end = entry.badEnd {
                end.number = history.attempts.count + 1
                history.attempts.append(end)
            }
            history.succeeded.formUnion(entry.succeeded)
            history.notBefore = entry.notBefore
            state.histories[key] = history
            return history
        }
    }

    package func forget(_ key: MessageKey) async throws { state.withLock { _ = $0.histories.removeValue(forKey: key) } }
}
