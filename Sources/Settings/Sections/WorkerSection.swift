/// How a worker takes and handles deliveries: section `[worker]`. The initial values are the defaults of the keys.
package struct WorkerSection: Sendable, Equatable {
    /// What becomes of an event that no handler takes.
    package enum Unhandled: String, Sendable, CaseIterable {
        case deadLetter = "dead-letter"
        case delete
    }

    /// Deliveries handled at the same time in one process, 1...1024.
    package var concurrency = 64
    /// Worker processes, 1...256.
    package var processes = 1
    /// Bad ends after which a message becomes a dead letter, 1...100.
    package var maxAttempts = 3
    /// Receives of one queue that may wait at the same time, 1...16.
    package var pollers = 4
    /// How long one receive may wait on the server for a message, 0s...30s, in whole seconds: a part of one is rounded up.
    package var pollWait: Duration = .seconds(20)
    /// Limit on one HTTP exchange, receives with their wait included, 1s...10m. At least `exchangeMargin` longer than `pollWait`, or
    /// every quiet poll would end as a time-out. Calls that do not wait get no more than 15 s of it.
    package var exchangeTimeout: Duration = .seconds(35)
    /// When a handler is cancelled, 100ms...12h.
    package var softLimit: Duration = .seconds(600)
    /// When its slot is taken from a handler that ignores the cancellation; longer than `softLimit`.
    package var hardLimit: Duration = .seconds(660)
    /// How long one delivery may be held in all, renewals included, 1s...7d.
    package var holdLimit: Duration = .seconds(12 * 3600)
    /// How long a stop may take, 0s...1h.
    package var drainLimit: Duration = .seconds(25)
    /// Delay before the first retry, doubled for each one after it, 1s...12h.
    package var retryBase: Duration = .seconds(10)
    /// The longest such delay, 1s...12h; not shorter than `retryBase`.
    package var retryCap: Duration = .seconds(900)
    /// How long a delete may wait for others to share its call, 0s...1s.
    package var ackLinger: Duration = .milliseconds(5)
    /// Handlers that ignored their cancellation, after which the process drains and starts anew, 0...1024; 0 is never.
    package var stuckLimit = 8
    package var unhandled = Unhandled.deadLetter
    /// Event types that are deleted without a handler.
    package var ignoredEvents: [String] = []
    /// Where dead letters and attempts are kept; relative to the working directory.
    package var stateDirectory = "./state"
    package var logLevel = LogLevel.info

    /// The least that an exchange must be allowed beyond the wait it asks for: the answer has to travel.
    package static let exchangeMargin: Duration = .seconds(1)

    /// What a receive gets on top of its wait.
    package var receiveMargin: Duration { exchangeTimeout - pollWait }
    /// Limit on a call that does not wait.
    package var callLimit: Duration { min(exchangeTimeout, .seconds(15)) }

    package init() {}

    init(_ section: ConfSection) {
        concurrency = section.integer("concurrency", in: 1...1024, default: concurrency)
        processes = section.integer("processes", in: 1...256, default: processes)
        maxAttempts = section.integer("max_attempts", in: 1...100, default: maxAttempts)
        pollers = section.integer("pollers", in: 1...16, default: pollers)
        pollWait = section.duration("poll_wait", in: .zero ... .seconds(30), default: pollWait)
        if pollWait.components.attoseconds > 0 { pollWait = .seconds(pollWait.components.seconds + 1) }
        exchangeTimeout = section.duration("exchange_timeout", in: .seconds(1) ... .seconds(600), default: exchangeTimeout)
        softLimit = section.duration("soft_limit", in: .milliseconds(100) ... .seconds(43_200), default: softLimit)
        hardLimit = section.duration("hard_limit", in: .milliseconds(100) ... .seconds(86_400), default: hardLimit)
        holdLimit = section.duration("hold_limit", in: .seconds(1) ... .seconds(604_800), default: holdLimit)
        drainLimit = section.duration("drain_limit", in: .zero ... .seconds(3600), default: drainLimit)
        retryBase = section.duration("retry_base", in: .seconds(1) ... .seconds(43_200), default: retryBase)
        retryCap = section.duration("retry_cap", in: .seconds(1) ... .seconds(43_200), default: retryCap)
        ackLinger = section.duration("ack_linger", in: .zero ... .seconds(1), default: ackLinger)
        stuckLimit = section.integer("stuck_limit", in: 0...1024, default: stuckLimit)
        unhandled = section.choice("unhandled", default: unhandled)
        ignoredEvents = section.list("ignored_events", default: ignoredEvents)
        stateDirectory = section.string("state_dir", default: stateDirectory)
        logLevel = section.choice("log_level", default: logLevel)

        section.require(
            exchangeTimeout >= pollWait + Self.exchangeMargin, "exchange_timeout", "must be at least 1s longer than", "poll_wait")
        section.require(hardLimit > softLimit, "hard_limit", "must be longer than", "soft_limit")
        section.require(retryCap >= retryBase, "retry_cap", "must not be shorter than", "retry_base")
    }
}
