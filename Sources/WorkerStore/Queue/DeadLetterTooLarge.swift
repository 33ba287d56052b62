/// A dead letter that its queue cannot hold.
package struct DeadLetterTooLarge: Error, Sendable, Equatable, CustomStringConvertible {
    package var messageID: String
    package var size: Int
    package var queue: String
    package var limit: Int

    package var description: String {
        """
        the body of message \(messageID) has \(size) bytes, but the dead-letter queue \(queue) holds \(limit) a message; \
        raise its MaximumMessageSize
        """
    }
}
