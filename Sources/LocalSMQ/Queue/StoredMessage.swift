package import SMQProtocol

/// The part of a message that never changes between its send and its end.
///
/// An object, so that queue, journal and answers share one copy of the body.
package final class StoredMessage: Sendable {
    /// 32 upper-case hex digits.
    package let id: String
    /// The body's UTF-8 bytes as sent.
    package let body: [UInt8]
    /// Upper-case hex MD5 of `body`.
    package let bodyMD5: String
    /// 1 (first) to 16.
    package let priority: Int
    package let userProperties: [MessageProperty]
    package let systemProperties: [MessageProperty]
    package let groupID: String?

    package init(
        id: String, body: [UInt8], bodyMD5: String, priority: Int = 8, userProperties: [MessageProperty] = [],
        systemProperties: [MessageProperty] = [], groupID: String? = nil
    ) {
        self.id = id
        self.body = body
        self.bodyMD5 = bodyMD5
        self.priority = priority
        self.userProperties = userProperties
        self.systemProperties = systemProperties
        self.groupID = groupID
    }
}
