import Synchronization

/// Messages that this worker gave back for later: a run until the queue is empty waits for them.
final class RetryWaits: Sendable {
    /// Nobody asks in a run without end: nothing is kept then.
    private let isNeeded: Bool
    private let due = Mutex<[String: ContinuousClock.Instant]>([:])

    init(isNeeded: Bool) { self.isNeeded = isNeeded }

    func add(_ messageID: String, until time: ContinuousClock.Instant) {
        if isNeeded { due.withLock { $0[messageID] = time } }
    }

    /// It came again.
    func remove(_ messageID: String) {
        if isNeeded { due.withLock { $0[messageID] = nil } }
    }

    /// Whether any message is still expected. One that is a second over its time was taken by another process, or is in the
    /// queue's counts.
    func isWaiting(at now: ContinuousClock.Instant) -> Bool {
        due.withLock { due in
            due = due.filter { $0.value + .seconds(1) > now }
            return !due.isEmpty
        }
    }
}
