import SMQProtocol
import WorkerStore

extension DeadLetterDesk {
    /// Replays one letter into an outbox.
    func replay(_ id: String, force: Bool = false, to outbox: Outbox) async throws -> ReplayOutcome? {
        var outcome: ReplayOutcome?
        try await replay([id], force: force) {
            try outbox.send($0, $1)
        } report: { _, result in
            outcome = result
        }
        return outcome
    }
}

extension ReplayOutcome {
    /// The case and its plain values, to compare in tests.
    var summary: String {
        switch self {
        case .sent(let message): "sent \(message.id)"
        case .alreadyReplayed(let replay): "replayed as \(replay.messageID)"
        case .claimed: "claimed"
        case .unsendable(let reason): "unsendable: \(reason)"
        case .notFound: "not found"
        case .failed(let error): "failed: \(error)"
        case .sentNotMarked(let message, _): "sent \(message.id), not marked"
        }
    }
}
