import HTTPTransport
import Testing

@Suite("cancelling and stopping", .timeLimit(.minutes(1)))
struct EndingTests {
    @Test("a cancelled exchange ends at once and its connection is closed")
    func cancelWhileWaiting() async throws {
        let server = try LoopbackServer { connection in
            if connection.read() != nil { connection.waitForEnd() }
        }
        let transport = HTTPTransport(name: "test")
        let task = Task { await transport.outcome(.get(server.url("/poll"), limit: .seconds(300))) }
        #expect(await server.log.wait(forRequests: 1, to: "/poll"))
        let start = ContinuousClock.now
        task.cancel()
        let outcome = await task.value
        #expect(ContinuousClock.now - start < .seconds(5), "far below every limit of the exchange")
        guard case .failure(let error) = outcome else { throw UnexpectedAnswer() }
        #expect(error.kind == .cancelled && error.effect == .unknown && !error.isRetryable)
        #expect(await server.log.wait { $0.contains(.ended(connection: 0)) })
    }

    @Test("in a task that is cancelled already nothing is sent")
    func cancelledBefore() async throws {
        let server = try LoopbackServer { $0.answerAll() }
        let transport = HTTPTransport(name: "test")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await transport.failure(.get(server.url("/never")))
        }
        let error = try await task.value
        #expect(error.kind == .cancelled && error.effect == .none)
        #expect(try await transport.perform(.get(server.url("/after"))).status == 200)
        #expect(server.log.requests(to: "/never") == 0)
    }

    @Test("cancelling may race the answer 500 times: one outcome each, and the transport goes on")
    func cancelRace() async throws {
        let server = try LoopbackServer { $0.answerAll() }
        let transport = HTTPTransport(name: "test")
        var answered = 0
        var cancelled = 0
        for round in 0..<500 {
            let task = Task { await transport.outcome(.get(server.url("/\(round)"))) }
            for _ in 0..<(round % 97) { await Task.yield() }
            if round % 5 == 4 { _ = await server.log.wait(forRequests: 1, to: "/\(round)") }  // as the answer comes in
            task.cancel()
            switch await task.value {
            case .success(let response) where response.status == 200 && response.text == "ok": answered += 1
            case .failure(let error) where error.kind == .cancelled: cancelled += 1
            case let other: Issue.record("\(other)")
            }
        }
        #expect(answered + cancelled == 500)
        #expect(try await transport.perform(.get(server.url("/last"))).text == "ok")
    }

    @Test("shutdown ends what is under way and what comes later, and closes the connections")
    func shutdown() async throws {
        let server = try LoopbackServer { connection in
            if connection.read() != nil { connection.waitForEnd() }
        }
        let transport = HTTPTransport(name: "test")
        let tasks = (0..<8).map { _ in Task { try await transport.failure(.get(server.url("/poll"))) } }
        #expect(await server.log.wait(forRequests: 8, to: "/poll"))
        transport.shutdown()
        transport.shutdown()
        for task in tasks {
            let error = try await task.value
            #expect(error.kind == .stopped && error.effect == .unknown)
        }
        let late = try await transport.failure(.get(server.url("/late")))
        #expect(late.kind == .stopped && late.effect == .none)
        #expect(await server.log.wait { events in (0..<8).allSatisfy { events.contains(.ended(connection: $0)) } })
        #expect(server.log.requests(to: "/late") == 0)
    }

    @Test("a transport that nobody holds closes its connections")
    func released() async throws {
        let server = try LoopbackServer { $0.answerAll() }
        #expect(try await HTTPTransport(name: "test").perform(.get(server.url("/"))).status == 200)
        #expect(await server.log.wait { $0.contains(.ended(connection: 0)) })
    }
}
