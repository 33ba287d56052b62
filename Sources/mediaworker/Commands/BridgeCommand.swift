import ArgumentParser
import Bridge
import Foundation
import Logging
import MediaEvents
import SMQClient
import SMQProtocol
import ServiceLifecycle
import Settings
import WorkerCore
import WorkerStore

struct BridgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bridge", abstract: "Take Agora notifications and VOD callbacks over HTTP and put them into the queue.",
        discussion: """
            POST /agora, POST /vod, GET /healthz. A notification is answered with 200 once it is in the queue, or in the dead-letter store, \
            from where it is sent when the queue is back. SIGTERM or Ctrl-C answers what is under way and ends. Logs go to stderr.
            """)

    @Option(help: "Port to listen on; 0 takes a free one. Default: bridge.port.")
    var port: Int?

    @Option(help: "The configured queue to put notices into. Default: the first.")
    var queue: String?

    @OptionGroup var options: ConfigurationOption

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port must be 0...65535.") }
    }

    func run() async throws {
        let configuration = try options.load()
        let logger = Logger.worker(configuration.worker)
        let section = configuration.bridge
        guard let connection = configuration.queues.first(where: { queue == nil || $0.label == queue || $0.queue == queue }) else {
            throw CommandFailure(
                CommandFailure.Code.usage, "No configured queue is called \(queue ?? ""). Leave --queue out for the first.")
        }
        let state = try LateState(configuration)
        // Whatever [dead_letters] says: here notices fit that no queue message holds, and the disk answers inside the sender's time.
        let kept = LateDeadLetters(state: state)
        let push = NoticeIntake.Push(section)
        var limits = configuration.worker
        limits.pollWait = .zero
        // Nobody waits for the pump: it gives a slow queue the time that it needs.
        let patient = try SMQClient(connection, limits: limits, logger: logger).queue(connection.queue)
        limits.exchangeTimeout = push.attemptLimit
        let target = try SMQClient(connection, limits: limits, logger: logger).queue(connection.queue)
        let clock = EngineClock(engine: ThreadExecutor(name: "bridge", threads: 1))
        let trouble = BridgeTrouble(logger: logger, clock: clock)
        let intake = NoticeIntake(queue: target, label: connection.label, store: kept, clock: clock, push: push, trouble: trouble)
        let pump = Pump(
            desk: kept, claim: LateClaim(state, name: "bridge-pump"),
            queue: patient, label: connection.label, clock: clock, trouble: trouble, pumped: { intake.pumped() })
        var bounds = BridgeServer.Limits()
        bounds.connections = max(64, min(bounds.connections, OpenFiles.raiseLimit() - 256))
        let server = BridgeServer(
            host: section.listen, port: port ?? section.port, agora: AgoraSignature(section), vod: VODSignature(section), intake: intake,
            health: BridgeHealth(intake: intake, pump: pump, trouble: trouble), limits: bounds, clock: clock, logger: logger)
        await tellOfTheStore(state, pump, connection, logger)
        try await serve(server, pump, section)
        let counts = intake.counts
        logger.notice(
            "bridge ended",
            metadata: [
                "queued": "\(counts.queued)", "kept": "\(counts.kept)", "duplicates": "\(counts.duplicates)", "pumped": "\(counts.pumped)",
                "refused": "\(counts.refused)", "unavailable": "\(counts.unavailable)",
            ])
    }

    private func tellOfTheStore(_ state: LateState, _ pump: Pump, _ connection: QueueConnection, _ logger: Logger) async {
        if let problem = await state.problem {
            return logger.error(
                "the bridge runs without a store: what the queue does not take is given back to its sender",
                metadata: ["error": "\(problem)"])
        }
        do {
            let waiting = try await pump.waiting()
            guard waiting.elsewhere > 0 else { return }
            logger.warning(
                "notices wait for queues of other names, and are not sent from here; see `mediaworker dead list`",
                metadata: ["notices": "\(waiting.elsewhere)", "queue": "\(connection.label)"])
        } catch {
            logger.error("the kept notices cannot be read", metadata: ["error": "\(error)"])
        }
    }

    private func serve(_ server: BridgeServer, _ pump: Pump, _ section: BridgeSection) async throws {
        let host = section.listen
        let signals = await StopSignals()
        let serving = BodyService {
            try await server.run { port in StandardOutput.line("listening on http://\(host.contains(":") ? "[\(host)]" : host):\(port)") }
        }
        let pumping = BodyService { await cancelWhenGracefulShutdown { await pump.run() } }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: pumping, successTerminationBehavior: .ignore), .init(service: serving)],
                logger: Logger(label: "bridge", factory: { _ in SwiftLogNoOpLogHandler() })))
        let watching = signals.watch(first: { _ in Task { await group.triggerGracefulShutdown() } }, second: .ends(atOnce: {}))
        defer { watching.cancel() }
        do {
            try await group.run()
        } catch {
            throw ListenProblem.failure(error, host: host, port: port ?? section.port)
        }
    }
}

extension NoticeIntake.Push {
    init(_ section: BridgeSection) {
        self.init()
        concurrency = section.maxPushes
    }
}

extension AgoraSignature {
    init(_ section: BridgeSection) {
        self.init([
            .mediaPush: section.pushSecrets, .mediaPull: section.pullSecrets, .cloudRecording: section.recordingSecrets,
            .rtcChannel: section.rtcSecrets,
        ])
    }
}

extension VODSignature {
    init(_ section: BridgeSection) { self.init(urls: section.vodURLs, keys: section.vodKeys, tolerance: section.vodTolerance) }
}
