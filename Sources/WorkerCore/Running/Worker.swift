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
    private let relay: StuckRelay

    /// - Parameters:
    ///   - host, process: where attempts say they happened.
    ///   - engine: threads and clock of the engine; handlers run on the shared pool, blocking ones on `blockingThreads`.
    package init(
        lines: [Line], registry: HandlerRegistry, ledger: any DeliveryLedger, deadLetters: any DeadLetterStore, host: String,
        process: Int32, engine: Engine, blockingThreads: (any TaskExecutor)?, logger: Logger
    ) {
        self.registry = registry
        let relay = StuckRelay()
        self.relay = relay
        end = Mutex(nil)
        workers = lines.map { line in
            QueueWorker(
                queue: line.queue, options: line.options, registry: registry, stores: .init(ledger: ledger, deadLetters: deadLetters),
                place: .init(host: host, process: process), engine: engine, blockingThreads: blockingThreads, logger: logger,
                tooManyStuck: { relay.fire() })
        }
        relay.whenFired { [weak self] in self?.stop(.stuck) }
    }

    /// Starts the handlers, works, drains, stops the handlers.
    ///
    /// - Throws: What a handler's `start` threw; nothing has been received then.
    package func run() async throws {
        var started: [RegisteredHandler] = []
        do {
            for handler in registry.handlers {
                try await handler.start()
                started.append(handler)
            }
        } catch {
            for handler in started { await handler.stop() }
            throw error
        }
        await withDiscardingTaskGroup { group in
            for worker in workers { group.addTask { await worker.run() } }
        }
        for handler in started.reversed() { await handler.stop() }
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
        for worker in workers { worker.stop() }
    }
}

/// Lets the queue workers, which are made first, reach the worker that holds them.
private final class StuckRelay: Sendable {
    private let action = Mutex<(@Sendable () -> Void)?>(nil)

    func whenFired(_ action: @escaping @Sendable () -> Void) { self.action.withLock { $0 = action } }

    func fire() { action.withLock { $0 }?() }
}
