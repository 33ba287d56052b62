import Crypto
import Foundation
import HTTPTransport
import Synchronization
import Testing

/// The bridge as a process, with real senders and a queue server that goes away.
@Suite("bridge")
struct BridgeProcessTests {
    private static let secret = "push-notify-secret-EXAMPLE"

    private static func notice(_ number: Int) -> [UInt8] {
        Array(
            #"{"noticeId":"n\#(number)","productId":5,"eventType":3,"notifyMs":1,"payload":{"converter":{"id":"c\#(number)","state":"running"},"lts":1773478800000}}"#
                .utf8)
    }

    private static func signed(_ body: [UInt8], with secret: String = secret) -> [(name: String, value: String)] {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        let hex = code.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
        return [("Content-Type", "application/json"), ("Agora-Signature-V2", hex)]
    }

    private struct Bridge: Sendable {
        let program: Program
        let address: String
        let transport = HTTPTransport(name: "senders")

        func post(_ path: String, _ body: [UInt8], _ headers: [(name: String, value: String)]) async throws -> (status: Int, text: String) {
            let response = try await transport.perform(
                HTTPRequest(method: "POST", url: address + path, headers: headers, body: body, exchangeLimit: .seconds(20)))
            return (response.status, String(decoding: response.body, as: UTF8.self))
        }
    }

