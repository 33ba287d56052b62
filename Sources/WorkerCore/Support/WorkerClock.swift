package import struct Foundation.Date

/// Time as the engine sees it. Leases, limits and back-offs run on the monotonic clock; the wall clock is for records only.
package protocol WorkerClock: Sendable {
    /// Monotonic; goes on while the machine sleeps.
    var now: ContinuousClock.Instant { get }
    /// For people and records; may step.
    var wall: Date { get }
    /// Returns at `deadline`, or earlier when the task is cancelled.
    func sleep(until deadline: ContinuousClock.Instant) async
}

extension WorkerClock {
    package func sleep(for duration: Duration) async { await sleep(until: now + duration) }
}

/// The real clock, its sleeps served by the engine's own threads: handlers that block the shared pool cannot delay them.
package struct EngineClock: WorkerClock {
    private let engine: ThreadExecutor

    package init(engine: ThreadExecutor) { self.engine = engine }

    package var now: ContinuousClock.Instant { .now }
    package var wall: Date { Date() }
    package func sleep(until deadline: ContinuousClock.Instant) async { await engine.sleep(until: deadline) }
}
