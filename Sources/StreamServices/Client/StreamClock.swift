/// Time as stream services see it: monotonic for waits, the wall clock for what other processes and hosts see.
package protocol StreamClock: Sendable {
    var now: ContinuousClock.Instant { get }
    var unixMilliseconds: Int64 { get }
    /// How much faster it runs than real time, where answers travel.
    var speed: Double { get }
    /// Returns at `deadline`, or earlier when the task is cancelled.
    func sleep(until deadline: ContinuousClock.Instant) async
}

extension StreamClock {
    package var speed: Double { 1 }
}
