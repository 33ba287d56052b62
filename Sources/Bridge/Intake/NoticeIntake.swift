import Crypto
import Foundation
import MediaEvents
package import SMQProtocol
import Synchronization
package import WorkerCore

/// Brings notices to where they last: the queue, else the dead-letter store. Only when both fail is a notice given back to its sender.
package final class NoticeIntake: Sendable {
    /// What became of a notice.
    package enum Outcome: String, Sendable {
        case queued
        /// In the dead-letter store; the pump brings it to the queue.
        case kept
        case duplicate
        /// Nowhere: the sender has to send it again.
        case unavailable
    }

    /// How often and how long the queue is tried.
    package struct Push: Sendable {
        package var attempts = 3
        /// From the end of one attempt to the next, jittered by a quarter.
        package var pause: Duration = .seconds(1)
        /// The longest that one attempt takes: the client's own limit.
        package var attemptLimit: Duration = .milliseconds(1500)
        /// Notices that are sent at the same time.
        package var concurrency = 256
        package init() {}
    }

    private let queue: any MessageQueue
    /// The queue's label in the configuration: what dead letters name.
    private let label: String
    private let store: any DeadLetterStore
    private let clock: any WorkerClock
    private let random: @Sendable () -> Double
    private let push: Push
    private let window: DuplicateWindow
    private let counters = Mutex(BridgeCounts())
    private let underWay = Mutex(0)
    private let away = Mutex(false)
    private let storeFails = Mutex(false)
    private let trouble: BridgeTrouble

    package init(
        queue: any MessageQueue, label: String, store: any DeadLetterStore, clock: any WorkerClock, push: Push = Push(),
        trouble: BridgeTrouble, random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.queue = queue
        self.label = label
        self.store = store
        self.clock = clock
        self.push = push
        self.random = random
        window = DuplicateWindow()
        self.trouble = trouble
    }

    package var counts: BridgeCounts { counters.withLock { $0 } }

    /// Whether the last push failed, for another reason than the notice itself.
    var isQueueAway: Bool { away.withLock { $0 } }
    /// Whether the last notice that needed the store found no place in it.
    var isStoreFailing: Bool { storeFails.withLock { $0 } }

    /// Returns when the notice is durable, known, or nobody can take it, and at its last moment in any case: what is under way then
    /// goes on, and if it comes to a good end, the sender's next copy is a duplicate.
    package func take(_ notice: Notice) async -> Outcome {
        let first = OneShot<Outcome>()
        Task {
            let outcome = await settle(notice)
            // The sender was told otherwise by then; what became of the notice counts all the same.
            if !first.resolve(outcome), outcome != .unavailable { counters.withLock { $0.add(outcome) } }
        }
        let limit = Task {
            await clock.sleep(until: notice.deadlines.answer)
            if !Task.isCancelled, first.resolve(.unavailable) {
                trouble.report("notices are not durable within their senders' time; their senders are asked to come again")
            }
        }
        let outcome = await first.value
        limit.cancel()
        counters.withLock { $0.add(outcome) }
        return outcome
    }

    private func settle(_ notice: Notice) async -> Outcome {
        let keys = notice.identity.keys.map { Self.key($0, of: notice.sender) }
        guard await window.begin(keys, at: clock.now) else { return .duplicate }
        let outcome = await bring(notice)
        window.end(keys, isDurable: outcome != .unavailable, at: clock.now)
        return outcome
    }

    /// A notification without a good signature.
    func refused(_ reason: String) {
        counters.withLock { $0.refused += 1 }
        trouble.report(reason)
    }

    /// The pump brought one to the queue.
    package func pumped() { counters.withLock { $0.pumped += 1 } }

    /// By digest: contents may be long. What one sender says never hides what the other says.
    private static func key(_ key: [UInt8], of sender: Notice.Sender) -> String {
        sender.rawValue + SHA256.hash(data: key).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    private func bring(_ notice: Notice) async -> Outcome {
        let body = notice.message
        guard !body.isEmpty else { return await keep(notice, body, .undecodable, "the body is empty") }
        guard body.count <= SMQLimits.maximumMessageBytes else {
            let text = "\(body.count) bytes, and a queue message holds \(SMQLimits.maximumMessageBytes)"
            return await keep(notice, body, .tooLarge, text)
        }
        let isCrowded = underWay.withLock { count in
            count += 1
            return count > push.concurrency
        }
        defer { underWay.withLock { $0 -= 1 } }
        if isCrowded { return await keep(notice, body, .pushFailed, "more than \(push.concurrency) notices at the same time") }
        guard let error = await send(body, by: notice.deadlines.push) else { return .queued }
        trouble.report(
            error.isAboutTheMessage
                ? "the queue refuses a notice for what it is; it stays a dead letter"
                : "the queue does not take notices; they go to the dead-letter store until it does", error)
        return await keep(notice, body, .pushFailed, "\(error)")
    }

    /// - Returns: The last error, nil after success.
    private func send(_ body: [UInt8], by end: ContinuousClock.Instant) async -> SMQError? {
        var last: SMQError?
        for attempt in 1...push.attempts {
            if attempt > 1 { await clock.sleep(for: push.pause * (0.75 + random() / 2)) }
            // Not one that could end after the sender has given up.
            guard clock.now + push.attemptLimit <= end else { return last ?? failure(.timeout, "no time is left for a push", .none) }
            last = await send(body)
            away.withLock { $0 = last.map { !$0.isAboutTheMessage } ?? false }
            // Asking again cannot help, or would make a copy of what a slow queue may have taken: the store is as good a place.
            guard let last, !last.isAboutTheMessage, last.code != .timeout else { break }
        }
        return last
    }

    private func send(_ body: [UInt8]) async -> SMQError? {
        do throws(SMQError) {
            switch try await queue.send([OutgoingMessage(body: body)]).first {
            case .success: return nil
            case .failure(let refusal): return failure(refusal.code, refusal.message, .none)
            case nil: return failure(.transport, "no result", .unknown)
            }
        } catch {
            return error
        }
    }

    private func failure(_ code: SMQError.Code, _ message: String, _ effect: SMQError.Effect) -> SMQError {
        SMQError(code: code, operation: "SendMessage", queue: queue.name, message: message, effect: effect)
    }

    private func keep(_ notice: Notice, _ body: [UInt8], _ reason: DeadLetter.Reason, _ error: String) async -> Outcome {
        let now = clock.wall
        let letter = DeadLetter(
            key: MessageKey(queue: label, messageID: "bridge-\(UUID().uuidString)"), body: body, eventType: notice.identity.type?.name,
            reason: reason, error: error, attempts: [], enqueued: now, firstReceived: now, lastReceived: now, dequeueCount: 0)
        do {
            try await store.keep(letter)
            storeFails.withLock { $0 = false }
            return .kept
        } catch {
            storeFails.withLock { $0 = true }
            trouble.report("notices can be kept nowhere; their senders are asked to come again", error)
            return .unavailable
        }
    }
}
