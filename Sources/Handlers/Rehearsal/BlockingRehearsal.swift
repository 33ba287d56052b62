import Foundation
package import WorkerCore

/// `Rehearsal` for handlers that block their thread: a synchronous client, a long computation.
///
/// Keys of `[handlers.blocking-rehearsal]`: see `RehearsalPlan`. Cancellation is seen within 50 ms. Never for production.
package struct BlockingRehearsal: CatchAllHandler {
    package static let name = "blocking-rehearsal"
    package static let summary = "like rehearsal, but blocks its thread while it sleeps; to try a deployment"
    package static let isBlocking = true

    private let run: RehearsalRun

    package init(_ plan: RehearsalPlan) { run = RehearsalRun(plan) }
    package init(_ settings: HandlerSettings) { self.init(RehearsalPlan(settings)) }

    package func start() async throws { try run.log.open() }
    package func wants(_ event: IncomingEvent) -> Bool { event.isAmong(run.plan.events) }
    package func stop() async { run.log.close() }

    package func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict {
        let ignoresCancellation = run.plan.ignoresCancellation
        return try await run.perform(event, context) { duration in
            let end = ContinuousClock.now + duration
            while ContinuousClock.now < end {
                if !ignoresCancellation { try Task.checkCancellation() }
                usleep(UInt32(min(end - .now, .milliseconds(50)).inSeconds * 1_000_000).clampedToOne)
            }
        }
    }
}

extension UInt32 {
    /// At least 1, so that a wait never spins.
    fileprivate var clampedToOne: UInt32 { Swift.max(self, 1) }
}
