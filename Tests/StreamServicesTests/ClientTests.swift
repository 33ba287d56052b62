import Foundation
import HTTPTransport
import Logging
import Settings
import Synchronization
import TestSupport
import Testing

@testable import StreamServices

/// A clock whose sleepers are woken at once, at the time that they asked for.
final class LeapingClock: StreamClock {
    private let state: Mutex<(now: ContinuousClock.Instant, unix: Int64, sleeps: [Duration])>

    init(unix: Int64 = 1_773_478_800_000) { state = Mutex((.now, unix, [])) }

    var now: ContinuousClock.Instant { state.withLock { $0.now } }
    var unixMilliseconds: Int64 { state.withLock { $0.unix } }
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func sleep(until deadline: ContinuousClock.Instant) async {
        state.withLock { state in
            let time = max(.zero, deadline - state.now)
            state.now += time
            state.unix += Int64(time / .milliseconds(1))
            state.sleeps.append(time)
        }
    }
}

@Suite("Calls on their way") struct ClientTests {
    private let clock = LeapingClock()
    private let rates = MemoryRates()
    private let log = RecordingLog()
    private let push = MediaPushCalls(appID: "app")

    private func client(_ http: ScriptedHTTP, _ change: (inout AgoraSection) -> Void = { _ in }) -> AgoraClient {
        var section = AgoraSection()
        section.region = .euCentral
        change(&section)
        return AgoraClient(
            http: http, account: .init(key: "example-customer-id", secret: Secret("example-customer-secret")),
            directory: HostDirectory(section), rates: rates, clock: clock, logger: log.logger, random: { 0.5 })
    }

    private func lost(_ kind: TransportError.Kind, _ effect: TransportError.Effect = .none) -> Result<HTTPResponse, TransportError> {
        .failure(TransportError(kind, effect: effect, peer: "api.agora.io:443", detail: "test"))
    }

    private func create() throws -> AgoraCall {
        try push.create(
            ConverterSpec(
                name: "stage7", rawOptions: .init(rtcChannel: "stage7", rtcStreamUid: 1), rtmpUrl: "rtmp://cdn.example.com/live/stream-key"),
            in: .europe)
    }

    private func hosts(_ http: ScriptedHTTP) -> [String] { http.requests.compactMap { URL(string: $0.url)?.host } }

    @Test("a call is signed in, has an id, and goes over https to the primary host")
    func request() async throws {
        let http = ScriptedHTTP(.status(200), .status(200))
        let client = client(http)
        _ = try await client.send(try create())
        _ = try await client.send(try push.get("c1", in: .europe))
        let headers = Dictionary(uniqueKeysWithValues: http.requests[0].headers.map { ($0.name, $0.value) })
        #expect(headers["Authorization"] == "Basic ZXhhbXBsZS1jdXN0b21lci1pZDpleGFtcGxlLWN1c3RvbWVyLXNlY3JldA==")
        #expect(headers["Content-Type"]?.hasPrefix("application/json") == true)
        #expect(headers["X-Request-ID"].flatMap { UUID(uuidString: $0) } != nil)
        #expect(http.requests[0].url == "https://api.agora.io/eu/v1/projects/app/rtmp-converters")
        #expect(http.requests[1].headers.first { $0.name == "X-Request-ID" }?.value != headers["X-Request-ID"])
    }

    @Test(
        "another address for a host: plain http on this machine only",
        arguments: [
            ("127.0.0.2:9400", "http"), ("localhost:9400", "http"), ("[::1]:9400", "http"), ("10.0.0.1:443", "https"),
            ("127.example.com:80", "https"),
        ])
    func addresses(address: String, scheme: String) async throws {
        let http = ScriptedHTTP(.status(200))
        _ = try await client(http) { $0.hosts = [AgoraHost(.agora): address] }.send(try push.get("c1", in: .europe))
        #expect(http.requests[0].url.hasPrefix("\(scheme)://api.agora.io/") && http.requests[0].connectTo == address)
    }

