import Logging
import MediaEvents
import SMQProtocol

import struct Foundation.Date

/// Decodes a delivery and runs the handlers that want its event.
final class Dispatcher: Sendable {
    struct Policy: Sendable {
        var maximumAttempts: Int
        /// Events that no handler takes are deleted instead of dead-lettered.
        var deletesUnhandled: Bool
        /// Types that may be deleted without a handler.
        var ignored: Set<String>
    }

    private let registry: HandlerRegistry
    private let decoder: EventDecoder
    private let policy: Policy
    private let blockingThreads: ThreadExecutor?
    private let logger: Logger

    /// - Parameter blockingThreads: where handlers run that declare themselves blocking; nil where there are none.
    init(registry: HandlerRegistry, decoder: EventDecoder, policy: Policy, blockingThreads: ThreadExecutor?, logger: Logger) {
        self.registry = registry
        self.decoder = decoder
        self.policy = policy
        self.blockingThreads = blockingThreads
        self.logger = logger
    }

    /// - Returns: nil if a handler was taken over meanwhile: somebody else settles, its late result is fenced.
    func handle(_ delivery: Delivery, history: DeliveryHistory) async -> Handling? {
        let body = decoder.decode(delivery.message.body)
        let event: IncomingEvent
        switch body.result {
        case .undecodable(let body): return .unhandled(.undecodable, detail: body.reason)
        case .typed(let typed): event = IncomingEvent(type: body.type, typed: typed, json: body.json ?? [])
        case .unknown(let unknown): event = IncomingEvent(type: unknown.type, typed: nil, json: body.json ?? [])
        }
        let handlers = registry.handlers(for: event)
        guard !handlers.isEmpty else { return unhandled(event, body) }
        var result = Handling.succeeded
        for handler in handlers where !history.succeeded.contains(handler.name) {
            guard let handling = await run(handler, event, delivery, attempt: history.attempts.count + 1) else { return nil }
            result = result.joined(with: handling)
            if handling == .interrupted { return result }
        }
        return result
    }

    /// The wire's type name, for dead letters.
    func eventType(of message: ReceivedMessage) -> String? { decoder.decode(message.body).type?.name }

    private func unhandled(_ event: IncomingEvent, _ body: DecodedBody) -> Handling {
        if let type = event.type?.name, policy.ignored.contains(type) { return .ignored }
        if policy.deletesUnhandled { return .ignored }
        if case .unknown(let unknown) = body.result { return .unhandled(.unknownType, detail: unknown.reason) }
        return .unhandled(
            .noHandler, detail: "no enabled handler takes \(event.type?.name ?? "this event"); see `mediaworker handlers list`")
    }

    private func run(_ handler: RegisteredHandler, _ event: IncomingEvent, _ delivery: Delivery, attempt: Int) async -> Handling? {
        let context = HandlerContext(
            messageID: delivery.key.messageID, queue: delivery.key.queue, handler: handler.name, attempt: attempt,
            maximumAttempts: policy.maximumAttempts,
            enqueued: Date(timeIntervalSince1970: Double(delivery.message.enqueueTime.milliseconds) / 1000),
            replayedFrom: delivery.message.replayedFrom, logger: logger, control: delivery)
        let ran =
            if handler.isBlocking, let blockingThreads {
                await onThread(of: blockingThreads) { await Self.start(handler, event, context, delivery) }
            } else {
                await Self.start(handler, event, context, delivery)
            }
        guard let result = ran else { return .interrupted }
        let handling = handling(of: result, by: handler.name, cancelled: delivery.cancellation)
        if delivery.finish(handler.name, succeeded: handling == .succeeded) { return handling }
        if handler.isBlocking { blockingThreads?.dropThread() }  // `takenOver` put another one in its place
        return nil
    }

    /// Called where the handler is to run, and no earlier: its time does not count while it waits for a thread.
    ///
    /// - Returns: nil if it may not start any more.
    private static func start(
        _ handler: RegisteredHandler, _ event: IncomingEvent, _ context: HandlerContext, _ delivery: Delivery
    ) async -> Result<Verdict, any Error>? {
        guard delivery.begin(handler.name) else { return nil }
        do { return .success(try await handler.handle(event, context)) } catch { return .failure(error) }
    }

    /// A handler keeps its thread beyond its hard limit: the others must not run out of threads.
    func takenOver(_ handler: String) {
        if registry.handlers.contains(where: { $0.name == handler && $0.isBlocking }) { blockingThreads?.addThread() }
    }

    /// A child task, and not `withTaskExecutorPreference`: with Swift 6.3 that stays where it is when its closure begins with an
    /// await of a `nonisolated(nonsending)` function.
    private func onThread<Value: Sendable>(of executor: ThreadExecutor, _ body: @escaping @Sendable () async -> Value?) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask(executorPreference: executor) { await body() }
            return await group.next() ?? nil
        }
    }

    private func handling(
        of result: Result<Verdict, any Error>, by handler: String, cancelled: HandlerContext.Cancellation?
    ) -> Handling {
        switch (result, cancelled) {
        case (.success(.done), _): .succeeded
        case (_, .leaseLost): .interrupted
        case (.success(.deadLetter(let reason)), _): .refused(handler: handler, reason: reason)
        // Whatever else it says after it was asked to stop: it could not finish.
        case (_, .stopping): .interrupted
        case (.success(.retry(let delay, _)), .timeLimit): .failed(handler: handler, error: Self.overTime, after: delay)
        case (_, .timeLimit): .failed(handler: handler, error: Self.overTime, after: nil)
        case (.success(.retry(let delay, let reason)), nil):
            .failed(handler: handler, error: reason ?? "the handler asked for a retry", after: delay)
        case (.success(.snooze(let until)), nil): .snoozed(until: until)
        case (.failure(let error), nil): .failed(handler: handler, error: "\(error)", after: nil)
        }
    }

    private static let overTime = "stopped at the soft time limit"
}

extension ReceivedMessage {
    /// Of a replayed message: the id that it had when it first became a dead letter.
    var replayedFrom: String? { userProperties.first { $0.name == ReplayProperty.from }?.value }
}
