import Synchronization

/// What a worker did: counts of messages, and when the first and the last of it happened.
package struct WorkerCounts: Sendable, Equatable {
    /// Deliveries received.
    package var received = 0
    /// Messages that came to their end: finished, ignored or put aside. Retries and hand-backs are none.
    package var handled = 0
    package var succeeded = 0
    package var deleted = 0
    /// Given back for another attempt or a later time.
    package var retried = 0
    package var deadLettered = 0
    /// Received with a `DequeueCount` above 1.
    package var redelivered = 0
    package var leaseLost = 0
    package var renewalsFailed = 0
    /// Deleted without running: the work had been done, or kept as a dead letter, before.
    package var duplicates = 0
    /// Handlers past their hard limit that have not returned.
    package var stuck = 0
    package var mismatchedDigests = 0
    package var firstReceive: ContinuousClock.Instant?
    package var lastSettle: ContinuousClock.Instant?

    package init() {}

    package mutating func add(_ other: WorkerCounts) {
        for count in Self.counts { self[keyPath: count] += other[keyPath: count] }
        firstReceive = [firstReceive, other.firstReceive].compactMap { $0 }.min()
        lastSettle = [lastSettle, other.lastSettle].compactMap { $0 }.max()
    }

    private static var counts: [WritableKeyPath<WorkerCounts, Int>] {
        [
            \.received, \.handled, \.succeeded, \.deleted, \.retried, \.deadLettered, \.redelivered, \.leaseLost, \.renewalsFailed,
            \.duplicates, \.stuck, \.mismatchedDigests,
        ]
    }
}

final class WorkerCounters: Sendable {
    private let state = Mutex(WorkerCounts())

    var counts: WorkerCounts { state.withLock { $0 } }

    func update(_ body: @Sendable (inout WorkerCounts) -> Void) { state.withLock { body(&$0) } }
}
