import Foundation
import HTTPTransport
import Settings
import Synchronization
import TestSupport
import Testing

@testable import StreamServices

@Suite("The calls of a wanted recording") struct RecordingHandsTests {
    private let clock = LeapingClock()
    private let log = RecordingLog()
    private let asked = AskedTokens()

    /// For which users tokens were asked.
    private final class AskedTokens: Sendable {
        private let uids = Mutex<[String]>([])
        var all: [String] { uids.withLock { $0 } }

        func token(_ uid: String) -> String {
            uids.withLock {
                $0.append(uid)
                return "token-\(uid)-\($0.count)"
            }
        }
    }

    private struct NoToken: Error {}

    private func hands(_ http: ScriptedHTTP, rates: any RateStore = MemoryRates(), hasTokens: Bool = true) -> RecordingHands {
        var section = AgoraSection()
        section.region = .euCentral
        let client = AgoraClient(
            http: http, account: .init(key: "example-customer-id", secret: Secret("example-customer-secret")),
            directory: HostDirectory(section), rates: rates, clock: clock, logger: log.logger, random: { 0.5 })
        let plan = RecordingHands.Plan(
            cname: "stage7", mode: .mix,
            spec: RecordingSpec(
                storageConfig: .init(vendor: 1, region: 1, bucket: "b", accessKey: "example-key", secretKey: "example-word")))
        let asked = asked
        return RecordingHands(client, CloudRecordingCalls(appID: "app"), plan, logger: log.logger) { uid in
            if !hasTokens { throw NoToken() }
            return asked.token(uid)
        }
    }

    private func recorded(_ name: String) throws -> Result<HTTPResponse, TransportError> {
        let exchange = try Exchange.named("cloud-recording.\(name)")
        return .success(HTTPResponse(status: exchange.status, body: try exchange.responseBytes()))
    }

    private func status(_ status: Int, _ body: String) -> Result<HTTPResponse, TransportError> {
        .success(HTTPResponse(status: status, body: Array(body.utf8)))
    }

    private func lost(_ kind: TransportError.Kind, _ effect: TransportError.Effect) -> Result<HTTPResponse, TransportError> {
        .failure(TransportError(kind, effect: effect, peer: "api.agora.io:443", detail: "test"))
    }

