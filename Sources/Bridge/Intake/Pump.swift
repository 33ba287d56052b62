package import SMQProtocol
import Synchronization
package import WorkerCore
package import WorkerStore

/// Brings notices that the queue did not take from the dead-letter store to the queue, oldest first, when the queue is back.
///
/// Those that no message can hold (`too large`) are never tried. One pump at a time among processes, by a claim in the store.
package final class Pump: Sendable {
    /// Between two looks; doubled up to a minute while the queue does not answer.
    static let interval: Duration = .seconds(2)
    private static let longest: Duration = .seconds(60)
    /// Letters sent in one round under one claim.
    private static let batch = 20
    /// More than a batch can take, and how long the pump rests after one was killed.
    private static let claimTime: Duration = .seconds(60)

    private let desk: any DeadLetterDesk
    private let claim: any PumpClaim
    private let queue: any MessageQueue
    private let label: String
    private let clock: any WorkerClock
    private let pumped: @Sendable () -> Void
    private let trouble: BridgeTrouble
    /// Letters that no queue will take, by id; forgotten with the process.
    private let refused = Mutex<Set<String>>([])
    private var skipped: Set<String> { refused.withLock { $0 } }

    package init(
        desk: any DeadLetterDesk, claim: any PumpClaim, queue: any MessageQueue, label: String, clock: any WorkerClock,
        trouble: BridgeTrouble,
        pumped: @escaping @Sendable () -> Void = {}
    ) {
        self.desk = desk
        self.claim = claim
        self.queue = queue
        self.label = label
        self.clock = clock
        self.pumped = pumped
        self.trouble = trouble
    }

    /// Runs until the task is cancelled.
    package func run() async {
        var pause = Self.interval
        while !Task.isCancelled {
            await clock.sleep(for: pause)
            if Task.isCancelled { return }
            switch await round() {
            case .more: pause = .milliseconds(10)
            case .idle: pause = Self.interval
            case .failed: pause = min(max(pause, Self.interval) * 2, Self.longest)
            }
        }
    }

    enum Round: Equatable { case idle, more, failed }

    /// Sends what there is, up to a batch; ends with the first that the queue does not take.
    func round() async -> Round {
        do {
            // The claim is a write, so it is asked for only when there is work. What another pump did meanwhile shows in the letters.
            let ids = try await next()
            guard !ids.isEmpty, try await claim.take(for: Self.claimTime) else { return .idle }
            let failure = try await send(ids)
            try await claim.giveBack()
            if let failure { throw failure }
            return ids.count >= Self.batch ? .more : .idle
        } catch {
            trouble.report("kept notices cannot be brought to the queue yet", error)
            return .failed
        }
    }

    /// Letters that are still to be brought to this queue, without those that it refused, and to queues of other labels.
    package func waiting() async throws -> (here: Int, elsewhere: Int) {
        var everywhere = selection
        everywhere.queue = nil
        let all = try await desk.counts(everywhere).reduce(0) { $0 + $1.count }
        let here = try await desk.counts(selection).reduce(0) { $0 + $1.count }
        return (max(0, here - skipped.count), all - here)
    }

    private var selection: DeadLetterSelection {
        var selection = DeadLetterSelection()
        selection.queue = label
        selection.reason = DeadLetter.Reason.pushFailed.text
        selection.isReplayed = false
        selection.order = .oldestFirst
        return selection
    }

    private func next() async throws -> [String] {
        var selection = selection
        let skipped = skipped
        selection.limit = Self.batch + skipped.count
        return try await desk.ids(selection).filter { !skipped.contains($0) }
    }

    private struct Stopped: Error {}

    /// - Returns: Why the queue did not take one.
    private func send(_ ids: [String]) async throws -> (any Error)? {
        var failure: (any Error)?
        var claimed = clock.now
        do {
            try await desk.replay(ids, force: false) { message, _ in
                switch try await queue.send([message]).first {
                case .success(let sent): return sent
                case .failure(let refusal): throw refusal
                case nil: throw Stopped()
                }
            } report: { id, outcome in
                switch outcome {
                case .sent, .sentNotMarked: pumped()
                case .failed(let error):
                    guard (error as? SMQError)?.isAboutTheMessage == true else {
                        failure = error
                        throw Stopped()
                    }
                    // It will never be taken: a person has to look at it, and the others need not wait.
                    refused.withLock { _ = $0.insert(id) }
                    trouble.report(
                        "the queue refuses a kept notice for what it is; see `mediaworker dead show \(id)`", error)
                case .unsendable: refused.withLock { _ = $0.insert(id) }
                case .alreadyReplayed, .claimed, .notFound: break
                }
                if Task.isCancelled { throw Stopped() }
                // A slow queue may take longer for a batch than the claim lasts.
                if clock.now - claimed > Self.claimTime / 4 {
                    guard try await claim.take(for: Self.claimTime) else { throw Stopped() }
                    claimed = clock.now
                }
            }
        } catch is Stopped {}
        return failure
    }
}
