import TestSupport
import Testing

@testable import LocalSMQ

/// Receives that wait, over sockets. The server's clock moves only when told; what is waited for is an event, never a time.
@Suite(.timeLimit(.minutes(1))) struct LongPollTests {
    private static let poll = TestServer.request("GET", "/queues/jobs/messages?waitseconds=30")

    @Test("a send, a delay that ends and a lease that ends each wake a poll at once", arguments: ["send", "delay", "lease"])
    func wakes(by event: String) async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            if event == "delay" { try await server.send("a", "<DelaySeconds>5</DelaySeconds>") }
            if event == "lease" {
                try await server.send("a")
                _ = try await server.receive()
            }
            let client = try server.connect()
            try await client.write(Self.poll)
            try await server.untilWaiting(1)
            if event == "send" { try await server.send("a") } else { server.pass(seconds: event == "delay" ? 5 : 30) }
            let reply = try await client.reply()
            #expect(reply.status == 200)
            #expect(reply.element("DequeueCount") == (event == "lease" ? "2" : "1"))
        }
    }

    @Test("a delay that ends wakes a poll by the server's own alarm")
    func alarm() async throws {
        let clock = ContinuousClock()
        let started = clock.now
        let server = try LocalSMQServer(LocalSMQConfiguration(port: 0, credentials: [], allowUnsigned: true))
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let running = Task { try await server.run { port.yield($0) } }
        for await bound in ports {
            let test = TestServer(port: bound, server: server, clock: TestClock())
            try await test.createQueue()
            try await test.send("a", "<DelaySeconds>1</DelaySeconds>")
            #expect(try await test.receive("waitseconds=9").element("MessageBody") == "a")
            #expect(clock.now - started < .seconds(8))
            break
        }
        running.cancel()
        try await running.value
    }

    @Test("a client that has gone leases nothing: the next receive is the first", arguments: ["FIN", "RST"])
    func gone(how: String) async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let leaving = try server.connect()
            try await leaving.write(Self.poll)
            try await server.untilWaiting(1)
            if how == "FIN" { leaving.disconnect() } else { leaving.reset() }
            try await server.untilWaiting(0)
            try await server.send("a")
            let reply = try await server.receive()
            #expect(reply.element("MessageBody") == "a")
            #expect(reply.element("DequeueCount") == "1")
        }
    }

    @Test("a receive that need not wait leases nothing to a client that has gone", arguments: ["FIN", "RST"])
    func goneBeforeItsTurn(how: String) async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            try await server.createQueue("full")
            try await server.send("a", to: "full")
            let leaving = try server.connect()
            // The second request is looked at when the first one has its answer: after the client has gone.
            try await leaving.write(Self.poll + TestServer.request("GET", "/queues/full/messages"))
            try await server.untilWaiting(1)
            if how == "FIN" { leaving.disconnect() } else { leaving.reset() }
            try await server.untilWaiting(0)
            // The message may be in the hand of the server, on its way back.
            let reply = try await server.receive("waitseconds=9", from: "full")
            #expect(reply.element("MessageBody") == "a")
        }
    }

    @Test("a poll behind one that has gone is served")
    func goneInFront() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let (leaving, staying) = (try server.connect(), try server.connect())
            try await leaving.write(Self.poll)
            try await server.untilWaiting(1)
            try await staying.write(Self.poll)
            try await server.untilWaiting(2)
            leaving.disconnect()
            try await server.untilWaiting(1)
            try await server.send("a")
            #expect(try await staying.reply().element("DequeueCount") == "1")
        }
    }

    @Test("polls are served in the order in which they came, one message each")
    func order() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            var clients: [RawClient] = []
            for count in 1...3 {
                let client = try server.connect()
                try await client.write(Self.poll)
                try await server.untilWaiting(count)
                clients.append(client)
            }
            for (index, client) in clients.enumerated() {
                try await server.send("m\(index)")
                #expect(try await client.reply().element("MessageBody") == "m\(index)")
                try await server.untilWaiting(2 - index)
            }
        }
    }

    @Test("a connection serves on after a poll, with and without a message")
    func keepAlive() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let client = try server.connect()
            for wait in ["0", "1"] {
                let empty = try await client.exchange(TestServer.request("GET", "/queues/jobs/messages?waitseconds=\(wait)"))
                #expect(empty.element("Code") == "MessageNotExist")
            }
            try await client.write(Self.poll)
            try await server.untilWaiting(1)
            try await server.send("a")
            let handle = try #require(try await client.reply().element("ReceiptHandle"))
            let deleted = try await client.exchange(TestServer.request("DELETE", "/queues/jobs/messages?ReceiptHandle=\(handle)"))
            #expect(deleted.status == 204)
        }
    }

    @Test("an absent wait is the queue's own, and 0 answers at once though the queue polls long")
    func queueWait() async throws {
        try await TestServer.run { server in
            try await server.createQueue("jobs", "<PollingWaitSeconds>30</PollingWaitSeconds>")
            #expect(try await server.receive("waitseconds=0").status == 404)
            let client = try server.connect()
            try await client.write(TestServer.request("GET", "/queues/jobs/messages?numOfMessages=16"))
            try await server.untilWaiting(1)
            try await server.send("a")
            #expect(try await client.reply().elements("MessageBody") == ["a"])
        }
    }

    @Test("a queue deleted under a poll ends it")
    func queueDeleted() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let client = try server.connect()
            try await client.write(Self.poll)
            try await server.untilWaiting(1)
            #expect(try await server.call("DELETE", "/queues/jobs").status == 204)
            #expect(try await client.reply().element("Code") == "QueueNotExist")
        }
    }

    @Test("a stop ends polls and idle connections at once")
    func stop() async throws {
        let server = try LocalSMQServer(LocalSMQConfiguration(port: 0, credentials: [], allowUnsigned: true))
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let running = Task { try await server.run { port.yield($0) } }
        for await bound in ports {
            let test = TestServer(port: bound, server: server, clock: TestClock())
            try await test.createQueue()
            let idle = try test.connect()
            _ = try await idle.exchange(TestServer.request("GET", "/queues"))
            let polling = try test.connect()
            try await polling.write(Self.poll)
            try await test.untilWaiting(1)
            let clock = ContinuousClock()
            let began = clock.now
            running.cancel()
            try await running.value
            #expect(clock.now - began < .seconds(1))
            // The poll is answered as if its time were over, or its connection closed.
            if let reply = try? await polling.reply() { #expect(reply.element("Code") == "MessageNotExist") }
            #expect(try await idle.isClosedByServer())
            break
        }
    }
}
