package import Logging

/// Sends what waits in the store to the queue, oldest first. What was sent and could not be crossed out is sent again: events have ids.
package struct Outbox: Sendable {
    private static let batch = 20

    private let store: any TaskStore
    private let deliver: @Sendable ([UInt8]) async throws -> Void
    private let logger: Logger

    package init(_ store: any TaskStore, logger: Logger, deliver: @escaping @Sendable ([UInt8]) async throws -> Void) {
        self.store = store
        self.logger = logger
        self.deliver = deliver
    }

    func send() async {
        do {
            for (id, event) in try await store.unsent(atMost: Self.batch) {
                try await deliver(event)
                try await store.sent(id)
            }
        } catch {
            logger.info("an event of the stream services waits for the queue", metadata: ["error": "\(error)"])
        }
    }
}
