/// What can be set on a queue: CreateQueue and SetQueueAttributes. Absent values keep the default, or what is set.
package struct QueueSettings: Sendable, Equatable {
    /// 0...604,800 s, default 0.
    package var delay: Duration?
    /// 1,024...65,536 bytes, default 65,536.
    package var maximumMessageSize: Int?
    /// 60...604,800 s, default 345,600.
    package var retention: Duration?
    /// 1...43,200 s, default 30.
    package var visibilityTimeout: Duration?
    /// 0...30 s, default 0.
    package var pollingWait: Duration?
    /// Default false.
    package var loggingEnabled: Bool?

    package init(
        delay: Duration? = nil, maximumMessageSize: Int? = nil, retention: Duration? = nil,
        visibilityTimeout: Duration? = nil, pollingWait: Duration? = nil, loggingEnabled: Bool? = nil
    ) {
        self.delay = delay
        self.maximumMessageSize = maximumMessageSize
        self.retention = retention
        self.visibilityTimeout = visibilityTimeout
        self.pollingWait = pollingWait
        self.loggingEnabled = loggingEnabled
    }
}

/// GetQueueAttributes. The counts are approximate and late; the vendor is withdrawing them (they will read 0).
package struct QueueAttributes: Sendable, Equatable {
    package var name: String
    package var delay: Duration
    package var maximumMessageSize: Int
    package var retention: Duration
    package var visibilityTimeout: Duration
    package var pollingWait: Duration
    package var loggingEnabled: Bool
    package var created: ServerTime
    package var lastModified: ServerTime
    package var activeMessages: Int
    package var inactiveMessages: Int
    package var delayedMessages: Int

    package init(
        name: String, delay: Duration = .zero, maximumMessageSize: Int = 65_536, retention: Duration = .seconds(345_600),
        visibilityTimeout: Duration = .seconds(30), pollingWait: Duration = .zero, loggingEnabled: Bool = false,
        created: ServerTime, lastModified: ServerTime, activeMessages: Int = 0, inactiveMessages: Int = 0, delayedMessages: Int = 0
    ) {
        self.name = name
        self.delay = delay
        self.maximumMessageSize = maximumMessageSize
        self.retention = retention
        self.visibilityTimeout = visibilityTimeout
        self.pollingWait = pollingWait
        self.loggingEnabled = loggingEnabled
        self.created = created
        self.lastModified = lastModified
        self.activeMessages = activeMessages
        self.inactiveMessages = inactiveMessages
        self.delayedMessages = delayedMessages
    }
}
