import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import MediaEvents
import NIOCore

/// The HTTP side of the bridge: checks who sends, hands the notice on, answers.
///
/// Whatever is correctly signed is taken, malformed or not: the worker decides what it is. Bodies are never logged.
package struct BridgeServer: Sendable {
    /// Largest body, in bytes; beyond it the answer is 413, before the signature is looked at.
    package static let maximumBody = 1 << 20
    /// How long a body may take to arrive.
    static let bodyLimit: Duration = .seconds(10)
    /// How long senders may be kept waiting, well inside the 10 s of Agora and the 5 s of VOD.
    static let agoraPatience: Duration = .seconds(8)
    static let vodPatience: Duration = .seconds(4)

    private let address: (host: String, port: Int)
    private let agora: AgoraSignature
    private let vod: VODSignature
    private let intake: NoticeIntake
    private let now: @Sendable () -> Int64
    private let logger: Logger

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - now: Unix seconds.
    package init(
        host: String, port: Int, agora: AgoraSignature, vod: VODSignature, intake: NoticeIntake, logger: Logger,
        now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
    ) {
        address = (host, port)
        self.agora = agora
        self.vod = vod
        self.intake = intake
        self.now = now
        self.logger = logger
    }

    /// Serves until the graceful shutdown of the service group that it runs in: requests under way are answered.
    package func run(onBound: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in await respond(to: request).response },
            configuration: ApplicationConfiguration(address: .hostname(address.host, port: address.port), serverName: "mediaworker"),
            onServerRunning: { channel in await onBound(channel.localAddress?.port ?? address.port) },
            logger: Logger(label: "bridge", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await application.run()
    }

    private func respond(to request: Request) async -> BridgeReply {
        let began = ContinuousClock.now
        let reply = await answer(request)
        let milliseconds = (ContinuousClock.now - began) / .milliseconds(1)
        logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path)", "status": "\(reply.status.code)",
                "ms": "\(Int(milliseconds))",
            ])
        return reply
    }

    private func answer(_ request: Request) async -> BridgeReply {
        switch (request.method, request.uri.path) {
        case (.post, "/agora"): return await take(request) { await agora(request, $0) }
        case (.post, "/vod"): return await take(request) { await vod(request, $0) }
        case (.get, "/healthz"): return health
        case (_, "/agora"), (_, "/vod"), (_, "/healthz"):
            return BridgeReply(status: .methodNotAllowed, body: ["error": "another method is needed here"], closes: true)
        default:
            return BridgeReply(
                status: .notFound, body: ["error": "there are POST /agora, POST /vod and GET /healthz"], closes: request.method != .get)
        }
    }

    private var health: BridgeReply {
        let counts = intake.counts
        return BridgeReply(
            status: .ok,
            body: [
                "status": "ok", "queued": "\(counts.queued)", "kept": "\(counts.kept)", "duplicates": "\(counts.duplicates)",
                "unavailable": "\(counts.unavailable)", "pumped": "\(counts.pumped)", "refused": "\(counts.refused)",
            ])
    }

    // MARK: Bodies

    private enum Body {
        case whole([UInt8])
        case tooLarge, late, broken
    }

    private func take(_ request: Request, _ body: ([UInt8]) async -> BridgeReply) async -> BridgeReply {
        switch await read(request) {
        case .whole(let bytes): return await body(bytes)
        case .tooLarge:
            return BridgeReply(status: .contentTooLarge, body: ["error": "a body may have \(Self.maximumBody) bytes"], closes: true)
        case .late:
            return BridgeReply(status: .requestTimeout, body: ["error": "the body took longer than \(Self.bodyLimit)"], closes: true)
        case .broken: return BridgeReply(status: .badRequest, body: ["error": "the body broke off"], closes: true)
        }
    }

    private func read(_ request: Request) async -> Body {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.maximumBody { return .tooLarge }
        return await withTaskGroup(of: Body.self) { group in
            group.addTask {
                do {
                    return .whole(Array(try await request.body.collect(upTo: Self.maximumBody).readableBytesView))
                } catch is NIOTooManyBytesError {
                    return .tooLarge
                } catch {
                    return .broken
                }
            }
            group.addTask {
                _ = try? await Task.sleep(for: Self.bodyLimit)
                return .late
            }
            let first = await group.next() ?? .broken
            group.cancelAll()
            return first
        }
    }

    // MARK: Senders

    private func agora(_ request: Request, _ body: [UInt8]) async -> BridgeReply {
        let isGood = agora.isGood(
            body, product: NoticeIdentity.product(of: body), signature: request.header(AgoraSignature.header),
            oldSignature: request.header(AgoraSignature.oldHeader))
        guard isGood else { return refuse("Agora", "no good Agora-Signature-V2 or Agora-Signature for the product's secrets") }
        return .taken(await intake.take(Notice(from: .agora, body: body, identity: NoticeIdentity(body), patience: Self.agoraPatience)))
    }

    private func vod(_ request: Request, _ body: [UInt8]) async -> BridgeReply {
        guard vod.isConfigured else { return refuse("VOD", "VOD callbacks are not configured here") }
        let isGood = vod.isGood(
            timestamp: request.header(VODSignature.timestampHeader), signature: request.header(VODSignature.header), now: now())
        guard isGood else { return refuse("VOD", "no good X-VOD-SIGNATURE for this address and key, or its time is off") }
        return .taken(await intake.take(Notice(from: .vod, body: body, identity: NoticeIdentity(body), patience: Self.vodPatience)))
    }

    private func refuse(_ sender: String, _ reason: String) -> BridgeReply {
        intake.refused("a notification that says it comes from \(sender) is refused: \(reason)")
        return .refused(reason)
    }
}

extension Request {
    fileprivate func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}
