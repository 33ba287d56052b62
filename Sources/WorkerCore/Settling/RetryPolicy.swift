/// How long a message waits after a bad end: exponential with full jitter and a cap, never under 1 s.
package struct RetryPolicy: Sendable, Equatable {
    /// The longest wait after the first bad end; doubles with each further one.
    package var base: Duration
    package var cap: Duration
    /// The bad end that dead-letters the message.
    package var maximumAttempts: Int

    package init(base: Duration = .seconds(10), cap: Duration = .seconds(900), maximumAttempts: Int = 3) {
        self.base = base
        self.cap = cap
        self.maximumAttempts = maximumAttempts
    }

    /// - Parameters:
    ///   - attempts: bad ends so far, 1 or more.
    ///   - random: uniform in 0..<1.
    package func delay(after attempts: Int, random: Double) -> Duration {
        var longest = base
        for _ in 1..<max(2, min(attempts, 40)) where attempts > 1 && longest < cap { longest = min(cap, longest * 2) }
        return max(.seconds(1), min(longest, cap) * random)
    }
}
