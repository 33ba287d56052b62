import Foundation
import HTTPServing
import SMQProtocol
import Synchronization
import TestSupport
import Testing

@testable import Bridge

@Suite("The bridge over HTTP", .timeLimit(.minutes(1))) struct ServerTests {
    private static func limits(_ change: (inout BridgeServer.Limits) -> Void) -> BridgeServer.Limits {
        var limits = BridgeServer.Limits()
        change(&limits)
        return limits
    }

    @Test("one connection serves one notification after the other, with a length or in chunks")
    func keepAlive() async throws {
        try await BridgeBench.run { bench in
            let client = try bench.connect()
            for number in 0..<150 {
                let reply = try await client.exchange(BridgeBench.request(BridgeBench.notice("n\(number)")))
                #expect(reply.status == 200 && reply.headers["content-type"] == "application/json")
            }
            let body = BridgeBench.notice("chunked")
            let chunks = [body.prefix(10), body.dropFirst(10)].map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined()
            let reply = try await client.exchange(BridgeBench.head(body, ["Transfer-Encoding: chunked"]) + chunks + "0\r\n\r\n")
            #expect(reply.status == 200 && reply.body == #"{"status":"queued"}"#)
            #expect(bench.queue.bodies.last == body && bench.queue.count == 151)
        }
    }

    @Test("a sender that expects 100-continue is told to go on before it sends the body")
    func expectation() async throws {
        try await BridgeBench.run { bench in
            let client = try bench.connect()
            let body = BridgeBench.notice("n1")
            let head = BridgeBench.head(body, ["Content-Length: \(body.utf8.count)", "Expect: 100-continue"])
            #expect(try await client.exchange(head).status == 100)
            #expect(try await client.exchange(body).status == 200)
            let large = try bench.connect()
            let refused = try await large.exchange(BridgeBench.head(body, ["Content-Length: 1048577", "Expect: 100-continue"]))
            #expect(refused.status == 413 && refused.headers["connection"] == "close")
            #expect(try await large.isClosedByServer())
        }
    }

    @Test("a body of 1 MiB is taken, a byte more is 413, announced or not, and nothing is queued")
    func tooLarge() async throws {
        try await BridgeBench.run { bench in
            let body = BridgeBench.notice("n1")
            let largest = body + String(repeating: " ", count: (1 << 20) - body.utf8.count)
            let taken = try await bench.connect().exchange(BridgeBench.request(largest))
            #expect(taken.status == 200 && taken.body == #"{"status":"kept"}"#, "no message of the queue holds it")
            #expect(try await bench.connect().exchange(BridgeBench.request(largest + " ")).status == 413)
            let chunk = "80000\r\n" + String(repeating: " ", count: 1 << 19) + "\r\n"
            let head = BridgeBench.head(body, ["Transfer-Encoding: chunked"])
            #expect(try await bench.connect().exchange(head + chunk + chunk + "1\r\n \r\n").status == 413)
            #expect(bench.queue.calls.isEmpty)
        }
    }

    @Test("a body that is too slow is answered with 408 and the connection closed; one without a whole head is closed")
    func tooSlow() async throws {
        let limits = Self.limits {
            $0.agora.body = .milliseconds(200)
            $0.idle = 2
        }
        try await BridgeBench.run(limits) { bench in
            let client = try bench.connect()
            let body = BridgeBench.notice("n1")
            let reply = try await client.exchange(BridgeBench.head(body, ["Content-Length: \(body.utf8.count)"]) + body.dropLast(1))
            #expect(reply.status == 408 && reply.headers["connection"] == "close")
            #expect(try await client.isClosedByServer())
            let slow = try bench.connect()
            try await slow.write("POST /agora HTTP/1.1\r\nHost: bri")
            #expect(try await slow.isClosedByServer())
            #expect(bench.queue.calls.isEmpty)
        }
    }

    @Test("bodies that need too much memory together are sent back with Retry-After, and there is room again afterwards")
    func crowdedMemory() async throws {
        try await BridgeBench.run(Self.limits { ($0.bodies, $0.smallBody) = (1000, 0) }) { bench in
            for number in 0..<3 {
                let large = BridgeBench.notice("n\(number)") + String(repeating: " ", count: 900)
                let reply = try await bench.connect().exchange(BridgeBench.request(large))
                #expect(reply.status == 503 && reply.headers["retry-after"] == "5" && reply.headers["connection"] == "close")
                let fitting = BridgeBench.notice("n\(number)") + String(repeating: " ", count: 700)
                #expect(try await bench.connect().exchange(BridgeBench.request(fitting)).status == 200)
            }
        }
    }

    @Test("a budget gives no more than it has, and gets back what ends")
    func budget() {
        let budget = ByteBudget(10)
        let (one, two) = (budget.share(), budget.share())
        #expect(one.grow(by: 6) && one.grow(by: 2) && !two.grow(by: 3) && two.grow(by: 2) && budget.count == 10)
        one.end()
        one.end()
        #expect(budget.count == 2 && two.grow(by: 8))
    }

    @Test("small bodies have room when large ones take all there is for them")
    func smallBodies() async throws {
        try await BridgeBench.run(Self.limits { ($0.bodies, $0.smallBody) = (0, 1000) }) { bench in
            let large = BridgeBench.notice("n1") + String(repeating: " ", count: 1000)
            let refused = try await bench.connect().exchange(BridgeBench.request(large))
            let taken = try await bench.connect().exchange(BridgeBench.request(BridgeBench.notice("n1")))
            #expect(refused.status == 503 && taken.status == 200)
        }
    }

    @Test("beyond the limit the connection that has been silent for longest makes room, and never one with a request")
    func crowdedConnections() async throws {
        try await BridgeBench.run(Self.limits { $0.connections = 3 }) { bench in
            let body = BridgeBench.notice("slow")
            let busy = try bench.connect()
            try await busy.write(BridgeBench.head(body, ["Content-Length: \(body.utf8.count)", "Expect: 100-continue"]))
            #expect(try await busy.reply().status == 100)
            let (mute, used) = (try bench.connect(), try bench.connect())
            #expect(try await used.exchange(BridgeBench.request(BridgeBench.notice("n1"))).status == 200)
            var others: [RawClient] = []
            for number in 2...4 {
                let new = try bench.connect()
                others.append(new)
                #expect(try await new.exchange(BridgeBench.request(BridgeBench.notice("n\(number)"))).status == 200)
                if number == 2 { #expect(try await mute.isClosedByServer()) }
                if number == 3 { #expect(try await used.isClosedByServer()) }
            }
            #expect(try await busy.exchange(body).status == 200)
        }
    }

    @Test(
        "what is there, and how it wants to be asked",
        arguments: [
            ("GET", "/agora", 405, "POST"), ("HEAD", "/vod", 405, "POST"), ("POST", "/healthz", 405, "GET, HEAD"), ("GET", "/", 404, nil),
            ("POST", "/agora/", 404, nil), ("HEAD", "/healthz", 200, nil), ("GET", "/healthz?verbose", 200, nil),
        ])
    func resources(method: String, target: String, status: Int, allow: String?) async throws {
        try await BridgeBench.run { bench in
            let client = try bench.connect()
            try await client.write("\(method) \(target) HTTP/1.1\r\nHost: bridge\r\n\r\n")
            let reply = try await client.reply(hasBody: method != "HEAD")
            #expect(reply.status == status && reply.headers["allow"] == allow)
            #expect(reply.headers["date"]?.hasSuffix("GMT") == true)
            #expect(try await client.exchange("GET /healthz HTTP/1.1\r\nHost: bridge\r\n\r\n").status == 200, "the connection lives on")
        }
    }

    @Test("a notice with a wrong signature is 401, and its body in no log line")
    func unsigned() async throws {
        try await BridgeBench.run { bench in
            let reply = try await bench.connect().exchange(BridgeBench.request(BridgeBench.notice("n1"), target: "/vod"))
            #expect(reply.status == 401 && reply.body.contains("not configured"))
            let body = BridgeBench.notice("n1")
            let forged = BridgeBench.head("another", ["Content-Length: \(body.utf8.count)"]) + body
            #expect(try await bench.connect().exchange(forged).status == 401)
            #expect(bench.queue.calls.isEmpty && !bench.log.lines.contains { $0.contains("converter") })
        }
    }

    @Test("health says in numbers what became of notices, what waits, and the last trouble without particulars")
    func health() async throws {
        try await BridgeBench.run { bench in
            func health() async throws -> [String: Any] {
                let reply = try await bench.connect().exchange("GET /healthz HTTP/1.1\r\nHost: bridge\r\n\r\n")
                return try #require(JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any])
            }
            let fresh = try await health()
            #expect(fresh["status"] as? String == "ok" && fresh["waiting"] as? Int == 0 && fresh["lastTrouble"] == nil)
            bench.queue.fail { _ in .refuse(.accessDenied, status: 403) }
            #expect(try await bench.connect().exchange(BridgeBench.request(BridgeBench.notice("n1"))).body == #"{"status":"kept"}"#)
            let away = try await health()
            #expect(away["status"] as? String == "degraded" && away["queue"] as? String == "away" && away["waiting"] as? Int == 1)
            #expect((away["notices"] as? [String: Int])?["kept"] == 1)
            let trouble = try #require(away["lastTrouble"] as? [String: String])
            #expect(trouble["what"]?.contains("does not take notices") == true && trouble["what"]?.contains("test") == false)
        }
    }

    @Test("health says that the store fails while it does, though it can be read")
    func failingStore() async throws {
        try await BridgeBench.run { bench in
            bench.queue.fail { _ in .refuse(.accessDenied, status: 403) }
            bench.store.fails.withLock { $0 = true }
            let refused = try await bench.connect().exchange(BridgeBench.request(BridgeBench.notice("n1")))
            #expect(refused.status == 503 && refused.headers["retry-after"] == "5")
            let reply = try await bench.connect().exchange("GET /healthz HTTP/1.1\r\nHost: bridge\r\n\r\n")
            #expect(reply.body.contains(#""store":"failing""#) && reply.body.contains(#""status":"degraded""#))
            bench.store.fails.withLock { $0 = false }
            #expect(try await bench.connect().exchange(BridgeBench.request(BridgeBench.notice("n1"))).status == 200)
            let mended = try await bench.connect().exchange("GET /healthz HTTP/1.1\r\nHost: bridge\r\n\r\n")
            #expect(mended.body.contains(#""store":"ok""#))
        }
    }
}
