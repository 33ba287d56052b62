import Dispatch
package import WorkerCore

/// Plays a handler that takes time, fails, gives up or crashes, as its settings say: to try a deployment before real work runs on it.
///
/// Keys of `[handlers.rehearsal]`: see `RehearsalPlan`. Never for production: `trap_on` ends the process on purpose.
package struct Rehearsal: CatchAllHandler {
    package static let name = "rehearsal"
    package static let summary = "sleeps, fails, gives up or crashes as told; to try a deployment, not for production"

    private let run: RehearsalRun

    package init(_ plan: RehearsalPlan) { run = RehearsalRun(plan) }
    package init(_ settings: HandlerSettings) { self.init(RehearsalPlan(settings)) }

    package func start() async throws { try run.log.open() }
    package func wants(_ event: IncomingEvent) -> Bool { event.isAmong(run.plan.events) }
    package func stop() async { run.log.close() }

    package func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict {
        let ignoresCancellation = run.plan.ignoresCancellation
        return try await run.perform(event, context) { duration in
            guard ignoresCancellation else { return try await Task.sleep(for: duration) }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().asyncAfter(deadline: .now() + duration.inSeconds) { continuation.resume() }
            }
        }
    }
}

extension Duration {
    /// For APIs that count in seconds.
    var inSeconds: Double { self / .seconds(1) }
}
