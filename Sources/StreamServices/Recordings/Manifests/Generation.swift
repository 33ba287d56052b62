/// What one recorder wrote: before any failover, or after the n-th.
struct Generation: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number of `bak<n>_`; nil before any failover.
    let failover: DigitText?

    init(_ failover: DigitText?) { self.failover = failover }

    /// - Parameter number: 0 before any failover.
    init(_ number: Int) { failover = number == 0 ? nil : DigitText("\(number - 1)") }

    /// 0 before any failover; nil if it is too large to be one.
    var number: Int? {
        guard let failover else { return 0 }
        return Int(failover.text).flatMap { $0 < Int.max ? $0 + 1 : nil }
    }

    /// `none`, `bak0`, `bak1`, ...
    var description: String { failover.map { "bak\($0.text)" } ?? "none" }

    static func < (one: Generation, other: Generation) -> Bool {
        guard let left = one.failover else { return other.failover != nil }
        guard let right = other.failover else { return false }
        return left < right
    }
}

/// A track as a key with an order; without one it is the mix of all users.
struct TrackKey: Hashable, Sendable, Comparable {
    let track: RecordingFileName.Track?

    init(_ track: RecordingFileName.Track?) { self.track = track }

    static func < (one: TrackKey, other: TrackKey) -> Bool {
        guard let left = one.track else { return other.track != nil }
        guard let right = other.track else { return false }
        return (left.uid, left.type) < (right.uid, right.type)
    }
}
