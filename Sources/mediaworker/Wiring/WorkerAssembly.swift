import Foundation
import Handlers
import Logging
import MediaEvents
import SMQClient
import SMQProtocol
import Settings
import StreamServices
import WorkerCore
import WorkerStore

/// Puts a worker together from its configuration: the one place that knows all parts.
struct WorkerAssembly {
    let worker: Worker
    private let ledger: SQLiteDeliveryLedger

    /// Reads everything and makes the handlers that are on; nothing is opened or contacted.
    static func load(_ options: ConfigurationOption) throws(CommandFailure) -> (WorkerConfiguration, HandlerRegistry) {
        let (configuration, handlers) = try ConfigurationOption.orFailure { () throws(ConfigurationError) in
            try WorkerConfiguration.load(
                path: options.config, environment: ProcessInfo.processInfo.environment, handlerNames: HandlerCatalog.all.map(\.name)
            ) { section, worker in
                let services = Self.services(worker)
                // Those that are off are made too and thrown away: a mistake in their settings shows today, not when they are switched on.
                let made = HandlerCatalog.all.map { plugin in
                    plugin.make(
                        HandlerSettings(
                            section: section.section(named: plugin.name), stateDirectory: worker.stateDirectory,
                            isOn: section.enabled.contains(plugin.name), logger: .worker(worker), services: services))
                }
                return section.enabled.compactMap { name in made.first { $0.name == name } }
            }
        }
        return (configuration, HandlerRegistry(handlers))
    }

    /// What handlers may use. The state database is opened by the first event that needs it.
    private static func services(_ worker: WorkerSection) -> HandlerServices {
        let state = LazyState(directory: worker.stateDirectory)
        var services = HandlerServices()
        services.offer(SQLiteStreamFacts { try state.database() }, as: (any StreamFactStore).self)
        return services
    }

    init(_ configuration: WorkerConfiguration, _ registry: HandlerRegistry, untilEmpty: Bool, logger: Logger) throws(CommandFailure) {
        let database = try Self.openState(configuration)
        let section = configuration.worker
        var lines: [Worker.Line] = []
        for connection in configuration.queues {
            let client = try SMQClient(connection, limits: section, logger: logger)
            lines.append(
                Worker.Line(
                    queue: client.queue(connection.queue),
                    options: QueueWorkerOptions(connection, section, untilEmpty: untilEmpty)))
        }
        let deadLetters = try Self.deadLetterStore(configuration, database, logger)
        let blocking =
            registry.handlers.contains(where: \.isBlocking)
            ? ThreadExecutor(name: "handlers", threads: section.concurrency * lines.count)
            : nil
        ledger = SQLiteDeliveryLedger(database)
        worker = Worker(
            lines: lines, registry: registry, ledger: ledger, deadLetters: deadLetters,
            host: ProcessInfo.processInfo.hostName, process: ProcessInfo.processInfo.processIdentifier, engine: .threads(),
            blockingThreads: blocking, stuckLimit: section.stuckLimit, logger: logger)
    }

    /// Forgets the attempts of messages that left the queue unseen, now and once a day, until the task is cancelled.
    func keepTidy(_ logger: Logger) async {
        while !Task.isCancelled {
            do { try await ledger.prune() } catch {
                logger.notice("old records of attempts could not be removed; trying again in a day", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(86_400))
        }
    }

    /// Where the configuration says that messages are put aside.
    static func deadLetterStore(
        _ configuration: WorkerConfiguration, _ database: StateDatabase, _ logger: Logger
    ) throws(CommandFailure) -> any DeadLetterStore {
        switch configuration.deadLetters.store {
        case .sqlite: SQLiteDeadLetterStore(database)
        case .queue(let name):
            QueueDeadLetterStore(
                try SMQClient(configuration.queues[0], limits: configuration.worker, logger: logger).queue(name),
                sent: SentDeadLetters(database), logger: logger)
        }
    }

    /// For a parent, which opens nothing itself.
    static func checkStateDirectory(_ configuration: WorkerConfiguration) throws(CommandFailure) {
        let database = try openState(configuration)
        do throws(StateDatabaseError) { try database.close() } catch {
            throw CommandFailure(CommandFailure.Code.cannotCreate, error.description)
        }
    }

    static func openState(_ configuration: WorkerConfiguration) throws(CommandFailure) -> StateDatabase {
        do throws(StateDatabaseError) {
            return try StateDatabase.open(directory: configuration.worker.stateDirectory)
        } catch {
            throw CommandFailure(CommandFailure.Code.cannotCreate, error.description)
        }
    }
}

extension QueueWorkerOptions {
    init(_ connection: QueueConnection, _ section: WorkerSection, untilEmpty: Bool) {
        self.init(label: connection.label)
        concurrency = section.concurrency
        pollers = section.pollers
        pollWait = section.pollWait
        pollMargin = section.receiveMargin + .seconds(5)  // the client's own limit comes first
        limits = HandlerLimits(soft: section.softLimit, hard: section.hardLimit, hold: section.holdLimit)
        retry = RetryPolicy(base: section.retryBase, cap: section.retryCap, maximumAttempts: section.maxAttempts)
        ackLinger = section.ackLinger
        drainLimit = section.drainLimit
        deletesUnhandled = section.unhandled == .delete
        ignoredEvents = Set(section.ignoredEvents)
        switch connection.bodyEncoding {
        case .auto: encoding = .auto
        case .plain: encoding = .plain
        case .base64: encoding = .base64
        }
        self.untilEmpty = untilEmpty
    }
}
