import Foundation
import Logging
import MediaEvents
import SMQProtocol
import Settings
import Synchronization
import TestSupport

@testable import WorkerCore

/// A worker over scripted queues, with a clock that the test moves.
final class Bench: Sendable {
    let clock = ManualClock()
    let queues: [ScriptedQueue]
    let stores = MemoryStores()
    let log = RecordingLog()
    let worker: Worker
    let running: Task<Void, Never>

    init(
        queues count: Int = 1, visibility: Duration = .seconds(30), retention: Duration = .seconds(345_600),
        engine: ThreadExecutor? = nil, blockingThreads: ThreadExecutor? = nil, stuckLimit: Int = 8, _ handlers: [RegisteredHandler],
        _ change: (inout QueueWorkerOptions) -> Void = { _ in }
    ) {
        let clock = clock
        queues = (0..<count).map { _ in ScriptedQueue(clock: clock, visibility: visibility, retention: retention) }
        let lines = queues.enumerated().map { index, queue in
            var options = QueueWorkerOptions(label: "test\(index)")
            options.ackLinger = .zero
            change(&options)
            return Worker.Line(queue: queue, options: options)
        }
        let worker = Worker(
            lines: lines, registry: HandlerRegistry(handlers), ledger: stores, deadLetters: stores,
            host: "here", process: 1, engine: Engine(clock: clock, executor: engine, random: { 0.5 }), blockingThreads: blockingThreads,
            stuckLimit: stuckLimit, logger: log.logger)
        self.worker = worker
        running = Task { try? await worker.run() }
    }

    var queue: ScriptedQueue { queues[0] }

    /// Moves time in small steps, so that everything due on the way happens in its order.
    func pass(_ duration: Duration, step: Duration = .seconds(1)) async {
        var left = duration
        while left > .zero {
            clock.advance(by: min(step, left))
            for queue in queues { queue.wake() }
            left -= step
            for _ in 0..<20 { await Task.yield() }
            _ = try? await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Ends the worker; time goes on until it has drained.
    func stop() async {
        worker.requestStop()
        let ended = Mutex(false)
        let watch = Task {
            await running.value
            ended.withLock { $0 = true }
        }
        for _ in 0..<200 where !ended.withLock({ $0 }) { await pass(.seconds(1)) }
        await watch.value
    }

    static let upload = #"{"EventType":"FileUploadComplete","VideoId":"v1","Status":"success"}"#
}

extension RegisteredHandler {
    /// A handler made of a closure, for uploads.
    static func test(
        _ name: String = "test", isBlocking: Bool = false, _ handle: @escaping @Sendable (HandlerContext) async throws -> Verdict
    ) -> RegisteredHandler {
        RegisteredHandler(name: name, isBlocking: isBlocking) {
            $0.typed != nil
        } handle: { _, context in
            try await handle(context)
        }
    }
}
