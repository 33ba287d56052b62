import Foundation
import Logging
import SMQProtocol

/// Turns the result of a handling into records and a settlement: attempts, retry delays, dead letters.
///
/// Runs outside the handler's task, so that a cancelled handler cannot cut a record short.
final class Resolver: Sendable {
    struct Stores: Sendable {
        var ledger: any DeliveryLedger
        var deadLetters: any DeadLetterStore
    }
    /// Where attempts say they happened.
    struct Place: Sendable {
        var host: String
        var process: Int32
    }

    /// The longest visibility change; a longer delay is made of several.
    private static let longestChange: Duration = .seconds(43_200)
    /// What the queue's retention has to leave for another attempt.
    private static let shortestStay: Duration = .seconds(5)

    private let stores: Stores
    private let place: Place
    private let retry: RetryPolicy
    private let engine: Engine
    private let dispatcher: Dispatcher
    private let settler: Settler
    private let waits: RetryWaits
    private let counters: WorkerCounters
    private let logger: Logger
    private let storeTrouble = LogThrottle()

    init(
        stores: Stores, place: Place, retry: RetryPolicy, engine: Engine, dispatcher: Dispatcher, settler: Settler,
        waits: RetryWaits, counters: WorkerCounters, logger: Logger
    ) {
        self.stores = stores
        self.place = place
        self.retry = retry
        self.engine = engine
        self.dispatcher = dispatcher
        self.settler = settler
        self.waits = waits
        self.counters = counters
        self.logger = logger
    }

    func resolve(_ delivery: Delivery, _ handling: Handling, history: DeliveryHistory) async {
        switch handling {
        case .succeeded:
            counters.update { counts in
                counts.handled += 1
                counts.succeeded += 1
            }
            settler.settle(delivery, .delete)
        case .ignored:
            counters.update { $0.handled += 1 }
            settler.settle(delivery, .delete)
        case .interrupted:
            await recordSuccesses(of: delivery)
            handBack(delivery)
        case .unhandled(let reason, let detail):
            await deadLetter(delivery, reason, error: detail, attempts: history.attempts)
        case .refused(let handler, let reason):
            await deadLetter(delivery, .handlerDecided, error: "\(handler): \(reason)", attempts: history.attempts)
        case .snoozed(let until):
            await snooze(delivery, until: until)
        case .failed(let handler, let error, let after):
            await fail(delivery, handler: handler, error: error, after: after)
        }
    }

    /// What earlier deliveries left behind may settle this one without running a handler.
    ///
    /// - Returns: False if it is to be handled.
    func resolveFromHistory(_ delivery: Delivery, _ history: DeliveryHistory) async -> Bool {
        if history.isDeadLettered {
            counters.update { $0.duplicates += 1 }
            settler.settle(delivery, .delete)
            return true
        }
        if let notBefore = history.notBefore, notBefore.timeIntervalSince(engine.clock.wall) > 1 {
            putOff(delivery, for: .seconds(notBefore.timeIntervalSince(engine.clock.wall)))
            return true
        }
        if history.attempts.count >= retry.maximumAttempts {
            await deadLetter(delivery, .attemptsExhausted, error: history.attempts.last?.error, attempts: history.attempts)
            return true
        }
        return false
    }

    /// Gives the message back at once: it was not handled, or not to the end.
    func handBack(_ delivery: Delivery) {
        waits.add(delivery.key.messageID, until: engine.clock.now + .seconds(1))
        settler.settle(delivery, .visible(in: .seconds(1)))
    }

    private func fail(_ delivery: Delivery, handler: String, error: String, after: Duration?) async {
        var (error, after) = (error, after)
        let left = retentionLeft(delivery)
        if let asked = after, let left, asked >= left {
            error += "; its delay of \(asked) is refused: the queue drops the message in \(left)"
            after = nil
        }
        let badEnd = AttemptRecord(
            number: 0, time: engine.clock.wall, host: place.host, process: place.process, handler: handler, error: error)
        var notBefore: Date?
        if let after, after > Self.longestChange { notBefore = engine.clock.wall + after.seconds }
        let entry = LedgerEntry(badEnd: badEnd, succeeded: delivery.succeeded, notBefore: notBefore)
        let history = await record(entry, of: delivery)
        logger.notice(
            "handling ended badly",
            metadata: [
                "message": "\(delivery.key.messageID)", "handler": "\(handler)", "error": "\(error)",
                "attempt": history.map { "\($0.attempts.count) of \(retry.maximumAttempts)" } ?? "not recorded",
            ])
        guard let history else { return putOff(delivery, for: ownDelay(delivery)) }
        if history.attempts.count >= retry.maximumAttempts {
            return await deadLetter(delivery, .attemptsExhausted, error: error, attempts: history.attempts)
        }
        if let left, left < Self.shortestStay {
            return await deadLetter(delivery, .expiring, error: error, attempts: history.attempts)
        }
        putOff(delivery, for: after ?? ownDelay(delivery, after: history.attempts.count))
    }

