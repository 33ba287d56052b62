/// One delivery as the server describes it: elements of ReceiveMessage and BatchReceiveMessage.
package struct ReceivedMessage: Sendable, Equatable {
    /// 32 upper-case hex digits today; opaque.
    package var id: String
    /// Upper-case hex, empty if the server left it out. Never a reason to reject (it differs when properties are present).
    package var bodyMD5: String
    /// The body's UTF-8 bytes as sent, after XML unescaping; not base64-decoded.
    package var body: [UInt8]
    package var receiptHandle: ReceiptHandle
    package var enqueueTime: ServerTime
    package var firstDequeueTime: ServerTime
    /// End of this lease by the server's clock.
    package var nextVisibleTime: ServerTime
    /// Receives including this one: 1 at first.
    package var dequeueCount: Int
    /// 1 (first) to 16.
    package var priority: Int
    package var userProperties: [MessageProperty]
    package var systemProperties: [MessageProperty]
    package var groupID: String?

    package init(
        id: String, bodyMD5: String = "", body: [UInt8], receiptHandle: ReceiptHandle, enqueueTime: ServerTime,
        firstDequeueTime: ServerTime, nextVisibleTime: ServerTime, dequeueCount: Int = 1, priority: Int = 8,
        userProperties: [MessageProperty] = [], systemProperties: [MessageProperty] = [], groupID: String? = nil
    ) {
        self.id = id
        self.bodyMD5 = bodyMD5
        self.body = body
        self.receiptHandle = receiptHandle
        self.enqueueTime = enqueueTime
        self.firstDequeueTime = firstDequeueTime
        self.nextVisibleTime = nextVisibleTime
        self.dequeueCount = dequeueCount
        self.priority = priority
        self.userProperties = userProperties
        self.systemProperties = systemProperties
        self.groupID = groupID
    }
}

/// The answer of one receive: what was leased, and when the answer arrived.
package struct ReceivedBatch: Sendable {
    /// 0...16 deliveries, in no promised order; one may have been delivered before.
    package var messages: [ReceivedMessage]
    /// When the server can have leased them at the earliest, on this machine's monotonic clock: the arrival of the answer less
    /// its travel time. A lease counts from here.
    package var leasedAt: ContinuousClock.Instant
    /// The `Date` header of the same answer, if readable: the server's clock, to the second.
    package var serverDate: ServerTime?

    package init(messages: [ReceivedMessage], leasedAt: ContinuousClock.Instant, serverDate: ServerTime? = nil) {
        self.messages = messages
        self.leasedAt = leasedAt
        self.serverDate = serverDate
    }
}