    private func body(_ request: HTTPRequest) throws -> [String: Any] {
        let bytes = try #require(request.body)
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    private let target = RecordingTask.Target(uid: "700001", resourceID: "r1", sid: "fc1c7dfef7815804fa81feb4e7f16c13")

    @Test("acquire says whom to keep apart from; start has the token that was asked for before, and an idle time-out of 300 s")
    func requests() async throws {
        let http = ScriptedHTTP(status(200, #"{"resourceId":"r1"}"#), try recorded("start-not-completed"), try recorded("start-mix"))
        let hands = hands(http)
        #expect(await hands.acquire(uid: "700001", excluding: ["r0"]) == .resource("r1"))
        for start in [RecordingTask.Start.notCompleted, .started(sid: target.sid)] {
            #expect(await hands.start(uid: "700001", resourceID: "r1", before: clock.unixMilliseconds + 2000) == start)
        }
        #expect(asked.all == ["700001"], "a start is repeated with the same parameters")
        let acquiring = try #require(try body(http.requests[0])["clientRequest"] as? [String: Any])
        #expect(acquiring["excludeResourceIds"] as? [String] == ["r0"])
        let starting = try body(http.requests[1])
        #expect(starting["cname"] as? String == "stage7" && starting["uid"] as? String == "700001")
        let request = try #require(starting["clientRequest"] as? [String: Any])
        #expect(request["token"] as? String == "token-700001-1")
        #expect((request["recordingConfig"] as? [String: Any])?["maxIdleTime"] as? Int == 300)
        #expect(http.requests[1].body == http.requests[2].body)
    }

    @Test(
        "what every recorded answer means",
        arguments: [
            ("start-already-started", RecordingTask.Start.alreadyStarted), ("start-not-completed", .notCompleted),
            ("start-task-conflict", .conflict), ("start-no-worker", .failed), ("start-timeout", .unknown),
            ("start-bad-parameter", .refused("400, code 2: Start: invalid streamTypes value!")),
            ("gateway-unauthorized", .refused("401: Invalid authentication credentials")), ("gateway-rate-limit", .throttled),
            ("gateway-no-route", .refused("404: no Route matched with those values")), ("acquire-over-load", .overloaded),
            ("start-individual", .started(sid: "fc1c7dfef7815804fa81feb4e7f16c13")),
        ])
    func starts(name: String, start: RecordingTask.Start) async throws {
        let hands = hands(ScriptedHTTP(try recorded(name)))
        #expect(await hands.start(uid: "700001", resourceID: "r1", before: clock.unixMilliseconds) == start)
    }

    @Test(
        "acquire",
        arguments: [
            ("acquire-over-load", RecordingTask.Acquisition.overloaded), ("acquire-internal", .failed), ("gateway-rate-limit", .throttled),
            ("acquire-invalid-appid", .refused("400, code 400: invalid_appid")),
        ])
    func acquisitions(name: String, acquisition: RecordingTask.Acquisition) async throws {
        #expect(await hands(ScriptedHTTP(try recorded(name))).acquire(uid: "700001", excluding: []) == acquisition)
    }

    @Test(
        "query",
        arguments: [
            ("query-mix-hls", RecordingTask.Query.status(5)), ("query-starting", .status(3)), ("query-web", .status(5)),
            ("query-not-found", .missing), ("query-timeout", .failed), ("query-not-completed", .failed), ("gateway-rate-limit", .throttled),
            ("gateway-no-route", .refused("404: no Route matched with those values")),
        ])
    func queries(name: String, query: RecordingTask.Query) async throws {
        let http = ScriptedHTTP(try recorded(name))
        #expect(await hands(http).query(target) == query)
        #expect(http.requests[0].url.hasSuffix("/resourceid/r1/sid/\(target.sid)/mode/mix/query"))
    }

    @Test(
        "stop",
        arguments: [
            ("stop", RecordingTask.Stop.done), ("stop-backuped", .done), ("stop-no-data", .nothingRecorded), ("stop-again", .ending),
            ("query-not-found", .missing), ("query-timeout", .failed), ("gateway-rate-limit", .failed),
            ("gateway-unauthorized", .refused("401: Invalid authentication credentials")),
        ])
    func stops(name: String, stop: RecordingTask.Stop) async throws {
        let http = ScriptedHTTP(try recorded(name))
        #expect(await hands(http).stop(target) == stop)
        #expect(try body(http.requests[0])["uid"] as? String == "700001", "the uid of the start")
    }

    @Test("answers that say too little, and ids that are too old")
    func odd() async throws {
        let http = ScriptedHTTP(
            status(200, "{}"), status(200, #"{"resourceId":"r1"}"#), status(200, #"{"sid":"s1"}"#), status(400, #"{"code":433}"#),
            status(504, ""))
        let hands = hands(http)
        #expect(await hands.acquire(uid: "700001", excluding: []) == .failed)
        let before = clock.unixMilliseconds
        #expect(await hands.start(uid: "700001", resourceID: "r1", before: before) == .notCompleted)
        #expect(await hands.query(target) == .failed)
        #expect(await hands.start(uid: "700001", resourceID: "r1", before: before) == .unsent)
        #expect(await hands.start(uid: "700001", resourceID: "r1", before: before) == .unknown)
    }

    @Test("a start whose answer is lost is not sent again by itself; one that reached nobody in time is none")
    func lostStart() async throws {
        let http = ScriptedHTTP(lost(.timedOut, .unknown), lost(.couldNotConnect, .none), lost(.couldNotConnect, .none))
        let hands = hands(http)
        #expect(await hands.start(uid: "700001", resourceID: "r1", before: clock.unixMilliseconds + 2000) == .unknown)
        #expect(http.requests.count == 1)
        #expect(await hands.start(uid: "700001", resourceID: "r1", before: clock.unixMilliseconds + 2000) == .unsent)
        #expect(http.requests.count == 3, "after 1 s and 3 s more it would be too late")
    }

    @Test("a start that has to wait for its turn does not leave when it is too late")
    func turn() async throws {
        let rates = MemoryRates()
        for _ in 0..<30 { _ = try await rates.reserve(.cloudRecording, at: clock.unixMilliseconds) }
        let http = ScriptedHTTP(try recorded("start-mix"))
        #expect(await hands(http, rates: rates).start(uid: "700001", resourceID: "r1", before: clock.unixMilliseconds + 2000) == .unsent)
        #expect(http.requests.isEmpty)
    }

    @Test("without a token nothing is sent; what breaks a rule is refused by name, and neither log nor answer has a secret")
    func noToken() async {
        let http = ScriptedHTTP()
        #expect(await hands(http, hasTokens: false).acquire(uid: "700001", excluding: []) == .failed)
        #expect(await hands(http, hasTokens: false).start(uid: "700001", resourceID: "r1", before: .max) == .unsent)
        guard case .refused(let words) = await hands(http).start(uid: "0", resourceID: "r1", before: .max) else {
            Issue.record("uid 0 is no recording's")
            return
        }
        #expect(words.contains("`uid`") && http.requests.isEmpty)
        for line in log.lines + [words] { #expect(!line.contains("example-word") && !line.contains("token-")) }
    }
}
