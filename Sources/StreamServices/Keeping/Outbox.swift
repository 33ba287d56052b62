import Foundation
package import Logging

/// Sends what waits in the store to the queue, oldest first. What was sent and could not be crossed out is sent again: events have ids.
package struct Outbox: Sendable {
    private static let batch = 20
    /// One process at a time sends, for so long at most, in milliseconds.
    private static let turn: Int64 = 60_000

    private struct Sender: Codable, Sendable {
        let owner: String
        let until: Int64
    }

    private let store: any TaskStore
    private let deliver: @Sendable ([UInt8]) async throws -> Void
    private let clock: any StreamClock
    private let logger: Logger
    private let owner = UUID().uuidString

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
            let waiting = try await store.unsent(atMost: Self.batch)
            guard !waiting.isEmpty else { return }
            let (owner, now) = (owner, clock.unixMilliseconds)
            let isOurs = try await store.change("outbox", Sender.self) { sender in
                if let other = sender, other.owner != owner, other.until > now { return false }
                sender = Sender(owner: owner, until: now + Self.turn)
                return true
            }
            guard isOurs else { return }
            for (id, event) in try await store.unsent(atMost: Self.batch) {
                try await deliver(event)
                try await store.sent(id)
            }
        } catch {
            logger.info("an event of the stream services waits for the queue", metadata: ["error": "\(error)"])
        }
    }
}
