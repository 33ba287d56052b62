import Foundation
import Logging
import SMQClient
import SMQProtocol
import Settings
import StreamServices
import WorkerStore

/// The engine that keeps streams alive, as one process of the worker runs it.
struct StreamEngine {
    private let keeper: TaskKeeper
    private let file: WishFile?
    private let facts: SQLiteStreamFacts
    private let clock: any StreamClock
    private let logger: Logger

    /// - Returns: nil if `[agora]` names no project.
    init?(_ configuration: WorkerConfiguration, logger: Logger) throws(CommandFailure) {
        let section = configuration.agora
        guard section.appID != nil, section.customerKey != nil else { return nil }
        let services = try AgoraServices(configuration)
        let tasks = services.tasks
        var outbox: Outbox?
        if let connection = configuration.queues.first {
            let client = try SMQClient(connection, limits: configuration.worker, logger: logger)
            outbox = Outbox(tasks, clock: services.clock, logger: logger) {
                do throws(SMQError) { _ = try await client.send(OutgoingMessage(body: $0), to: connection.queue) } catch {
                    throw error.isRetryable || error.code == .cancelled ? error : Outbox.Refusal("\(error)")
                }
            }
        }
        facts = SQLiteStreamFacts(services.database)
        clock = services.clock
        self.logger = logger
        let host = ProcessInfo.processInfo.hostName
        let manifests = RecordingManifests.writer(configuration, facts: facts)
        let studio = RecordingStudio(
            services.client, appID: services.appID, tokens: services.tokens, logger: logger,
            manifests: { sid in
                do { _ = try await manifests.update(sid) } catch {
                    logger.warning("the manifest of a recording could not be written", metadata: ["sid": "\(sid)", "error": "\(error)"])
                }
            })
        let desk = TaskDesk(
            store: tasks, facts: facts, clock: clock,
            owner: "\(host)/\(ProcessInfo.processInfo.processIdentifier)/\(UUID().uuidString)", logger: logger)
        keeper = TaskKeeper(desk, streams: services.hands, recordings: studio, outbox: outbox)
        file = section.tasks.map { WishFile(path: $0, appID: services.appID, section: section, tasks: tasks, clock: services.clock) }
        if !configuration.enabledHandlers.contains("stream-keeper") {
            logger.warning(
                "the handler stream-keeper is off, so that nothing is heard of streams and they are only asked for every two minutes; add it to [handlers] enabled"
            )
        }
        logger.info(
            "streams are kept alive from the state directory of this host; several hosts need one that they share",
            metadata: ["state": "\(configuration.worker.stateDirectory)"])
    }

    /// Runs until the task is cancelled; calls under way end first.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await keeper.run() }
            group.addTask { await tidy() }
            if let file { group.addTask { await file.follow(logger) } }
        }
    }

    private func tidy() async {
        while !Task.isCancelled {
            do { try await facts.prune(at: clock.unixMilliseconds) } catch {
                logger.notice("old facts about streams could not be removed; trying again in an hour", metadata: ["error": "\(error)"])
            }
            await clock.sleep(until: clock.now + .seconds(3600))
        }
    }
}
