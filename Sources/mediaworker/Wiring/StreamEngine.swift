import Foundation
import Logging
import MediaEvents
import SMQClient
import SMQProtocol
import Settings
import StreamServices
import WorkerCore
import WorkerStore

/// The engine that keeps streams alive, as one process of the worker runs it.
struct StreamEngine {
    private let keeper: TaskKeeper
    private let manifests: ManifestKeeper
    private let file: WishFile?
    private let facts: SQLiteStreamFacts
    private let clock: any StreamClock
    private let logger: Logger

    /// - Returns: nil if `[agora]` names no project.
    /// - Throws: `CommandFailure` for what a user has to mend.
    init?(_ configuration: WorkerConfiguration, _ registry: HandlerRegistry, logger: Logger) async throws {
        let section = configuration.agora
        guard section.appID != nil, section.customerKey != nil else { return nil }
        let services = try AgoraServices(configuration)
        let tasks = services.tasks
        try await AgoraProject.bind(tasks, to: services.appID, configuration.worker)
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
        let owner = "\(host)/\(ProcessInfo.processInfo.processIdentifier)/\(UUID().uuidString)"
        manifests = ManifestKeeper(
            RecordingManifests.writer(configuration, facts: facts), queue: SQLiteManifestQueue(services.database), clock: clock,
            owner: owner, logger: logger)
        let studio = RecordingStudio(
            services.client, appID: services.appID, tokens: services.tokens, logger: logger,
            replies: RecordingReplies(facts, clock: clock, logger: logger))
        let desk = TaskDesk(store: tasks, facts: facts, clock: clock, owner: owner, logger: logger)
        keeper = TaskKeeper(desk, streams: services.hands, recordings: studio, outbox: outbox)
        file = section.tasks.map { WishFile(path: $0, appID: services.appID, section: section, tasks: tasks, clock: services.clock) }
        if !configuration.enabledHandlers.contains("stream-keeper") {
            logger.warning(
                "the handler stream-keeper is off, so that nothing is heard of streams and they are only asked for every two minutes; add it to [handlers] enabled"
            )
        }
        if !registry.takesStreamReports {
            logger.warning(
                "no handler takes what the stream services tell (alarms, changed roles), so that it becomes dead letters; add stream-alarms or webhook-forwarder to [handlers] enabled"
            )
        }
        logger.info(
            "streams are kept alive from the state directory of this host; let no other host keep streams of this project: they would need one store that they share",
            metadata: ["state": "\(configuration.worker.stateDirectory)"])
    }

    /// Runs until the task is cancelled; calls under way end first.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await keeper.run() }
            group.addTask { await manifests.run() }
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

extension HandlerRegistry {
    /// Whether somebody takes the events that the stream services send.
    fileprivate var takesStreamReports: Bool {
        let body = EventDecoder().decode(EventSample.body(of: "stream-services.role-changed") ?? [])
        guard case .typed(let event) = body.result else { return false }
        return !handlers(for: IncomingEvent(type: body.type, typed: event, json: body.json ?? [])).isEmpty
    }
}
