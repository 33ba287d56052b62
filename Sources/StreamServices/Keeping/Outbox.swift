import Foundation
package import Logging
import Synchronization

/// Sends what waits in the store to the queue, oldest first. What was sent and could not be crossed out is sent again: events have ids.
/// An event that the queue refuses rests for a while, and those behind it go on.
package final class Outbox: Sendable {
    /// Thrown by the delivery: another try will not help before somebody changes something.
    package struct Refusal: Error {
        let reason: String

        package init(_ reason: String) { self.reason = reason }
    }

    private static let batch = 20
    /// One process at a time sends, for so long at most, in milliseconds.
    private static let turn: Int64 = 60_000
    /// Before a refused event is tried again, in milliseconds.
    private static let rest: Int64 = 60_000

    private struct Sender: Codable, Sendable {
        let owner: String
        let until: Int64
    }

    private let store: any TaskStore
    private let deliver: @Sendable ([UInt8]) async throws -> Void
    private let clock: any StreamClock
    private let logger: Logger
    private let owner = UUID().uuidString
    /// Refused events, and when each is tried again.
    private let resting = Mutex<[Int64: Int64]>([:])

    package init(
        _ store: any TaskStore, clock: any StreamClock, logger: Logger, deliver: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        self.store = store
        self.clock = clock
        self.logger = logger
        self.deliver = deliver
    }

    func send() async {
        do {
            guard try await !waiting().isEmpty else { return }
            let (owner, now) = (owner, clock.unixMilliseconds)
            let isOurs = try await store.change("outbox", Sender.self) { sender in
                if let other = sender, other.owner != owner, other.until > now { return false }
                sender = Sender(owner: owner, until: now + Self.turn)
                return true
            }
            guard isOurs else { return }
            for (id, event) in try await waiting() {
                do { try await deliver(event) } catch let refusal as Refusal {
                    resting.withLock { $0[id] = now + Self.rest }
                    logger.warning(
                        "the queue refuses an event of the stream services; it is kept and tried again every minute",
                        metadata: ["event": "\(id)", "error": "\(refusal.reason)"])
                    continue
                }
                try await store.sent(id)
            }
        } catch {
            logger.info("an event of the stream services waits for the queue", metadata: ["error": "\(error)"])
        }
    }

    private func waiting() async throws -> [(id: Int64, event: [UInt8])] {
        let now = clock.unixMilliseconds
        let resting = resting.withLock { known in
            known = known.filter { $0.value > now }
            return Set(known.keys)
        }
        return try await store.unsent(atMost: Self.batch + resting.count).filter { !resting.contains($0.id) }
    }
}
