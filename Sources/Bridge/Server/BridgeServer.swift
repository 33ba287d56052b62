import HTTPServing
package import Logging
import NIOCore
package import WorkerCore

/// The HTTP side of the bridge: one listening socket, with bounds on what senders may cost.
package struct BridgeServer: Sendable {
    /// What all senders together may take, and how long each may.
    package struct Limits: Sendable {
        /// Largest body, in bytes; beyond it the answer is 413, before the signature is looked at.
        package var body = 1 << 20
        /// Bytes of a body that never lack room: what a queue message holds. Large bodies cannot crowd notices out.
        package var smallBody = 64 << 10
        /// What bodies have beyond that, in bytes of all of them; when they need more, the answer is 503.
        package var bodies = 64 << 20
        /// Open connections; beyond it the one that has been silent for longest is closed for a new one.
        package var connections = 4096
        /// Without a whole request head, in seconds. Agora asks for 10 at least between two notifications.
        package var idle = 30
        package var agora = SenderTimes.agora
        package var vod = SenderTimes.vod
        package init() {}
    }

    private let service: HTTPService

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - clock: Its wall time is what signed times are compared with.
    package init(
        host: String, port: Int, agora: AgoraSignature, vod: VODSignature, intake: NoticeIntake, health: BridgeHealth,
        limits: Limits = Limits(),
        clock: any WorkerClock, logger: Logger
    ) {
        let senders = SenderDesk(agora: agora, vod: vod, intake: intake, clock: clock)
        let frontend = BridgeFrontend(senders: senders, health: health, limits: limits, clock: clock, logger: logger)
        var bounds = HTTPService.Limits()
        bounds.connections = limits.connections
        bounds.idle = .seconds(Int64(limits.idle))
        bounds.headerBytes = 16 << 10
        service = HTTPService(host: host, port: port, limits: bounds) { request, writer, channel in
            try await frontend.respond(to: request, writer: writer, channel: channel)
        }
    }

    /// Serves until the graceful shutdown of the service group that it runs in: requests under way are answered.
    package func run(onBound: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        try await service.run(onBound: onBound)
    }
}
