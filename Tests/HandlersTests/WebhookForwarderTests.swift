import Foundation
import HTTPTransport
import Handlers
import Logging
import MediaEvents
import Settings
import TestSupport
import Testing
import WorkerCore

@Suite("webhook-forwarder")
struct WebhookForwarderTests {
    private func forwarder(_ http: ScriptedHTTP, secret: String? = nil, log: RecordingLog = RecordingLog()) async throws -> WebhookForwarder
    {
        let forwarder = WebhookForwarder(
            url: "https://hooks.example.com/in?token=t", signer: secret.flatMap { WebhookSigner(secret: Secret($0)) }, timeout: .seconds(7),
            logger: log.logger, now: { Date(timeIntervalSince1970: 1_614_265_330.9) }, connect: { http })
        try await forwarder.start()
        return forwarder
    }

    @Test("posts the event's bytes as they came, once, with the headers of the specification")
    func request() async throws {
        let http = ScriptedHTTP(.status(204))
        let body = Array("{ \"EventType\" : \"ThumbnailsExpired\",\n \"n\": 1.0 }".utf8)
        let forwarder = try await forwarder(http, secret: "plain text secret")
        #expect(forwarder.wants(.incoming(body)))
        #expect(try await forwarder.handle(.incoming(body), .fake(messageID: "ID-1")) == .done)

        let request = try #require(http.requests.first)
        #expect(http.requests.count == 1)
        #expect(request.method == "POST")
        #expect(request.url == "https://hooks.example.com/in?token=t")
        #expect(request.body == body)
        #expect(request.exchangeLimit == .seconds(7))
        #expect(!request.isRepeatable)
        let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(headers["Content-Type"] == "application/json")
        #expect(headers["webhook-id"] == "ID-1")
        #expect(headers["webhook-timestamp"] == "1614265330")
        #expect(headers["webhook-signature"]?.hasPrefix("v1,") == true)
    }

