/// A message to send: SendMessage and entries of BatchSendMessage.
package struct OutgoingMessage: Sendable, Equatable {
    /// At most 65,536 bytes of UTF-8 without characters that XML forbids; sent as it is, not base64-encoded.
    package var body: [UInt8]
    /// 0...604,800 s; nil takes the queue's.
    package var delay: Duration?
    /// 1 (first) to 16; nil takes the default, 8.
    package var priority: Int?
    package var userProperties: [MessageProperty]
    /// `traceparent`, `baggage` and the like; type `STRING`.
    package var systemProperties: [MessageProperty]
    /// FIFO queues only.
    package var groupID: String?

    package init(
        body: [UInt8], delay: Duration? = nil, priority: Int? = nil, userProperties: [MessageProperty] = [],
        systemProperties: [MessageProperty] = [], groupID: String? = nil
    ) {
        self.body = body
        self.delay = delay
        self.priority = priority
        self.userProperties = userProperties
        self.systemProperties = systemProperties
        self.groupID = groupID
    }
}
