import HTTPTransport
import Testing

@testable import StreamServices

@Suite("What answers mean") struct AnswerTests {
    private static let meanings: [String: AgoraAnswer.Meaning] = [
        "media-push.create-conflict": .conflict, "media-push.get-not-found": .missing, "media-push.error-400": .refused,
        "media-push.error-401": .refused, "media-push.error-403": .refused, "media-push.error-429": .throttled,
        "media-push.error-500": .failed, "media-push.error-503": .failed, "media-push.error-504": .unknown,
        "media-pull.create-conflict": .conflict, "media-pull.error-400": .refused, "media-pull.error-401": .refused,
        "media-pull.error-403": .refused, "media-pull.error-404": .missing, "media-pull.error-429": .throttled,
        "media-pull.error-500": .failed, "media-pull.error-502": .failed, "media-pull.error-503": .failed,
        "media-pull.error-504": .unknown, "cloud-recording.query-not-found": .missing, "cloud-recording.query-timeout": .unknown,
        "cloud-recording.query-not-completed": .notCompleted, "cloud-recording.stop-no-data": .nothingRecorded,
        "cloud-recording.stop-again": .refused, "cloud-recording.start-already-started": .alreadyStarted,
        "cloud-recording.start-not-completed": .notCompleted, "cloud-recording.start-task-conflict": .refused,
        "cloud-recording.start-bad-parameter": .refused, "cloud-recording.start-no-worker": .failed,
        "cloud-recording.start-timeout": .failed, "cloud-recording.acquire-invalid-appid": .refused,
        "cloud-recording.acquire-over-load": .refused, "cloud-recording.acquire-internal": .failed,
        "cloud-recording.gateway-unauthorized": .refused, "cloud-recording.gateway-no-route": .noRoute,
        "cloud-recording.gateway-rate-limit": .throttled,
    ]

    private func answer(_ status: Int, _ body: String, _ service: StreamService, _ operation: String) -> AgoraAnswer {
        let call = AgoraCall(service: service, operation: operation, method: "POST", path: "/", repeating: .harmless, rates: [])
        return AgoraAnswer(HTTPResponse(status: status, body: Array(body.utf8)), to: call)
    }

    @Test("every recorded answer", arguments: Exchange.all.filter { !$0.name.hasPrefix("notifications") })
    func recorded(exchange: Exchange) throws {
        let parts = exchange.name.split(separator: ".")
        let service = try #require(StreamService(rawValue: String(parts[0])))
        let operation = service == .cloudRecording ? String(parts[1].prefix { $0 != "-" }) : "any"
        let call = AgoraCall(service: service, operation: operation, method: "POST", path: "/", repeating: .harmless, rates: [])
        let headers = exchange.responseHeaders ?? [:]
        let response = HTTPResponse(
            status: exchange.status, headers: HTTPHeaders(headers.map { ($0.key, $0.value) }), body: try exchange.responseBytes())
        let answer = AgoraAnswer(response, to: call)
        #expect(answer.meaning == Self.meanings[exchange.name] ?? .success)
        if answer.meaning != .success { #expect(!answer.reason.isEmpty) }
        #expect(answer.requestID == headers["X-Request-ID"] && answer.resourceID == headers["X-Resource-ID"])
    }

    @Test("an answer that is no JSON, or nothing, is judged by its status alone")
    func proxies() {
        for body in ["", "<html>Bad gateway</html>", "[]", "{"] {
            #expect(answer(502, body, .mediaPush, "Get").meaning == .failed)
            #expect(answer(404, body, .cloudRecording, "query").meaning == .missing)
            #expect(answer(200, body, .cloudRecording, "query").meaning == .notCompleted)
            #expect(answer(200, body, .mediaPull, "Delete").meaning == .success)
        }
    }

    @Test("a recording is there only when the answer names it")
    func incomplete() {
        #expect(answer(200, #"{"resourceId":"r"}"#, .cloudRecording, "acquire").meaning == .success)
        #expect(answer(200, #"{"resourceId":"r"}"#, .cloudRecording, "start").meaning == .notCompleted)
        #expect(answer(404, #"{"code":404,"reason":"no Route"}"#, .cloudRecording, "query").meaning == .missing)
    }

    @Test("a reason that repeats a stream's address does not repeat its key")
    func reasons() {
        for address in ["rtmp://cdn.example.com/live/hush", "https://media.example.net/live/hush?auth_key=hush"] {
            for field in ["message", "reason"] {
                let reason = answer(400, #"{"\#(field)":"\#(address) is no address"}"#, .mediaPull, "Create").reason
                #expect(reason.hasSuffix("/live/<hidden> is no address") && !reason.contains("hush"))
            }
        }
    }
}
