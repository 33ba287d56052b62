import HTTPServing
package import Logging
import NIOCore
import SMQProtocol

/// A server that behaves as the queue service does, on this machine.
package struct LocalSMQServer: Sendable {
    private let configuration: LocalSMQConfiguration
    private let broker: MessageBroker
    private let logger: Logger

    /// - Parameter logger: Told of the start and of trouble with the listening socket, never of single requests; silent if left out.
    /// - Throws: What the store throws when its records cannot be read.
    package init(
        _ configuration: LocalSMQConfiguration,
        logger: Logger = Logger(label: "local-smq", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws {
        self.configuration = configuration
        self.logger = logger
        let loop = HTTPService.loops.any()
        broker = MessageBroker(
            directory: try QueueDirectory(store: configuration.store), now: configuration.now,
            alarm: { delay, action in loop.scheduleTask(in: .milliseconds(delay), action) })
    }

    /// Serves until the task is cancelled, or until the graceful shutdown of the service group that it runs in. Long polls then end
    /// at once, as if their time were over.
    ///
    /// - Parameter onBound: Called once, with the port that is listened on. Requests are answered only after it has returned.
    /// - Throws: `IOError` when the address cannot be listened on.
    package func run(onBound: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        let frontend = HTTPFrontend(service: QueueService(configuration, broker: broker), broker: broker, now: configuration.now)
        let server = HTTPService(
            host: configuration.host, port: configuration.port, handlers: { [PresenceHandler()] }, logger: logger,
            respond: { request, writer, channel in try await frontend.respond(to: request, writer: writer, channel: channel) })
        // Queues that nobody asks still let go of what is over.
        let sweep = HTTPService.loops.any().scheduleRepeatedTask(
            initialDelay: .minutes(1), delay: .minutes(1)
        ) { [broker] _ in broker.timePassed() }
        defer { sweep.cancel() }
        try await server.run(onBound: onBound)
    }

    /// To be called after moving an injected clock: carries out what time alone does, wakes long polls.
    package func timePassed() { broker.timePassed() }

    /// Clients that wait at a queue for a message.
    func waitingPolls(at queue: String) -> Int { broker.waitingPolls(at: queue) }
}