    @Test("hosts are tried in their order, and the one that worked is asked first afterwards")
    func failover() async throws {
        let http = ScriptedHTTP(
            lost(.couldNotConnect), lost(.couldNotConnect), .status(200), .status(200), lost(.couldNotConnect), .status(404))
        let client = client(http)
        for _ in 0..<2 { _ = try await client.send(try push.get("c1", in: .europe)) }
        #expect(try await client.send(try push.get("c1", in: .europe)).meaning == .missing, "any answer means that the host works")
        #expect(
            hosts(http) == [
                "api.agora.io", "api.agora.io", "api-eu-west-1.agora.io", "api-eu-west-1.agora.io", "api-eu-west-1.agora.io",
                "api.agora.io",
            ])
        #expect(clock.sleeps == [.seconds(1), .seconds(3), .seconds(1)])
    }

    @Test("a service without region hosts does not ask them; a DNS failure leads to the other domain")
    func noRegions() async throws {
        let http = ScriptedHTTP(lost(.couldNotResolve), lost(.couldNotResolve), lost(.couldNotResolve))
        let client = client(http) { $0.regionHosts = [.mediaPull] }
        await #expect { _ = try await client.send(try push.get("c1", in: .europe)) } throws: {
            ($0 as? AgoraError)?.kind == .unreachable
        }
        #expect(hosts(http) == ["api.agora.io", "api.agora.io", "api.sd-rtn.com"])
    }

    @Test("a create whose answer is lost is never sent again: it may have been done")
    func lostCreate() async throws {
        let http = ScriptedHTTP(lost(.couldNotConnect), lost(.timedOut, .unknown))
        let client = client(http)
        await #expect { _ = try await client.carryOut(try create()) } throws: { error in
            (error as? AgoraError)?.kind == .unknownOutcome && "\(error)".contains("may have been carried out")
        }
        #expect(http.requests.count == 2)
        let harmless = ScriptedHTTP(lost(.timedOut, .unknown), .status(200))
        #expect(try await self.client(harmless).send(try push.delete("c1", in: .europe)).meaning == .success)
    }

    @Test("404, 429 and 5xx are repeated after 5-6 s, 10-11 s and 15-16 s, and then given up", arguments: [404, 429, 500, 503, 504])
    func retreat(status: Int) async throws {
        let http = ScriptedHTTP(.status(status), .status(status), .status(status), .status(status), .status(200))
        let client = client(http)
        await #expect { _ = try await client.carryOut(try push.get("c1", in: .europe)) } throws: {
            ($0 as? AgoraError)?.answer?.status == status
        }
        #expect(http.requests.count == 4)
        let waits = clock.sleeps.filter { $0 > .seconds(4) }
        #expect(waits == [.milliseconds(5500), .milliseconds(10_500), .milliseconds(15_500)])
    }

    @Test("what no repeat can help is given up at once", arguments: [400, 401, 403, 409])
    func refused(status: Int) async throws {
        let http = ScriptedHTTP(.status(status, [("X-Resource-ID", "r1"), ("X-Request-ID", "q1")]))
        let client = client(http)
        await #expect { _ = try await client.carryOut(try create()) } throws: { error in
            let text = "\(error)"
            return text.hasPrefix("Media Push Create was answered with \(status)") && text.contains("X-Resource-ID r1")
                && text.contains("X-Request-ID q1")
        }
        #expect(http.requests.count == 1)
    }

    @Test("a 504 to Create is looked into first; one to Get is only repeated")
    func gatewayTimeout() async throws {
        let client = client(ScriptedHTTP(.status(504)))
        await #expect { _ = try await client.carryOut(try create()) } throws: { ($0 as? AgoraError)?.kind == .unknownOutcome }
        let harmless = ScriptedHTTP(.status(504), .status(200))
        #expect(try await self.client(harmless).carryOut(try push.get("c1", in: .europe)).status == 200)
    }

    @Test("calls wait for their turn, retries too, and a 429 makes all of them slower")
    func turns() async throws {
        let pull = MediaPullCalls(appID: "app")
        let http = ScriptedHTTP(.status(200), .status(200), .status(200), .status(429), .status(200), .status(200))
        let client = client(http)
        for _ in 0..<6 { _ = try await client.send(try pull.list(channel: "stage7")) }
        #expect(clock.sleeps == [.milliseconds(1050), .milliseconds(1050), .milliseconds(1050)])
    }

    @Test("a 429 for a quota says nothing of the rate, and makes nothing slower")
    func quota() async throws {
        let full = Result<HTTPResponse, TransportError>.success(
            HTTPResponse(status: 429, body: Array(#"{"message":"Resources quota limit exceeded"}"#.utf8)))
        let http = ScriptedHTTP(.status(200), .status(200), .status(200), full, .status(200), .status(200))
        let client = client(http)
        for _ in 0..<6 { _ = try await client.send(try MediaPullCalls(appID: "app").list(channel: "stage7")) }
        #expect(clock.sleeps == [.milliseconds(1050), .milliseconds(1050)])
    }

    @Test("the ids that Agora's support asks for are in the log, of good answers and bad ones", arguments: [200, 404])
    func tracing(status: Int) async throws {
        let ids = [("X-Request-ID", "q1"), ("X-Custom-request-ID", "u1"), ("X-Resource-ID", "r1")]
        let http = ScriptedHTTP(.status(status, ids), .status(status))
        let client = client(http)
        for _ in 0..<2 { _ = try await client.send(try push.get("c1", in: .europe)) }
        let lines = log.lines.filter { $0.contains("answer from Agora") }
        try #require(lines.count == 2)
        for pair in ["request=q1", "custom_request=u1", "resource=r1", "status=\(status)"] {
            #expect(lines[0].split(separator: " ").contains { $0 == pair }, "\(pair)")
        }
        // Where the answer has none, our own.
        let own = try #require(http.requests[1].headers.first { $0.name == "X-Request-ID" }?.value)
        #expect(lines[1].contains(" request=\(own)") && !lines[1].contains("resource=") && !lines[1].contains("custom_request="))
    }

    @Test("neither log nor error shows credentials, tokens or the key of a stream")
    func secrets() async throws {
        let client = client(ScriptedHTTP(.status(401), lost(.timedOut, .unknown)))
        var texts = log.lines
        for _ in 0..<2 {
            do { _ = try await client.carryOut(try create()) } catch { texts.append("\(error)") }
        }
        texts += log.lines
        #expect(texts.count >= 4)
        for text in texts {
            #expect(
                !text.contains("example-customer-secret") && !text.contains("stream-key") && !text.contains("ZXhhbXBsZS1jdXN0b21lci1pZ"))
        }
    }

    @Test("a create that is given up in the middle of its exchange may have been carried out")
    func cancelledCreate() async throws {
        let http = ScriptedHTTP(lost(.cancelled, .unknown), lost(.cancelled))
        for kind in [AgoraError.Kind.unknownOutcome, .cancelled] {
            await #expect { try await client(http).send(try create()) } throws: { ($0 as? AgoraError)?.kind == kind }
        }
    }
}
