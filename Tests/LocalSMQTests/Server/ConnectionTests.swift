import TestSupport
import Testing

@testable import LocalSMQ

/// What clients do with HTTP itself.
@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    private static let message = "<Message><MessageBody>a</MessageBody></Message>"

    @Test("a client that expects 100-continue is told to go on before it sends the body")
    func expectContinue() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let client = try server.connect()
            for _ in 0..<2 {
                let text = TestServer.request("POST", "/queues/jobs/messages", Self.message, headers: ["Expect: 100-continue"])
                try await client.write(String(text.dropLast(Self.message.count)))
                #expect(try await client.reply().status == 100)
                try await client.write(Self.message)
                #expect(try await client.reply().status == 201)
            }
        }
    }

    @Test("a body sent in chunks is taken")
    func chunked() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let head = TestServer.request("POST", "/queues/jobs/messages", headers: ["Transfer-Encoding: chunked"])
            let chunks = "9\r\n<Message>\r\n1c\r\n<MessageBody>a</MessageBody>\r\n"
            let reply = try await server.connect().exchange(head + chunks + "a\r\n</Message>\r\n0\r\n\r\n")
            #expect(reply.status == 201)
        }
    }

    @Test("a body above 2 MiB is refused, announced or not, and the connection ends")
    func tooLarge() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let announced = try server.connect()
            let head = TestServer.request(
                "POST", "/queues/jobs/messages", headers: ["Content-Length: 3000000", "Expect: 100-continue"])
            let reply = try await announced.exchange(head)
            #expect(reply.status == 400)
            #expect(reply.element("Code") == "InvalidArgument")
            #expect(reply.headers["connection"] == "close")
            #expect(try await announced.isClosedByServer())

            let streamed = try server.connect()
            try await streamed.write(TestServer.request("POST", "/queues/jobs/messages", headers: ["Transfer-Encoding: chunked"]))
            let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
            for _ in 0..<33 { try await streamed.write(chunk) }
            #expect(try await streamed.reply().element("Code") == "InvalidArgument")
        }
    }

    @Test("a message of exactly the largest size passes")
    func largest() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let body = String(repeating: "&lt;", count: 65_536)  // 65,536 bytes once unescaped
            try await server.send(body)
            #expect(try await server.receive().element("MessageBody") == body)
        }
    }

    @Test("a client that asks for it gets its connection closed")
    func close() async throws {
        try await TestServer.run { server in
            let client = try server.connect()
            let reply = try await client.exchange(TestServer.request("GET", "/queues", headers: ["Connection: close"]))
            #expect(reply.status == 200)
            #expect(reply.headers["connection"] == "close")
            #expect(try await client.isClosedByServer())
        }
    }

    @Test("bytes that are no HTTP get 400 and a closed connection")
    func noHTTP() async throws {
        try await TestServer.run { server in
            let client = try server.connect()
            #expect(try await client.exchange("hello there\r\n\r\n").status == 400)
            #expect(try await client.isClosedByServer())
            #expect(try await server.call("GET", "/queues").status == 200)
        }
    }

    @Test("requests sent ahead of their answers are answered in order")
    func pipelined() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let client = try server.connect()
            try await client.write(
                TestServer.request("POST", "/queues/jobs/messages", Self.message) + TestServer.request("GET", "/queues/jobs/messages")
                    + TestServer.request("GET", "/queues/none"))
            #expect(try await client.reply().status == 201)
            #expect(try await client.reply().element("MessageBody") == "a")
            #expect(try await client.reply().element("Code") == "QueueNotExist")
        }
    }
}
