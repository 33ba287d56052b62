import WorkerCore

/// One rehearsed event from start to end; how the time passes is up to the plugin.
struct RehearsalRun: Sendable {
    let plan: RehearsalPlan
    let log: RehearsalLog

    init(_ plan: RehearsalPlan) {
        self.plan = plan
        log = RehearsalLog(path: plan.logFile)
    }

    func perform(_ event: IncomingEvent, _ context: HandlerContext, sleep: (Duration) async throws -> Void) async throws -> Verdict {
        try log.started(context)
        let verdict: Verdict
        do {
            if plan.sleep > .zero { try await sleep(plan.sleep) }
            verdict = try plan.ending(of: event)
        } catch {
            try log.ended(context, result: error is CancellationError ? "cancelled" : "failed")
            throw error
        }
        try log.ended(context, result: verdict.word)
        return verdict
    }
}

extension Verdict {
    fileprivate var word: String {
        switch self {
        case .done: "done"
        case .retry: "retry"
        case .deadLetter: "dead-letter"
        case .snooze: "snooze"
        }
    }
}
