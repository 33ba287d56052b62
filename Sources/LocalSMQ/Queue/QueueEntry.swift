import SMQProtocol

/// A message and where it stands.
struct QueueEntry: Sendable {
    enum State: Sendable {
        case delayed, active, inactive
    }

    let message: StoredMessage
    let enqueuedAt: Int64
    /// The message is gone from this moment on, whatever its state.
    let expiresAt: Int64
    var state: State
    /// End of the delay or of the lease; no meaning while active.
    var visibleAt: Int64
    /// Of the newest handle; no meaning while active.
    var ticket: UInt64
    var firstDequeuedAt: Int64?
    var dequeueCount = 0

    /// As an answer shows it. A message that was never received shows its enqueue time as its first dequeue time.
    func described(by handle: ReceiptHandle) -> ReceivedMessage {
        ReceivedMessage(
            id: message.id, bodyMD5: message.bodyMD5, body: message.body, receiptHandle: handle,
            enqueueTime: ServerTime(milliseconds: enqueuedAt),
            firstDequeueTime: ServerTime(milliseconds: firstDequeuedAt ?? enqueuedAt),
            nextVisibleTime: ServerTime(milliseconds: visibleAt), dequeueCount: dequeueCount, priority: message.priority,
            userProperties: message.userProperties, systemProperties: message.systemProperties, groupID: message.groupID)
    }
}
