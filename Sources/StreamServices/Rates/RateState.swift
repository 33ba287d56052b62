/// The calls of one kind that were made lately, by all processes together, and how much slower than allowed it goes for now.
///
/// Calls are given their moments in advance, so that those who have to wait do not all ask again. In no stretch of a second, or of a
/// minute, there are more than the limit allows: a bucket that refills while it is drained would let twice as many through.
package struct RateState: Codable, Sendable, Equatable {
    private static let second: Int64 = 1000
    private static let minute: Int64 = 60_000
    /// Calls travel; two that leave a window apart may arrive closer together, the more so the longer the window.
    private static func margin(_ window: Int64) -> Int64 { max(50, window / 60) }
    /// The longest that a call waits for its moment. Moments further ahead come from a clock that was set back.
    private static let longest: Int64 = 60_000
    /// After so long without a 429 the rate goes up again by one step.
    private static let recovery: Int64 = 60_000
    private static let slowest = 4
    /// Calls that were answered with 429 within so long were too fast at the same rate: they count once.
    private static let burst: Int64 = 10_000

    /// When calls are made, Unix milliseconds, ascending; no more than the limits need.
    private var moments: [Int64] = []
    /// Each step halves the rate.
    private var slowness = 0
    private var slowedAt: Int64 = 0

    package init() {}

    /// - Parameter now: Unix milliseconds.
    /// - Returns: When the call may be made, now or later; nil if so many wait that it would be more than a minute.
    package mutating func reserve(_ limit: RateLimit, at now: Int64) -> Int64? {
        recover(at: now)
        if let last = moments.last, last > now + Self.longest { moments = [] }
        moments.removeAll { $0 <= now - Self.minute - Self.margin(Self.minute) }
        var moment = max(now, moments.last ?? now)
        for (count, window) in [(limit.perSecond, Self.second), (limit.perMinute ?? .max, Self.minute)] {
            let allowed = max(1, count >> slowness)
            if moments.count >= allowed { moment = max(moment, moments[moments.count - allowed] + window + Self.margin(window)) }
        }
        guard moment <= now + Self.longest else { return nil }
        moments.append(moment)
        return moment
    }

    /// A call was answered with 429: somebody else calls too, or the limits are not what they were.
    package mutating func throttled(at now: Int64) {
        recover(at: now)
        guard slowness == 0 || now - slowedAt >= Self.burst else { return }
        slowness = min(slowness + 1, Self.slowest)
        slowedAt = now
    }

    /// What a person wants to know: how many calls were made in the last minute, and how often the rate is halved for now.
    package func use(at now: Int64) -> (lastMinute: Int, halvings: Int) {
        var state = self
        state.recover(at: now)
        return (moments.count { $0 > now - Self.minute && $0 <= now }, state.slowness)
    }

    private mutating func recover(at now: Int64) {
        guard slowness > 0 else { return }
        if now < slowedAt { slowedAt = now }
        let steps = (now - slowedAt) / Self.recovery
        slowness = max(0, slowness - Int(min(steps, Int64(Self.slowest))))
        slowedAt += steps * Self.recovery
    }
}
