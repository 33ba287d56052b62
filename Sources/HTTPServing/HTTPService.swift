package import HummingbirdCore
package import Logging
package import NIOCore
import NIOPosix

/// One listening HTTP/1.1 socket: what all our servers have in common.
package struct HTTPService: Sendable {
    package typealias Respond = @concurrent @Sendable (Request, consuming ResponseWriter, any Channel) async throws -> Void

    /// What clients may cost before they have said anything useful.
    package struct Limits: Sendable {
        /// Open at the same time; beyond it the one that has been without a request for longest is closed for a new one. Nil for no limit.
        package var connections: Int?
        /// How long a connection may go without one whole request head, and how long a body may pause. Nil for no limit.
        package var idle: TimeAmount?
        /// All header fields of a request together, in bytes.
        package var headerBytes = 80 * 1024

        package init() {}
    }

    /// The process's I/O threads, one for each core.
    package static let loops: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton

    private let host: String
    private let port: Int
    private let limits: Limits
    private let handlers: @Sendable () -> [any RemovableChannelHandler]
    private let logger: Logger
    private let respond: Respond

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - handlers: Made anew for every connection; they see requests and answers between the HTTP codec and `respond`.
    ///   - respond: Writes exactly one answer.
    package init(
        host: String, port: Int, limits: Limits = Limits(), handlers: @escaping @Sendable () -> [any RemovableChannelHandler] = { [] },
        logger: Logger = Logger(label: "http", factory: { _ in SwiftLogNoOpLogHandler() }), respond: @escaping Respond
    ) {
        self.host = host
        self.port = port
        self.limits = limits
        self.handlers = handlers
        self.logger = logger
        self.respond = respond
    }

    /// Serves until the task is cancelled, or until the graceful shutdown of the service group that it runs in: requests under way are
    /// answered.
    ///
    /// - Parameter onBound: Called once, with the port that is listened on. Requests are answered only after it has returned.
    /// - Throws: `IOError` when the address cannot be listened on.
    package func run(onBound: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes)
        let table = limits.connections.map { ConnectionTable(limit: $0) }
        let server = Server(
            childChannelSetup: HTTP1Channel(
                responder: table.map(counting) ?? respond,
                configuration: .init(
                    additionalChannelHandlers: (table.map { [ConnectionHandler($0)] } ?? []) + handlers(), idleTimeout: limits.idle,
                    httpDecoderConfiguration: decoder)),
            configuration: ServerConfiguration(address: .hostname(host, port: port), backlog: 1024),
            onServerRunning: { channel in await onBound(channel.localAddress?.port ?? port) },
            eventLoopGroup: Self.loops, logger: logger)
        try await server.run()
    }

    private func counting(_ table: ConnectionTable) -> Respond {
        { [respond] request, writer, channel in
            table.began(on: channel)
            defer { table.ended(on: channel) }
            try await respond(request, writer, channel)
        }
    }
}
