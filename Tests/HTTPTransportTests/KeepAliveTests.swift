import Foundation
import HTTPTransport
import Testing

@Suite("connections and threads", .timeLimit(.minutes(1)))
struct KeepAliveTests {
    @Test("exchanges one after the other share a connection")
    func reuse() async throws {
        let server = try LoopbackServer { $0.answerAll() }
        let transport = HTTPTransport(name: "test")
        for number in 0..<20 {
            let response = try await transport.perform(.get(server.url("/\(number)")))
            #expect(response.status == 200 && response.text == "ok")
        }
        #expect(server.log.events.filter { if case .accepted = $0 { true } else { false } }.count == 1)
    }

    @Test("exchanges at the same time run together, on one thread")
    func concurrent() async throws {
        let gate = Gate()
        let server = try LoopbackServer { connection in
            while connection.read() != nil {
                gate.waitForAll(32)  // nobody is answered before all have asked
                connection.answer()
            }
        }
        let transport = HTTPTransport(name: "one-thread")
        let statuses = try await withThrowingTaskGroup { group in
            for number in 0..<32 { group.addTask { try await transport.perform(.get(server.url("/\(number)"))).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 32))
        let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
        let names = tasks.compactMap { try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8) }
        #expect(names.count { $0 == "one-thread\n" } == 1)
        #expect(try await transport.perform(.get(server.url("/last"))).status == 200)
    }

    @Test("30: a control exchange does not wait behind 64 long polls", arguments: [true, false])
    func control(usesOwnTransport: Bool) async throws {
        let gate = Gate()
        let server = try LoopbackServer { connection in
            while let request = connection.read() {
                if request.target == "/poll" { gate.wait() }
                connection.answer(request.target)
            }
        }
        let polling = HTTPTransport(name: "receive")
        let controlling = usesOwnTransport ? HTTPTransport(name: "control") : polling
        try await withThrowingTaskGroup { group in
            for _ in 0..<64 { group.addTask { _ = try await polling.perform(.get(server.url("/poll"))) } }
            #expect(await server.log.wait(forRequests: 64, to: "/poll"))
            let response = try await controlling.perform(.get(server.url("/control")))  // while the gate is shut
            #expect(response.text == "/control")
            gate.open()
            try await group.waitForAll()
        }
    }

    @Test("a connection closed by the server while idle is not used again")
    func closedWhileIdle() async throws {
        let server = try LoopbackServer { connection in
            if connection.read() != nil { connection.answer() }
        }
        let transport = HTTPTransport(name: "test")
        for number in 0..<3 {
            #expect(try await transport.perform(.get(server.url("/"))).status == 200)
            #expect(await server.log.wait { $0.contains(.ended(connection: number)) })
        }
    }

    @Test("the answer's travel holds a round trip and not the server's waiting")
    func travel() async throws {
        let gate = Gate()
        let server = try LoopbackServer { connection in
            while let request = connection.read() {
                if request.target == "/slow" { Thread.sleep(forTimeInterval: 0.4) }
                connection.answer()
            }
            gate.open()
        }
        let transport = HTTPTransport(name: "test")
        let before = ContinuousClock.now
        let first = try await transport.perform(.get(server.url("/slow")))
        let second = try await transport.perform(.get(server.url("/slow")))
        let after = ContinuousClock.now
        for response in [first, second] {
            #expect(response.travel > .zero && response.travel < .milliseconds(300))
            #expect(before < response.arrived && response.arrived < after)
        }
    }

    @Test("hidden sending again: only what may repeat is sent a second time", arguments: [false, true])
    func hiddenResend(isRepeatable: Bool) async throws {
        let server = try LoopbackServer { connection in
            while let request = connection.read() {
                if connection.number == 0, request.target == "/second" { return }  // read, then closed without an answer
                connection.answer()
            }
        }
        let transport = HTTPTransport(name: "test")
        #expect(try await transport.perform(.get(server.url("/first"))).status == 200)
        let request = HTTPRequest(method: "PUT", url: server.url("/second"), body: Array("x".utf8), isRepeatable: isRepeatable)
        let outcome = await transport.outcome(request)
        #expect(try await transport.perform(.get(server.url("/third"))).status == 200)
        switch outcome {
        case .success(let response):
            #expect(isRepeatable && response.status == 200)
            #expect(server.log.requests(to: "/second") == 2)
        case .failure(let error):
            #expect(!isRepeatable)
            #expect(error.kind == .connectionLost && error.effect == .unknown && error.isRetryable)
            #expect(server.log.requests(to: "/second") == 1)
        }
    }
}
