package import MediaEvents

/// How one queue is worked on.
package struct QueueWorkerOptions: Sendable {
    /// The queue's name in configuration, logs and dead letters.
    package var label: String
    /// Deliveries handled at the same time.
    package var concurrency = 64
    /// Receives under way at the same time, at most.
    package var pollers = 4
    /// Whole seconds.
    package var pollWait: Duration = .seconds(20)
    /// How much longer than its wait a receive may take before the watchdog gives it up. Longer than the client's own margin.
    package var pollMargin: Duration = .seconds(20)
    package var limits = HandlerLimits()
    package var retry = RetryPolicy()
    /// How long a delete may wait for others to share its call.
    package var ackLinger: Duration = .milliseconds(5)
    /// How long a stop may take, hand-backs included.
    package var drainLimit: Duration = .seconds(25)
    package var deletesUnhandled = false
    package var ignoredEvents: Set<String> = []
    package var encoding = BodyEncoding.auto
    /// End when the queue is empty.
    package var untilEmpty = false

    package init(label: String) { self.label = label }
}