    /// The back-off, cut so that the message comes again well before the queue drops it.
    private func ownDelay(_ delivery: Delivery, after attempts: Int) -> Duration {
        let delay = retry.delay(after: attempts, random: engine.random())
        return retentionLeft(delivery).map { min(delay, max($0 / 2, .seconds(1))) } ?? delay
    }

    /// Where a store failed and no attempt could be counted: the longer, the more often the message came.
    private func ownDelay(_ delivery: Delivery) -> Duration { ownDelay(delivery, after: delivery.message.dequeueCount) }

    /// Its history cannot be read: what ran already might run again.
    func putOffUnread(_ delivery: Delivery, _ error: any Error) {
        storeFailed("earlier attempts cannot be read; their messages wait", delivery.key.messageID, error)
        putOff(delivery, for: ownDelay(delivery))
    }

    private func snooze(_ delivery: Delivery, until: Date) async {
        let delay = Duration.seconds(max(1, until.timeIntervalSince(engine.clock.wall)))
        if let left = retentionLeft(delivery), delay >= left {
            let error = "a snooze of \(delay) is refused: the queue drops the message in \(left)"
            return await fail(delivery, handler: "snooze", error: error, after: nil)
        }
        if delay > Self.longestChange || !delivery.succeeded.isEmpty {
            await record(LedgerEntry(succeeded: delivery.succeeded, notBefore: until), of: delivery)
        }
        putOff(delivery, for: delay)
    }

    private func putOff(_ delivery: Delivery, for delay: Duration) {
        counters.update { $0.retried += 1 }
        // Rounded up to whole seconds, which is what the queue knows: never early.
        let whole = Duration.seconds(max(1, delay.components.seconds + (delay.components.attoseconds > 0 ? 1 : 0)))
        waits.add(delivery.key.messageID, until: engine.clock.now + min(whole, Self.longestChange))
        settler.settle(delivery, .visible(in: min(whole, Self.longestChange)))
    }

    /// Keep, confirm, then delete. What cannot be kept goes back to the queue.
    private func deadLetter(
        _ delivery: Delivery, _ reason: DeadLetter.Reason, error: String?, attempts: [AttemptRecord]
    ) async {
        let message = delivery.message
        let letter = DeadLetter(
            key: delivery.key, body: message.body, eventType: dispatcher.eventType(of: message), reason: reason, error: error,
            attempts: attempts, enqueued: message.enqueueTime.date, firstReceived: message.firstDequeueTime.date,
            lastReceived: engine.clock.wall, dequeueCount: message.dequeueCount, userProperties: message.userProperties,
            replayedFrom: message.replayedFrom)
        do {
            try await stores.deadLetters.keep(letter)
        } catch {
            storeFailed("dead letters cannot be kept; their messages stay in the queue and come again", message.id, error)
            await recordSuccesses(of: delivery)
            return putOff(delivery, for: ownDelay(delivery))
        }
        counters.update { counts in
            counts.handled += 1
            counts.deadLettered += 1
        }
        logger.warning(
            "message put aside as a dead letter",
            metadata: ["message": "\(message.id)", "reason": "\(reason.text)", "error": "\(error ?? "none")"])
        settler.settle(delivery, .delete)
    }

    /// Handlers that finished do not run again when the message comes back.
    private func recordSuccesses(of delivery: Delivery) async {
        if !delivery.succeeded.isEmpty { await record(LedgerEntry(succeeded: delivery.succeeded), of: delivery) }
    }

    @discardableResult
    private func record(_ entry: LedgerEntry, of delivery: Delivery) async -> DeliveryHistory? {
        do {
            return try await stores.ledger.record(entry, of: delivery.key)
        } catch {
            storeFailed("attempts cannot be recorded and are not counted", delivery.key.messageID, error)
            return nil
        }
    }

    /// Once a minute: a full disk fails every message, and the log may be on it too.
    private func storeFailed(_ what: String, _ messageID: String, _ error: any Error) {
        guard let held = storeTrouble.pass(what, at: engine.clock.now) else { return }
        logger.error("\(what)", metadata: ["message": "\(messageID)", "error": "\(error)", "times": "\(held + 1)"])
    }

    private func retentionLeft(_ delivery: Delivery) -> Duration? { delivery.expires.map { engine.clock.now.duration(to: $0) } }
}

extension ServerTime {
    init(_ date: Date) { self.init(milliseconds: Int64(date.timeIntervalSince1970 * 1000)) }

    var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
