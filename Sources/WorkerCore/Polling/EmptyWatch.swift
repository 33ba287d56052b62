import SMQProtocol
import Synchronization

/// Decides when a run "until empty" is over: nothing in hand or waiting for its own retry, two receives without a wait came back
/// empty, and the queue's counts, if they can be read, are 0.
final class EmptyWatch: Sendable {
    private let queue: any MessageQueue
    private let inHand: InHand
    private let waits: RetryWaits
    private let engine: Engine
    private let empties = Mutex(0)

    init(queue: any MessageQueue, inHand: InHand, waits: RetryWaits, engine: Engine) {
        self.queue = queue
        self.inHand = inHand
        self.waits = waits
        self.engine = engine
    }

    /// Without anything outstanding receives do not wait; else they wait briefly, so that the end is seen soon.
    var longestWait: Duration { isQuiet ? .zero : .seconds(1) }

    private var isQuiet: Bool { inHand.count == 0 && !waits.isWaiting(at: engine.clock.now) }

    func received(_ count: Int) {
        if count > 0 { empties.withLock { $0 = 0 } }
    }

    /// After an empty receive.
    func isFinished() async -> Bool {
        guard isQuiet else {
            empties.withLock { $0 = 0 }
            return false
        }
        let enough = empties.withLock { empties in
            empties += 1
            return empties >= 2
        }
        guard enough else { return false }
        do throws(SMQError) {
            let counts = try await queue.attributes()
            return counts.activeMessages + counts.inactiveMessages + counts.delayedMessages == 0 && isQuiet
        } catch {
            return true  // counts that cannot be read decide nothing
        }
    }
}
