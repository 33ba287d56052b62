import Foundation
import HTTPServing
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import SMQProtocol
import WorkerCore

/// From a request's head to the last byte of its answer. Bodies are never logged.
struct BridgeFrontend: Sendable {
    private enum Resource {
        case notices(Notice.Sender)
        case health

        init?(_ path: Substring) {
            switch path {
            case "/agora": self = .notices(.agora)
            case "/vod": self = .notices(.vod)
            case "/healthz": self = .health
            default: return nil
            }
        }
    }

    private let senders: SenderDesk
    private let health: BridgeHealth
    private let limits: BridgeServer.Limits
    private let bodies: ByteBudget
    private let clock: any WorkerClock
    private let logger: Logger

    init(senders: SenderDesk, health: BridgeHealth, limits: BridgeServer.Limits, clock: any WorkerClock, logger: Logger) {
        self.senders = senders
        self.health = health
        self.limits = limits
        self.clock = clock
        self.logger = logger
        bodies = ByteBudget(limits.bodies)
    }

    @concurrent
    func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        let arrival = clock.now
        let path = (request.head.path ?? "").prefix { $0 != "?" }
        let share = bodies.share()
        defer { share.end() }
        let (reply, isBodyLeft) = try await answer(request, Resource(path), writer, share, arrival)
        log(request, path, reply, from: channel.remoteAddress?.ipAddress, after: clock.now - arrival)
        let time = ServerTime(milliseconds: Int64(clock.wall.timeIntervalSince1970 * 1000))
        let closing = isBodyLeft || request.headers[.connection]?.lowercased() == "close"
        let body = request.method == .head ? [] : reply.body
        try await writer.write(
            response: reply.head(date: HTTPDate.text(of: time), closing: closing), body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        if isBodyLeft { UnreadBody.close(channel) }
    }

    @concurrent
    private func answer(
        _ request: Request, _ resource: Resource?, _ writer: borrowing ResponseWriter, _ share: ByteBudget.Share,
        _ arrival: ContinuousClock.Instant
    ) async throws -> (reply: BridgeReply, isBodyLeft: Bool) {
        switch (resource, request.method) {
        case (.notices(let sender), .post):
            let deadlines = Deadlines(times(of: sender), from: arrival)
            let reader = BodyReader(maximum: limits.body, deadline: deadlines.body, share: share, free: limits.smallBody)
            do throws(BodyFailure) {
                let body = try await reader.bytes(of: request, writer)
                return (await senders.answer(sender, body, request.headers, deadlines), false)
            } catch {
                return (try refusal(of: error, sender), true)
            }
        case (.health, .get), (.health, .head): return (await health.reply(), request.hasBody)
        case (.notices, _): return (.wrongMethod(allow: "POST"), request.hasBody)
        case (.health, _): return (.wrongMethod(allow: "GET, HEAD"), request.hasBody)
        case (nil, _): return (.error(.notFound, "there are POST /agora, POST /vod and GET /healthz"), request.hasBody)
        }
    }

    private func times(of sender: Notice.Sender) -> SenderTimes {
        switch sender {
        case .agora: limits.agora
        case .vod: limits.vod
        }
    }

    /// - Throws: What broke the connection: there is nobody to answer.
    private func refusal(of failure: BodyFailure, _ sender: Notice.Sender) throws -> BridgeReply {
        switch failure {
        case .tooLarge: .error(.contentTooLarge, "a body may have \(limits.body) bytes")
        case .late: .error(.requestTimeout, "the body was not whole after \(times(of: sender).body)")
        case .crowded: .busy("too many bodies at the same time; send it again")
        case .broken(let error): throw error
        }
    }

    private func log(_ request: Request, _ path: Substring, _ reply: BridgeReply, from sender: String?, after time: Duration) {
        logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(path.prefix(100))", "status": "\(reply.status.code)",
                "ms": "\(Int(time / .milliseconds(1)))", "from": "\(sender ?? "unknown")",
            ])
    }
}
