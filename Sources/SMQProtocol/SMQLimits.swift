/// What the service accepts, in one place: checked by the client before sending and by the local server on arrival.
///
/// Source: Alibaba Cloud, Simple Message Queue (formerly MNS), limits of the 2015-06-06 API.
package enum SMQLimits {
    /// Messages or handles in one batch call.
    package static let maximumBatch = 16
    /// How long one receive may wait on the server. Zero asks without waiting.
    package static let wait: ClosedRange<Duration> = .zero ... .seconds(30)
    /// A lease's length, set on the queue or by ChangeMessageVisibility. Never zero: one second hands a message back at once.
    package static let visibilityTimeout: ClosedRange<Duration> = .seconds(1) ... .seconds(43_200)
    /// How long a sent message may stay hidden before its first receive.
    package static let delay: ClosedRange<Duration> = .zero ... .seconds(604_800)
    /// How long a message is kept, counted from its send.
    package static let retention: ClosedRange<Duration> = .seconds(60) ... .seconds(604_800)
    /// Bytes of body text as sent, of one message or of a whole batch send.
    package static let maximumMessageBytes = 65_536
    /// What a queue's own `MaximumMessageSize` may be, in bytes.
    package static let maximumMessageSize = 1_024...65_536
    /// 1 is delivered first.
    package static let priority = 1...16
    /// Queues in one answer of ListQueue.
    package static let listedQueues = 1...1_000
    /// Characters of a queue name.
    package static let queueNameLength = 120
    package static let userProperties = 50
    package static let propertyNameLength = 256
    package static let propertyValueLength = 4_096
    /// How far a request's `Date` may be off the server's clock, either way.
    package static let dateWindow: Duration = .seconds(900)
}
