/// One queue as the worker sees it: the seam between the lease engine and the wire.
///
/// `SMQClient` implements it over HTTP; tests script it. Every call may be cancelled: it then throws `Client.Cancelled`.
package protocol MessageQueue: Sendable {
    /// The queue's name on the server.
    var name: String { get }

    /// Takes up to `maximum` (1...16) messages and hides them for the queue's visibility timeout.
    ///
    /// - Parameter wait: 0...30 s, sent as whole seconds rounded down; zero asks without waiting.
    /// - Returns: An empty batch when the wait passed without a message (404 `MessageNotExist`), which is no error.
    func receive(upTo maximum: Int, wait: Duration) async throws(SMQError) -> ReceivedBatch

    /// Deletes 1...16 messages by their newest handles.
    ///
    /// - Parameter limit: when to give the answer up, if earlier than the client's own limit: a lease may end before that.
    /// - Returns: The entries that failed; empty when all are deleted.
    /// - Throws: `SMQError` when the whole call failed.
    func delete(_ handles: [ReceiptHandle], within limit: Duration?) async throws(SMQError) -> [DeleteFailure]

    /// Makes the message visible again `timeout` (1...43,200 s, whole seconds) from now. The handle passed in is dead after success.
    ///
    /// Never repeated by the transport: if the first one worked, its new handle would be lost. `SMQError.effect` says whether it may have.
    ///
    /// - Parameter limit: as in `delete`.
    func changeVisibility(
        of handle: ReceiptHandle, to timeout: Duration, within limit: Duration?
    ) async throws(SMQError) -> RenewedLease

    /// The queue's settings and approximate counts.
    func attributes() async throws(SMQError) -> QueueAttributes

    /// Sends 1...16 messages, at most 65,536 bytes in all.
    ///
    /// - Returns: One result for each message, in their order.
    func send(_ messages: [OutgoingMessage]) async throws(SMQError) -> [Result<SentMessage, EntryFailure>]
}

extension MessageQueue {
    package func delete(_ handles: [ReceiptHandle]) async throws(SMQError) -> [DeleteFailure] {
        try await delete(handles, within: nil)
    }

    package func changeVisibility(of handle: ReceiptHandle, to timeout: Duration) async throws(SMQError) -> RenewedLease {
        try await changeVisibility(of: handle, to: timeout, within: nil)
    }
}
