package import SMQProtocol

/// A queue's settings with nothing left open: what was asked for, the defaults elsewhere. Ranges are the codec's to check.
package struct QueueOptions: Sendable, Equatable {
    /// Seconds.
    package private(set) var delay = 0
    /// Bytes.
    package private(set) var maximumMessageSize = 65_536
    /// Seconds.
    package private(set) var retention = 345_600
    /// Seconds.
    package private(set) var visibilityTimeout = 30
    /// Seconds.
    package private(set) var pollingWait = 0
    package private(set) var loggingEnabled = false

    /// CreateQueue: absent settings count as defaults.
    package init(_ settings: QueueSettings = QueueSettings()) { apply(settings) }

    /// SetQueueAttributes: absent settings stay as they are.
    package mutating func apply(_ settings: QueueSettings) {
        delay = Self.seconds(settings.delay) ?? delay
        maximumMessageSize = settings.maximumMessageSize ?? maximumMessageSize
        retention = Self.seconds(settings.retention) ?? retention
        visibilityTimeout = Self.seconds(settings.visibilityTimeout) ?? visibilityTimeout
        pollingWait = Self.seconds(settings.pollingWait) ?? pollingWait
        loggingEnabled = settings.loggingEnabled ?? loggingEnabled
    }

    private static func seconds(_ value: Duration?) -> Int? { value.map { Int($0.components.seconds) } }
}
