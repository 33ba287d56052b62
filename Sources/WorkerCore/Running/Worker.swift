package import Logging
package import SMQProtocol
import Synchronization

/// A worker process: the handlers that are on, over one or more queues.
package final class Worker: Sendable {
    /// Why `run` returned.
    package enum End: Sendable, Equatable {
        case stopped
        /// Every queue is empty, and that was the end that was asked for.
        case empty
        /// Too many handlers never returned: the process is to be started anew.
        case stuck
    }

    /// One queue and how to work on it.
    package struct Line: Sendable {
        package var queue: any MessageQueue
        package var options: QueueWorkerOptions

        package init(queue: any MessageQueue, options: QueueWorkerOptions) {
            self.queue = queue
            self.options = options
        }
    }

    private let registry: HandlerRegistry
    private let workers: [QueueWorker]
    private let end: Mutex<End?>
    private let stuck: StuckHandlers
    private let starting = Mutex<Task<Void, any Error>?>(nil)
    private let engine: Engine
    private let logger: Logger

    /// - Parameters:
    ///   - host, process: where attempts say they happened.
    ///   - engine: threads and clock of the engine; handlers run on the shared pool, blocking ones on `blockingThreads`.
    ///   - stuckLimit: handlers past their hard limit after which the worker stops to be restarted; 0 is never.
    package init(
        lines: [Line], registry: HandlerRegistry, ledger: any DeliveryLedger, deadLetters: any DeadLetterStore, host: String,
        process: Int32, engine: Engine, blockingThreads: ThreadExecutor?, stuckLimit: Int = 8, logger: Logger
    ) {
        self.registry = registry
        self.engine = engine
        self.logger = logger
        let stuck = StuckHandlers(limit: stuckLimit)
        self.stuck = stuck
        end = Mutex(nil)
        workers = lines.map { line in
            QueueWorker(
                queue: line.queue, options: line.options, registry: registry, stores: .init(ledger: ledger, deadLetters: deadLetters),
                place: .init(host: host, process: process), engine: engine, blockingThreads: blockingThreads, stuck: stuck,
                logger: logger)
        }
        stuck.whenTooMany { [weak self] in self?.stop(.stuck) }
    }

    /// How long a handler's `stop` is waited for.
    static let stopLimit: Duration = .seconds(5)

    /// Starts the handlers, works, drains, stops the handlers.
    ///
    /// - Throws: What a handler's `start` threw; nothing has been received then.
    package func run() async throws {
        var started: [RegisteredHandler] = []
        for handler in registry.handlers {
            do { try await start(handler) } catch {
                for handler in started.reversed() { await stop(handler) }
                if end.withLock({ $0 != nil }) { return }  // the stop cancelled it
                throw error
            }
            started.append(handler)
        }
        await withDiscardingTaskGroup { group in
            for worker in workers { group.addTask { await worker.run() } }
        }
        for handler in started.reversed() { await stop(handler) }
    }

    /// A stop that comes meanwhile cancels it.
    private func start(_ handler: RegisteredHandler) async throws {
        let task = Task { try await handler.start() }
        starting.withLock { $0 = task }
        if end.withLock({ $0 != nil }) { task.cancel() }
        try await task.value
    }

    private func stop(_ handler: RegisteredHandler) async {
        let hasStopped = OneShot<Bool>()
        Task {
            await handler.stop()
            hasStopped.resolve(true)
        }
        let timer = engine.spawn { [clock = engine.clock] in
            await clock.sleep(for: Self.stopLimit)
            hasStopped.resolve(false)
        }
        if await !hasStopped.value {
            logger.error("a handler does not stop; going on without it", metadata: ["handler": "\(handler.name)"])
        }
        timer.cancel()
    }

    /// Asks for no more messages; `run` drains and returns. Safe to call at any time, more than once.
    package func requestStop() { stop(.stopped) }

    /// Why it ended; `empty` if nobody asked it to stop.
    package var ending: End { end.withLock { $0 } ?? .empty }

    /// What has been done so far, all queues together.
    package var counts: WorkerCounts { workers.reduce(into: WorkerCounts()) { $0.add($1.counts) } }

    /// Messages received and not settled yet.
    package var inHand: Int { workers.reduce(0) { $0 + $1.inHandCount } }

    private func stop(_ why: End) {
        end.withLock { $0 = $0 ?? why }
        starting.withLock { $0 }?.cancel()
        for worker in workers { worker.stop() }
    }
}
