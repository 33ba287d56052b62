import Crypto
import Foundation
import HTTPTransport
import Synchronization
import TestSupport
import Testing

@testable import AgoraSimulator

@Suite("The simulator over HTTP", .timeLimit(.minutes(1))) struct ServerTests {
    /// A clock that a test moves.
    private final class Hand: SimulatorClock {
        private let time = Mutex(Bench.start)
        var now: Int64 { time.withLock { $0 } }
        func advance(by milliseconds: Int64) { time.withLock { $0 += milliseconds } }
        func delay(until moment: Int64) -> Duration? { nil }
    }

    /// Takes notifications, all but the first.
    private final class Receiver: HTTPExchanging {
        private let taken = Mutex<[HTTPRequest]>([])
        var requests: [HTTPRequest] { taken.withLock { $0 } }

        func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            let isFirst = taken.withLock { taken in
                taken.append(request)
                return taken.count == 1
            }
            return HTTPResponse(status: isFirst ? 500 : 200, body: Array("{}".utf8))
        }
    }

    private struct Client {
        let http = HTTPTransport(name: "simulator-test")
        let addresses: AgoraSimulatorServer.Addresses

        func ask(_ method: String, _ path: String, _ body: JSONValue? = nil, host: String = "api.agora.io") async throws -> HTTPResponse {
            let address = try #require(addresses.hosts[host])
            return try await http.perform(
                HTTPRequest(
                    method: method, url: "http://\(address)\(path)", headers: [("Authorization", Bench.authorization)], body: body?.bytes,
                    exchangeLimit: .seconds(5)))
        }

        func control(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
            let address = try #require(addresses.control)
            let answer = try await http.perform(HTTPRequest(method: method, url: "http://\(address)/_simulator/\(path)", body: body?.bytes))
            #expect(answer.status == 200)
            return try JSONValue(parsing: answer.body)
        }
    }

    private func run(
        _ script: String, http: any HTTPExchanging = Receiver(), _ body: @escaping @Sendable (Client) async throws -> Void
    ) async throws {
        let server = AgoraSimulatorServer(
            try SimulatorScript(parsing: Array(script.utf8)), clock: Hand(), start: Bench.start, http: http)
        let (bound, continuation) = AsyncStream<AgoraSimulatorServer.Addresses>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { continuation.yield($0) } }
            for await addresses in bound {
                try await body(Client(addresses: addresses))
                break
            }
            group.cancelAll()
        }
    }

    @Test("a host that is away refuses, cuts those who are connected, and comes back at the same port")
    func hostAway() async throws {
        let script = """
            {"hosts": {"api.agora.io": "127.0.0.2:0", "api.sd-rtn.com": "127.0.0.3:0"},
             "steps": [{"at": 60, "do": "host", "host": "api.agora.io", "fault": "refuse", "seconds": 60}]}
            """
        try await run(script) { client in
            #expect(try await client.ask("GET", Bench.converterList).status == 200)
            _ = try await client.control("POST", "clock", ["advance": 70])
            let isAway = await eventually {
                do {
                    _ = try await client.ask("GET", Bench.converterList)
                    return false
                } catch {
                    return (error as? TransportError)?.kind == .couldNotConnect
                }
            }
            #expect(isAway)
            #expect(try await client.ask("GET", Bench.converterList, host: "api.sd-rtn.com").status == 200)
            _ = try await client.control("POST", "clock", ["advance": 60])
            #expect(await eventually { (try? await client.ask("GET", Bench.converterList).status) == 200 })
        }
    }

    @Test("answers have the simulated time")
    func date() async throws {
        try await run("{}") { client in
            #expect(try await client.ask("GET", Bench.converterList).headers["Date"] == "Sat, 14 Mar 2026 09:00:00 GMT")
            _ = try await client.control("POST", "clock", ["advance": 3661])
            #expect(try await client.ask("GET", Bench.converterList).headers["Date"] == "Sat, 14 Mar 2026 10:01:01 GMT")
        }
    }

    @Test("a call may be carried out and its connection cut, or never be answered")
    func lostAnswers() async throws {
        try await run("{}") { client in
            let step: JSONValue = ["do": "answer", "operation": "create", "cut": true, "carriedOut": true]
            _ = try await client.control("POST", "steps", step)
            let error = await #expect(throws: TransportError.self) {
                try await client.ask("POST", Bench.converters(), Bench.converter("stage7"))
            }
            #expect(error?.effect == .unknown)
            let report = try await client.control("GET", "state")
            #expect(report["tasks"]?.elements?.map { $0["name"] } == ["stage7"])
            _ = try await client.control("POST", "steps", ["do": "host", "host": "*", "fault": "hang", "seconds": 30])
            async let hung: Void = {
                await #expect(throws: TransportError.self) { try await client.ask("GET", Bench.converterList) }
            }()
            #expect(await eventually { (try? await client.control("GET", "state")[path: "calls"]?["media-push list"]?["hang"]) == 1 })
            _ = try await client.control("POST", "clock", ["advance": 31])
            await hung
            #expect(try await client.ask("GET", Bench.converterList).status == 200)
        }
    }

    @Test("notifications are signed, sent to their address, and sent again when they are not taken")
    func webhooks() async throws {
        let receiver = Receiver()
        let script = #"{"notifications": {"url": "http://127.0.0.1:8088/agora", "secrets": {"media-push": "secret"}, "delay": 0}}"#
        try await run(script, http: receiver) { client in
            _ = try await client.ask("POST", Bench.converters(), Bench.converter("stage7"))
            #expect(await eventually { receiver.requests.count == 2 })
            #expect(receiver.requests.first?.body == receiver.requests.last?.body)
            #expect(await eventually { (try? await client.control("GET", "state")[path: "notifications.failedAttempts"]) == 1 })
            _ = try await client.control("POST", "clock", ["advance": 5])
            #expect(await eventually { (try? await client.control("GET", "state")[path: "notifications.delivered"]) == 3 })
            for request in receiver.requests {
                let body = try #require(request.body)
                #expect(request.url == "http://127.0.0.1:8088/agora" && request.method == "POST")
                let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array("secret".utf8)))
                let hex = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                #expect(request.headers.contains { $0.name == "Agora-Signature-V2" && $0.value == hex })
            }
        }
    }

    @Test("many callers at the same time: every create is one task, and every name is taken once")
    func concurrency() async throws {
        try await run(#"{"limits": {"media-push": 1000}, "rates": {"media-push.create": {}}}"#) { client in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<300 {
                    group.addTask { try await client.ask("POST", Bench.converters(), Bench.converter("n\(number % 150)")).status }
                }
                return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [200: 150, 409: 150])
            #expect(try await client.control("GET", "state")["tasks"]?.elements?.count == 150)
        }
    }
}
