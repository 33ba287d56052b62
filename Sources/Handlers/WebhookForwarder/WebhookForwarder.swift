package import Foundation
package import HTTPTransport
package import Logging
import MediaEvents
import Settings
import Synchronization
package import WorkerCore

/// Posts every event, unknown types included, to a web address: one request for each attempt, the event's JSON as it came, byte for
/// byte, but for secrets of streams, which are hidden.
///
/// Headers of the Standard Webhooks specification: `webhook-id` is the message id, the same over all attempts, so that the receiver
/// can tell repeats; `webhook-timestamp` is the time of this attempt; `webhook-signature` is there if a secret is set. An answer of 2xx is
/// done; 4xx puts the event aside as a dead letter, except 408 and 429, which retry like everything else (other answers, no
/// answer, no connection). `Retry-After` of a 429 or 503 sets the delay, up to an hour. Redirects are not followed.
///
/// | key of `[handlers.webhook-forwarder]` | default | meaning |
/// | --- | --- | --- |
/// | `url` | none, needed | `http://` or `https://` |
/// | `secret` | none: unsigned | text, or `whsec_` and base64 as in the specification |
/// | `timeout` | `10s` | for one whole request, connecting included, 100ms...5m |
/// | `ca_file` | the system's | PEM file of the authorities to trust |
/// | `hide_secrets` | true | tokens, keys and the keys in stream addresses of Agora's events are sent as `<hidden>` |
package struct WebhookForwarder: CatchAllHandler {
    package static let name = "webhook-forwarder"
    package static let summary = "posts every event, unknown types too, to a web address (Standard Webhooks)"

    /// The connection that `start` makes, shared by all copies of the handler.
    private final class Line: Sendable {
        let exchanging = Mutex<(any HTTPExchanging)?>(nil)
    }

    private let url: String
    private let host: String
    private let signer: WebhookSigner?
    private let timeout: Duration
    private let hidesSecrets: Bool
    private let connect: @Sendable () -> any HTTPExchanging
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let line = Line()

    /// - Parameters:
    ///   - hidesSecrets: As `StreamSecrets` does it; the signature is that of what is sent.
    ///   - connect: Called once, by `start`.
    ///   - now: The wall clock that `webhook-timestamp` comes from.
    package init(
        url: String, signer: WebhookSigner?, timeout: Duration = .seconds(10), hidesSecrets: Bool = true,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }, connect: @escaping @Sendable () -> any HTTPExchanging
    ) {
        self.url = url
        host = URLComponents(string: url)?.host ?? "the receiver"
        self.signer = signer
        self.timeout = timeout
        self.hidesSecrets = hidesSecrets
        self.connect = connect
        self.now = now
        self.logger = logger
    }

    package init(_ settings: HandlerSettings) {
        let section = settings.section
        let url = section.url("url")
        if url == nil, settings.isOn, !section.isRefused("url") {
            section.refuse(
                "url",
                "is needed by the plugin webhook-forwarder, which is on: the address to post to, such as \"https://example.com/events\"")
        }
        let secret = section.secret("secret")
        let signer = secret.flatMap { WebhookSigner(secret: $0) }
        if secret != nil, signer == nil { section.refuse("secret", "must go on with base64 after whsec_") }
        var transport = HTTPTransportConfiguration()
        transport.caFile = section.string("ca_file")
        self.init(
            url: url ?? "", signer: signer,
            timeout: section.duration("timeout", in: .milliseconds(100) ... .seconds(300), default: .seconds(10)),
            hidesSecrets: section.flag("hide_secrets", default: true), logger: settings.logger,
            connect: { [transport] in HTTPTransport(name: "webhook", configuration: transport) })
    }

    package func start() async throws {
        if signer == nil {
            logger.warning(
                "webhooks are sent unsigned: the receiver cannot tell them from forged ones; set a secret", metadata: ["host": "\(host)"])
        }
        line.exchanging.withLock { $0 = connect() }
    }

    package func wants(_ event: IncomingEvent) -> Bool { true }

    package func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict {
        guard let exchanging = line.exchanging.withLock({ $0 }) else { throw CancellationError() }  // not started, or stopped
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await exchanging.perform(request(for: event, id: context.messageID))
        } catch {
            guard error.kind != .cancelled else { throw CancellationError() }
            throw WebhookFailure.noAnswer(error)
        }
        return try verdict(on: response, context)
    }

    package func stop() async { line.exchanging.withLock { $0 = nil } }

    private func request(for event: IncomingEvent, id: String) -> HTTPRequest {
        let body = hidesSecrets ? StreamSecrets.masked(event.json) : event.json
        let timestamp = Int(now().timeIntervalSince1970)
        var headers = [("Content-Type", "application/json"), ("webhook-id", id), ("webhook-timestamp", "\(timestamp)")]
        if let signer { headers.append(("webhook-signature", signer.signature(id: id, timestamp: timestamp, body: body))) }
        return HTTPRequest(
            method: "POST", url: url, headers: headers, body: body, connectLimit: timeout, exchangeLimit: timeout, isRepeatable: false
        )
    }

    private func verdict(on response: HTTPResponse, _ context: HandlerContext) throws -> Verdict {
        switch response.status {
        case 200...299: return .done
        case 429, 503:
            guard let header = response.headers["Retry-After"], let delay = RetryAfter.delay(header, now: now()) else {
                throw WebhookFailure.status(response.status, peer: host)
            }
            context.logger.info("the receiver asks for a later attempt", metadata: ["status": "\(response.status)", "delay": "\(delay)"])
            return .retry(after: delay, reason: "\(WebhookFailure.status(response.status, peer: host)); it asked for \(delay)")
        case 400...499 where response.status != 408: return .deadLetter(reason: "\(host) answered \(response.status)")
        default: throw WebhookFailure.status(response.status, peer: host)
        }
    }
}