    // The published example of the specification's libraries; the second is HMAC-SHA256 by OpenSSL with the text as the key.
    @Test(
        "signs as the specification's own example",
        arguments: [
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            ("plain text secret", "v1,IYSVnKtG804hqZ2Va3gdLxRq5/uJG6Qm9rCWHPsrEcM="),
        ])
    func signature(secret: String, expected: String) throws {
        let signer = try #require(WebhookSigner(secret: Secret(secret)))
        let body = Array(#"{"test": 2432232314}"#.utf8)
        #expect(signer.signature(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: body) == expected)
    }

    @Test("without a secret there is no signature, and one warning at the start")
    func unsigned() async throws {
        let http = ScriptedHTTP(.status(200), .status(200))
        let log = RecordingLog()
        let forwarder = try await forwarder(http, log: log)
        for _ in 1...2 { _ = try await forwarder.handle(try .sample("SnapshotComplete"), .fake()) }
        #expect(http.requests.allSatisfy { request in !request.headers.contains { $0.name == "webhook-signature" } })
        #expect(log.lines.count == 1)
        #expect(log.lines.first?.hasPrefix("warning: webhooks are sent unsigned") == true)
        #expect(log.lines.first?.contains("token") == false)
    }

    @Test("2xx is done", arguments: [200, 202, 299])
    func done(status: Int) async throws {
        let forwarder = try await forwarder(ScriptedHTTP(.status(status)))
        #expect(try await forwarder.handle(try .sample("SnapshotComplete"), .fake()) == .done)
    }

    @Test("a refusal puts the event aside with the status", arguments: [400, 401, 404, 410, 422, 499])
    func deadLetter(status: Int) async throws {
        let forwarder = try await forwarder(ScriptedHTTP(.status(status)))
        let verdict = try await forwarder.handle(try .sample("SnapshotComplete"), .fake())
        #expect(verdict == .deadLetter(reason: "hooks.example.com answered \(status)"))
    }

    @Test("what may pass is tried again, one request each time", arguments: [301, 304, 408, 429, 500, 502, 503])
    func again(status: Int) async throws {
        let http = ScriptedHTTP(.status(status))
        let forwarder = try await forwarder(http)
        let error = await #expect(throws: (any Error).self) { try await forwarder.handle(try .sample("SnapshotComplete"), .fake()) }
        let text = "\(try #require(error))"
        #expect(text.hasPrefix("hooks.example.com answered \(status)"))
        #expect(!text.contains("token"))
        #expect(http.requests.count == 1)
    }

    @Test("no answer is tried again; being cancelled is no failure of the receiver")
    func noAnswer() async throws {
        let lost = TransportError(.timedOut, effect: .unknown, peer: "hooks.example.com:443", detail: "no byte in 7 s")
        let cancelled = TransportError(.cancelled, effect: .none, peer: "hooks.example.com:443", detail: "")
        let forwarder = try await forwarder(ScriptedHTTP(.failure(lost), .failure(cancelled)))
        let error = await #expect(throws: (any Error).self) { try await forwarder.handle(try .sample("SnapshotComplete"), .fake()) }
        #expect("\(try #require(error))".contains("no answer in time"))
        await #expect(throws: CancellationError.self) { try await forwarder.handle(try .sample("SnapshotComplete"), .fake()) }
    }

    @Test(
        "Retry-After of 429 and 503 sets the delay, within a second and an hour",
        arguments: [
            (429, "17", 17), (503, "0", 1), (503, "86400", 3600), (429, "Thu, 25 Feb 2021 15:03:10 GMT", 60),
            (429, "99999999999999999999", 3600),
        ])
    func retryAfter(status: Int, header: String, seconds: Int) async throws {
        let forwarder = try await forwarder(ScriptedHTTP(.status(status, [("retry-after", header)])))
        let verdict = try await forwarder.handle(try .sample("SnapshotComplete"), .fake())
        guard case .retry(let delay, let reason) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(delay == .seconds(seconds))
        #expect(reason?.contains("\(status)") == true)
    }

    @Test("an unreadable Retry-After is no delay", arguments: ["soon", "-5", "", "1.5"])
    func unreadableRetryAfter(header: String) async throws {
        let forwarder = try await forwarder(ScriptedHTTP(.status(503, [("Retry-After", header)])))
        await #expect(throws: (any Error).self) { try await forwarder.handle(try .sample("SnapshotComplete"), .fake()) }
    }

    @Test("the address is needed, and a secret is never shown")
    func settingsAreChecked() throws {
        let none = try settings("", section: "webhook-forwarder") { _ = WebhookForwarder($0) }
        #expect(none.problems.count == 1)
        #expect(none.problems.first?.contains("the address to post to, such as") == true)

        let broken = try settings(
            "[handlers.webhook-forwarder]\nurl = \"ftp://x\"\nsecret = \"whsec_%%%\"\ntimeout = \"1h\"", section: "webhook-forwarder"
        ) { _ = WebhookForwarder($0) }
        #expect(broken.problems.count == 3)
        #expect(!broken.problems.contains { $0.contains("%%%") })

        let fine = try settings(
            "[handlers.webhook-forwarder]\nurl = \"https://hooks.example.com/in\"", section: "webhook-forwarder",
            environment: ["HANDLERS_WEBHOOK_FORWARDER_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
        ) { _ = WebhookForwarder($0) }
        #expect(fine.problems.isEmpty)
    }

    @Test("secrets of streams are hidden in what is posted and signed, unless it is told otherwise", arguments: [true, false])
    func secrets(areHidden: Bool) async throws {
        let body =
            #"{ "noticeId":"n","productId":4,"eventType":1,"payload":{"player":{"id":"p","token":"007hush","streamUrl":"rtmp://h/a/hush"}}}"#
        let hidden = body.replacing("007hush", with: "<hidden>").replacing("hush", with: "<hidden>")
        let expected = Array((areHidden ? hidden : body).utf8)
        let http = ScriptedHTTP(.status(204))
        let signer = try #require(WebhookSigner(secret: Secret("s")))
        let forwarder = WebhookForwarder(
            url: "https://hooks.example.com/in", signer: signer, hidesSecrets: areHidden, logger: RecordingLog().logger,
            now: { Date(timeIntervalSince1970: 5) }, connect: { http })
        try await forwarder.start()
        #expect(try await forwarder.handle(.incoming(Array(body.utf8)), .fake(messageID: "ID-1")) == .done)
        let request = try #require(http.requests.first)
        #expect(request.body == expected)
        let signature = request.headers.first { $0.name == "webhook-signature" }?.value
        #expect(signature == signer.signature(id: "ID-1", timestamp: 5, body: expected))
    }

    @Test("an event of our own is posted as any other")
    func ownEvent() async throws {
        let http = ScriptedHTTP(.status(204))
        let forwarder = try await forwarder(http)
        let event = try IncomingEvent.sample("stream-services.role-changed")
        #expect(forwarder.wants(event) && event.typed != nil)
        #expect(try await forwarder.handle(event, .fake()) == .done)
        #expect(http.requests.first?.body == event.json)
    }
}
