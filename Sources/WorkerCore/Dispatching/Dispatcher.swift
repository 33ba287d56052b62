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
    private let blockingThreads: (any TaskExecutor)?
    private let logger: Logger

    /// - Parameter blockingThreads: where handlers run that declare themselves blocking; nil where there are none.
    init(registry: HandlerRegistry, decoder: EventDecoder, policy: Policy, blockingThreads: (any TaskExecutor)?, logger: Logger) {
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
            guard delivery.begin(handler.name) else { return .interrupted }
            guard let handling = await run(handler, event, delivery, attempt: history.attempts.count + 1) else { return nil }
            result = result.joined(with: handling)
            if handling == .interrupted { return handling }
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
        let result: Result<Verdict, any Error>
        do {
            let verdict =
                if handler.isBlocking, let blockingThreads {
                    try await onThread(of: blockingThreads) { try await handler.handle(event, context) }
                } else {
                    try await handler.handle(event, context)
                }
            result = .success(verdict)
        } catch {
            result = .failure(error)
        }
        let handling = handling(of: result, by: handler.name, cancelled: delivery.cancellation)
        return delivery.finish(handler.name, succeeded: handling == .succeeded) ? handling : nil
    }

    /// A child task, and not `withTaskExecutorPreference`: with Swift 6.3 that stays where it is when its closure begins with an
    /// await of a `nonisolated(nonsending)` function.
    private func onThread(of executor: any TaskExecutor, _ handle: @escaping @Sendable () async throws -> Verdict) async throws -> Verdict {
        return try await withThrowingTaskGroup(of: Verdict.self) { group in
            group.addTask(executorPreference: executor) { try await handle() }
            for try await verdict in group { return verdict }
            throw CancellationError()
        }
    }

    private func handling(
        of result: Result<Verdict, any Error>, by handler: String, cancelled: HandlerContext.Cancellation?
    ) -> Handling {
        if case .success(.done) = result { return .succeeded }
        switch cancelled {
        case .stopping, .leaseLost: return .interrupted
        case .timeLimit: return .failed(handler: handler, error: "stopped at the soft time limit", after: nil)
        case nil: break
        }
        switch result {
        case .success(.done): return .succeeded
        case .success(.retry(let delay)): return .failed(handler: handler, error: "the handler asked for a retry", after: delay)
        case .success(.deadLetter(let reason)): return .refused(handler: handler, reason: reason)
        case .success(.snooze(let until)): return .snoozed(until: until)
        case .failure(let error): return .failed(handler: handler, error: "\(error)", after: nil)
        }
    }
}

extension ReceivedMessage {
    /// Of a replayed message: the id that it had when it first became a dead letter.
    var replayedFrom: String? { userProperties.first { $0.name == ReplayProperty.from }?.value }
}
