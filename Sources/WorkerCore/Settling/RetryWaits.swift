import Synchronization

/// Messages that this worker gave back for later: a run until the queue is empty waits for them.
final class RetryWaits: Sendable {
    private let due = Mutex<[String: ContinuousClock.Instant]>([:])

    func add(_ messageID: String, until time: ContinuousClock.Instant) { due.withLock { $0[messageID] = time } }

    /// It came again.
    func remove(_ messageID: String) { due.withLock { if !$0.isEmpty { $0[messageID] = nil } } }

    /// Whether any message is still expected. One that is a second over its time was taken by another process, or is in the
    /// queue's counts.
    func isWaiting(at now: ContinuousClock.Instant) -> Bool {
        due.withLock { due in
            due = due.filter { $0.value + .seconds(1) > now }
            return !due.isEmpty
        }
    }
}
