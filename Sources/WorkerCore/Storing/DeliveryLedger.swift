package import struct Foundation.Date

/// One message of one queue. Message ids are the server's; two servers may give the same one, so the queue's label belongs to it.
package struct MessageKey: Sendable, Hashable, Codable {
    /// The queue's label in the configuration (its name, where there is only one).
    package var queue: String
    package var messageID: String

    package init(queue: String, messageID: String) {
        self.queue = queue
        self.messageID = messageID
    }
}

/// What earlier deliveries of a message left behind.
package struct DeliveryHistory: Sendable, Equatable {
    /// Bad ends so far, oldest first.
    package var attempts: [AttemptRecord] = []
    /// Handlers that finished their work on this message: they do not run again.
    package var succeeded: Set<String> = []
    /// The message is not to be handled before this time: a retry delay or a snooze that one visibility change could not cover.
    package var notBefore: Date?
    /// The message is in the dead-letter store already; only its delete is missing.
    package var isDeadLettered = false

    package init() {}
}

/// What one delivery adds to the history.
package struct LedgerEntry: Sendable, Equatable {
    /// A bad end; its `number` is set by the ledger.
    package var badEnd: AttemptRecord?
    package var succeeded: Set<String>
    package var notBefore: Date?

    package init(badEnd: AttemptRecord? = nil, succeeded: Set<String> = [], notBefore: Date? = nil) {
        self.badEnd = badEnd
        self.succeeded = succeeded
        self.notBefore = notBefore
    }
}

/// The record of bad ends, shared by all processes of a host. Written on the unhappy path only; read when a message comes again.
package protocol DeliveryLedger: Sendable {
    /// - Returns: An empty history for a message that never ended badly.
    func history(of key: MessageKey) async throws -> DeliveryHistory
    /// Adds to the history in one transaction (`notBefore` replaces, a bad end is appended) and returns the whole.
    func record(_ entry: LedgerEntry, of key: MessageKey) async throws -> DeliveryHistory
    /// The message is gone: its history may go too.
    func forget(_ key: MessageKey) async throws
}