    private func start(_ bench: Workbench, _ settings: [String: String] = [:]) async throws -> Bridge {
        let program = try bench.start(
            ["bridge", "--port", "0"], ["BRIDGE_AGORA_SECRETS_PUSH": "old,\(Self.secret)"].merging(settings) { $1 })
        let address = try await eventually("the bridge's address", within: .seconds(20)) {
            guard program.isRunning else { throw HarnessError("bridge ended: \(program.errors)") }
            return program.output.firstMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+/).map { String($0.output) }
        }
        return Bridge(program: program, address: address)
    }

    @Test("a signed notice is queued as it came; all others are refused and nothing is queued", .timeLimit(.minutes(1)))
    func signatures() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let bridge = try await start(bench, ["BRIDGE_VOD_URL": "https://hooks.example.org/vod/events", "BRIDGE_VOD_KEY": "Kf7mQ2xLz9"])
            let body = Self.notice(1)
            #expect(try await bridge.post("/agora", body, []).status == 401)
            #expect(try await bridge.post("/agora", body, Self.signed(body, with: "wrong")).status == 401)
            #expect(try await bridge.post("/agora", body + [0x20], Self.signed(body)).status == 401)
            let pull = Array(#"{"productId":4,"eventType":1}"#.utf8)
            #expect(try await bridge.post("/agora", pull, Self.signed(pull)).status == 401, "a product without a secret")
            #expect(try await bridge.post("/vod", body, [("X-VOD-SIGNATURE", "00"), ("X-VOD-TIMESTAMP", "1")]).status == 401)
            #expect(try await bench.counts() == [0, 0, 0])
            #expect(try await bridge.post("/agora", body, Self.signed(body)) == (200, #"{"status":"queued"}"#))
            #expect(try await bridge.post("/agora", body, Self.signed(body)) == (200, #"{"status":"duplicate"}"#))
            let broken = Array("this is no JSON".utf8)
            #expect(try await bridge.post("/agora", broken, Self.signed(broken)).status == 200, "the worker decides what it is")
            let huge = [UInt8](repeating: 0x20, count: 1 << 20) + [0x20]
            #expect(try await bridge.post("/agora", huge, []).status == 413)
            #expect(try await bridge.post("/elsewhere", body, []).status == 404)
            #expect(try await bench.counts() == [2, 0, 0])
            #expect(!bridge.program.errors.contains("converter"), "no body in the log")
            bridge.program.signal(SIGTERM)
            #expect(try await bridge.program.end(within: .seconds(10)).code == 0)
        }
    }

    @Test("a queue that is away: notices are kept, answered with 200, and pumped when it is back", .timeLimit(.minutes(1)))
    func outage() async throws {
        try await Workbench.with { bench in
            let port = try Workbench.freePort()
            let bridge = try await start(bench, ["SMQ_ENDPOINT": "http://127.0.0.1:\(port)"])
            let body = Self.notice(1)
            #expect(try await bridge.post("/agora", body, Self.signed(body)) == (200, #"{"status":"kept"}"#))
            let letters = try await bench.succeed(["dead", "list", "--json"]).array
            #expect(letters.first?["reason"] as? String == "push failed")
            try await bench.serve(port: port)
            try await eventually("it is in the queue", within: .seconds(20)) { try await bench.counts() == [1, 0, 0] }
        }
    }

    @Test("16 senders, the way to the queue cut three times: every notice answered with 200 arrives", .timeLimit(.minutes(5)))
    func load() async throws {
        let count = ProcessInfo.processInfo.environment["BRIDGE_LOAD"].flatMap { Int($0) } ?? 1500
        try await Workbench.with { bench in
            let server = try await bench.serve()
            let target = try #require(server.output.firstMatch(of: /127\.0\.0\.1:([0-9]+)/).flatMap { Int($0.1) })
            let proxy = try CutProxy(to: target)
            defer { proxy.close() }
            let bridge = try await start(bench, ["SMQ_ENDPOINT": "http://127.0.0.1:\(proxy.port)", "WORKER_LOG_LEVEL": "warning"])
            let run = LoadRun(count)
            let began = ContinuousClock.now
            let cutting = Task {
                for quarter in 1...3 {
                    while run.sent < count * quarter / 4 { _ = try? await Task.sleep(for: .milliseconds(1)) }
                    proxy.cut()
                    // Once for so long that no attempt comes through, and the store has to take what comes.
                    _ = try? await Task.sleep(for: quarter == 2 ? .seconds(3) : .milliseconds(700))
                    proxy.mend()
                }
            }
            let senders = (0..<16).map { _ in Task { await Self.send(run, to: bridge) } }
            for sender in senders { await sender.value }
            await cutting.value
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            let (accepted, sorted) = run.results
            print("bridge: \(count) notices in \(seconds) s, \(Double(count) / seconds) a second, p99 \(sorted[sorted.count * 99 / 100])")
            #expect(accepted.count == count)
            let direct = ["SMQ_ENDPOINT": "http://127.0.0.1:\(target)", "WORKER_LOG_LEVEL": "error"]
            try await eventually("the pump is done", within: .seconds(90)) {
                try await bench.succeed(["dead", "list", "--json", "--no-replayed"], direct).array.isEmpty
            }
            bridge.program.signal(SIGTERM)
            #expect(try await bridge.program.end(within: .seconds(15)).code == 0)
            try await bench.succeed(["run", "--until-empty"], direct, within: .seconds(120))
            let ids = Program.text(bench.path("state/events.jsonl")).split(separator: "\n")
                .compactMap { $0.firstMatch(of: /"noticeId":"n([0-9]+)"/).flatMap { Int($0.1) } }
            #expect(Set(ids) == accepted)
            print("bridge: \(ids.count - count) extras, \(proxy.lostReplies) replies were cut")
            // On a slow machine an answer may also come after a push's own limit.
            #expect(ids.count - count <= proxy.lostReplies + 5)
        }
    }

    /// One sender: the next notice, until all are sent.
    private static func send(_ run: LoadRun, to bridge: Bridge) async {
        while let number = run.next() {
            let body = notice(number)
            let sent = ContinuousClock.now
            let reply = try? await bridge.post("/agora", body, signed(body))
            run.note(number, isAccepted: reply?.status == 200, after: .now - sent)
        }
    }
}

/// What 16 senders share.
private final class LoadRun: Sendable {
    private struct State {
        var sent = 0
        var accepted: Set<Int> = []
        var times: [Duration] = []
    }
    private let count: Int
    private let state = Mutex(State())

    init(_ count: Int) { self.count = count }

    var sent: Int { state.withLock { $0.sent } }
    /// The numbers that were answered with 200, and how long all answers took, shortest first.
    var results: (accepted: Set<Int>, times: [Duration]) { state.withLock { ($0.accepted, $0.times.sorted()) } }

    func next() -> Int? {
        state.withLock { state in
            guard state.sent < count else { return nil }
            state.sent += 1
            return state.sent
        }
    }

    func note(_ number: Int, isAccepted: Bool, after time: Duration) {
        state.withLock { state in
            if isAccepted { state.accepted.insert(number) }
            state.times.append(time)
        }
    }
}
