import SMQProtocol
import Synchronization

/// The queue's own settings that leases depend on, read at start and every few minutes.
final class QueueAttributesWatch: Sendable {
    static let interval: Duration = .seconds(240)
    /// Taken where neither the attributes nor the message say more.
    static let assumedVisibility: Duration = .seconds(10)

    private struct State {
        var visibility: Duration?
        var retention: Duration?
    }
    private let state = Mutex(State())

    /// - Returns: The error, if the attributes could not be read; what was known stays.
    func refresh(from queue: any MessageQueue) async -> SMQError? {
        do throws(SMQError) {
            let attributes = try await queue.attributes()
            state.withLock { $0 = State(visibility: attributes.visibilityTimeout, retention: attributes.retention) }
            return nil
        } catch {
            return error
        }
    }

    var isKnown: Bool { state.withLock { $0.retention != nil } }

    /// When the queue drops a message just received, if its retention is known.
    ///
    /// Its age is counted by the server's clock alone; where the answer had no `Date`, by the local wall clock.
    func expiry(of message: ReceivedMessage, in batch: ReceivedBatch, wall: ServerTime) -> ContinuousClock.Instant? {
        guard let retention = state.withLock({ $0.retention }), message.enqueueTime.milliseconds > 0 else { return nil }
        return batch.leasedAt + retention - (batch.serverDate ?? wall).since(message.enqueueTime)
    }

    /// How long a message just received is ours: the queue's `VisibilityTimeout`; where it cannot be read, or the message says
    /// less, `NextVisibleTime` minus the `Date` of the same answer, both by the server's clock.
    func visibility(of message: ReceivedMessage, in batch: ReceivedBatch) -> Duration {
        let known = state.withLock { $0.visibility }
        guard let date = batch.serverDate else { return known ?? Self.assumedVisibility }
        let said = message.nextVisibleTime.since(date)
        guard said >= .seconds(1), said <= .seconds(43_201) else { return known ?? Self.assumedVisibility }
        // `Date` is cut to the second, so this can be almost a second too long.
        if let known { return min(known, said) }
        return max(.seconds(1), said - .seconds(1))
    }
}
