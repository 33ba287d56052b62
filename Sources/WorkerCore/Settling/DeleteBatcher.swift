import SMQProtocol
import Synchronization

/// Gathers deletes for a few milliseconds, up to 16 in one call, and tells each delivery its own result.
final class DeleteBatcher: Sendable {
    struct Entry: Sendable {
        let handle: ReceiptHandle
        let leaseDeadline: ContinuousClock.Instant
        /// Called once with the result of this entry; nil is success.
        let report: @Sendable (SMQError?) -> Void
    }

    private struct State {
        var pending: [Entry] = []
        var lingers = false
    }
    private let queue: any MessageQueue
    private let engine: Engine
    private let linger: Duration
    private let inHand: InHand
    private let state = Mutex(State())

    init(queue: any MessageQueue, engine: Engine, linger: Duration, inHand: InHand) {
        self.queue = queue
        self.engine = engine
        self.linger = linger
        self.inHand = inHand
    }

    func add(_ entry: Entry) {
        enum Next {
            case flush([Entry])
            case linger, wait
        }
        let held = inHand.count
        let next: Next = state.withLock { state in
            state.pending.append(entry)
            // Full, or nobody is left whose delete could join: waiting would gain nothing.
            if state.pending.count >= SMQLimits.maximumBatch || state.pending.count >= held {
                defer { state.pending = [] }
                return .flush(state.pending)
            }
            if state.lingers { return .wait }
            state.lingers = true
            return .linger
        }
        switch next {
        case .wait: break
        case .flush(let batch): engine.spawn { await self.delete(batch) }
        case .linger:
            engine.spawn {
                await self.engine.clock.sleep(for: self.linger)
                let batch = self.state.withLock { state in
                    state.lingers = false
                    defer { state.pending = [] }
                    return state.pending
                }
                if !batch.isEmpty { await self.delete(batch) }
            }
        }
    }

    /// A delete that failed before: alone, so that one bad handle cannot spoil the others.
    func addAlone(_ entry: Entry) {
        engine.spawn { await self.delete([entry]) }
    }

    private func delete(_ batch: [Entry]) async {
        do throws(SMQError) {
            let failures = try await queue.delete(batch.map(\.handle), within: limit(of: batch))
            guard !failures.isEmpty else {
                for entry in batch { entry.report(nil) }
                return
            }
            let byHandle = Dictionary(failures.map { ($0.handle, $0.failure) }, uniquingKeysWith: { first, _ in first })
            for entry in batch {
                entry.report(byHandle[entry.handle].map { SMQError($0, queue: queue.name) })
            }
        } catch {
            var error = error
            // One bad handle can get the whole call refused: which one it is, each finds out alone.
            if batch.count > 1, error.code.meansLeaseLost { error.code = .batchRefused }
            for entry in batch { entry.report(error) }
        }
    }

    /// Half of what is left of the shortest lease, at least 1 s: a lost answer then leaves time to ask again.
    private func limit(of batch: [Entry]) -> Duration {
        let now = engine.clock.now
        return max((batch.map { now.duration(to: $0.leaseDeadline) }.min() ?? .zero) / 2, .seconds(1))
    }
}

extension LeaseMachine.Failure {
    init(_ error: SMQError) {
        self = error.code.meansLeaseLost ? .refused : error.effect == .none ? .notDone : .unknown
    }
}

extension SMQError {
    /// Of one entry of a batch.
    fileprivate init(_ failure: EntryFailure, queue: String) {
        self.init(
            code: failure.code, operation: "BatchDeleteMessage", queue: queue, message: failure.message, effect: .none)
    }
}

extension SMQError.Code {
    fileprivate static let batchRefused = SMQError.Code("Client.BatchRefused")
}
