import SMQProtocol

/// When to ask the queue, for how long, and with how many pollers: a plain state machine.
///
/// One long poll while idle; more pollers as batches come full; a quick "empty" is the service's way to throttle long polls and
/// slows down; errors back off with full jitter and are over with the first answer.
struct PollPlan: Sendable {
    enum Kind: Sendable, Equatable { case main, extra }

    enum Next: Sendable, Equatable {
        /// Ask again after the pause.
        case again(after: Duration)
        /// An extra poller that is not needed any more.
        case retire
    }

    let longestWait: Duration
    let maximumPollers: Int
    private(set) var pollers = 1
    /// The last batch came full: there is more than one call can take.
    private(set) var isBusy = false
    private var quickEmpties = 0
    private var errors = 0
    private var idlePolls = 0

    init(longestWait: Duration, maximumPollers: Int) {
        self.longestWait = longestWait
        self.maximumPollers = maximumPollers
    }

    /// How long the next receive waits on the server. Idle polls are jittered so that many processes do not ask in step.
    func wait(_ kind: Kind, random: Double) -> Duration {
        guard kind == .main else { return .zero }
        guard idlePolls > 1, longestWait >= .seconds(4) else { return longestWait }
        return .seconds(Double(longestWait.components.seconds) * (0.8 + 0.2 * random))
    }

    /// A receive was answered.
    ///
    /// - Returns: What this poller does next, and whether another poller is to be started.
    mutating func answered(
        _ kind: Kind, count: Int, asked: Int, wait: Duration, elapsed: Duration, random: Double
    ) -> (next: Next, startAnother: Bool) {
        errors = 0
        guard count > 0 else {
            if kind == .extra { return (retire(), false) }
            isBusy = false
            idlePolls += 1
            // Never to wait on the server is a setting: then the wait is here.
            if longestWait == .zero { return (.again(after: min(.milliseconds(100) * (1 << min(idlePolls - 1, 4)), .seconds(1))), false) }
            // A poll without a wait is empty at once by nature.
            guard wait > .zero, elapsed < wait / 2 else {
                quickEmpties = 0
                return (.again(after: .zero), false)
            }
            quickEmpties += 1
            let pause = min(.seconds(1) * (1 << min(quickEmpties - 1, 5)), .seconds(15))
            return (.again(after: pause * (0.75 + random / 2)), false)
        }
        idlePolls = 0
        quickEmpties = 0
        let isFull = count >= min(asked, SMQLimits.maximumBatch)
        isBusy = isFull
        if kind == .extra && count * 2 < asked { return (retire(), false) }
        let startAnother = isFull && asked >= SMQLimits.maximumBatch && pollers < maximumPollers
        if startAnother { pollers += 1 }
        return (.again(after: .zero), startAnother)
    }

    /// A receive failed. Extra pollers go: one is enough to find out when the trouble is over.
    mutating func failed(_ kind: Kind, isRetryable: Bool, random: Double) -> Next {
        isBusy = false
        if kind == .extra { return retire() }
        errors += 1
        // What asking again cannot help (no such queue, wrong key) is asked slowly from the start.
        let longest: Duration = isRetryable ? min(.seconds(1) * (1 << min(errors - 1, 5)), .seconds(10)) : .seconds(10)
        return .again(after: max(.milliseconds(200), longest * random))
    }

    private mutating func retire() -> Next {
        pollers -= 1
        return .retire
    }
}
