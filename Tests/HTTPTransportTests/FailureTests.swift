import Glibc
import HTTPTransport
import Testing

@Suite("exchanges that fail", .timeLimit(.minutes(1)))
struct FailureTests {
    @Test("nobody listens: could not connect, nothing sent, worth another try")
    func refused() async throws {
        let (socket, port) = try LoopbackServer.listen(backlog: 1)
        close(socket)
        let error = try await HTTPTransport(name: "test").failure(.get("http://user:pass@127.0.0.1:\(port)/q?secret=1"))
        #expect(error.kind == .couldNotConnect && error.effect == .none && error.isRetryable)
        #expect(error.peer == "127.0.0.1:\(port)")
        #expect(!error.description.contains("secret") && !error.description.contains("pass"))
        #expect(error.description.contains("could not connect (127.0.0.1:\(port))"))
    }

    @Test("a name that does not exist cannot be resolved")
    func unresolvable() async throws {
        let error = try await HTTPTransport(name: "test").failure(.get("http://no-such-host.invalid/"))
        #expect(error.kind == .couldNotResolve && error.effect == .none && error.isRetryable)
    }

    @Test("a server that does not accept: the connect limit ends it, nothing sent")
    func connectLimit() async throws {
        let (listener, port) = try LoopbackServer.listen(backlog: 0)
        defer { close(listener) }
        let fillers = (0..<4).map { _ in  // Linux drops further connects once the queue of one is full
            let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            var address = LoopbackServer.loopback(port: port)
            _ = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
            return filler
        }
        defer { for filler in fillers { close(filler) } }
        var request = HTTPRequest.get("http://127.0.0.1:\(port)/")
        request.connectLimit = .milliseconds(200)
        let start = ContinuousClock.now
        let error = try await HTTPTransport(name: "test").failure(request)
        #expect(error.kind == .timedOut && error.effect == .none && error.isRetryable)
        #expect(ContinuousClock.now - start < .seconds(8))
    }

    @Test("a server that never answers: the exchange limit ends it, effect unknown")
    func exchangeLimit() async throws {
        let server = try LoopbackServer { connection in
            if connection.read() != nil { connection.waitForEnd() }
        }
        let start = ContinuousClock.now
        let error = try await HTTPTransport(name: "test").failure(.get(server.url("/"), limit: .milliseconds(200)))
        #expect(error.kind == .timedOut && error.effect == .unknown && error.isRetryable)
        #expect(ContinuousClock.now - start < .seconds(8))
        #expect(await server.log.wait { $0.contains(.ended(connection: 0)) })
    }

    @Test("a body over the limit is refused, announced or not", arguments: [0, 1], [false, true])
    func responseLimit(excess: Int, isAnnounced: Bool) async throws {
        let body = String(repeating: "x", count: 100_000 + excess)
        let server = try LoopbackServer { connection in
            while connection.read() != nil {
                if isAnnounced { connection.answer(body) } else { return connection.send("HTTP/1.1 200 OK\r\n\r\n\(body)") }
            }
        }
        var configuration = HTTPTransportConfiguration()
        configuration.maximumResponseSize = 100_000
        let transport = HTTPTransport(name: "test", configuration: configuration)
        if excess == 0 {
            #expect(try await transport.perform(.get(server.url("/"))).body.count == 100_000)
        } else {
            let error = try await transport.failure(.get(server.url("/")))
            #expect(error.kind == .responseTooLarge && error.effect == .unknown && !error.isRetryable)
        }
    }

    @Test("endless headers are refused")
    func headerLimit() async throws {
        let server = try LoopbackServer { connection in
            guard connection.read() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n" + String(repeating: "x: \(String(repeating: "y", count: 1000))\r\n", count: 200))
            connection.waitForEnd()
        }
        #expect(try await HTTPTransport(name: "test").failure(.get(server.url("/"))).kind == .responseTooLarge)
    }

    @Test(
        "what is not HTTP is a malformed answer",
        arguments: [
            "garbage\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
        ])
    func malformed(answer: String) async throws {
        let server = try LoopbackServer { connection in
            if connection.read() != nil { connection.send(answer) }
        }
        let error = try await HTTPTransport(name: "test").failure(.get(server.url("/")))
        #expect(error.kind == .malformedResponse && error.effect == .unknown)
    }

    @Test(
        "an answer that breaks off is a lost connection",
        arguments: [
            "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
        ])
    func brokenOff(answer: String) async throws {
        let server = try LoopbackServer { connection in
            if connection.read() != nil { connection.send(answer) }
        }
        let error = try await HTTPTransport(name: "test").failure(.get(server.url("/"), isRepeatable: true))
        #expect(error.kind == .connectionLost && error.effect == .unknown && error.isRetryable)
    }

    @Test("a redirect is an answer like any other")
    func redirect() async throws {
        let server = try LoopbackServer { connection in
            while connection.read() != nil { connection.answer(status: "302 Found", headers: "Location: /elsewhere\r\n") }
        }
        let response = try await HTTPTransport(name: "test").perform(.get(server.url("/")))
        #expect(response.status == 302 && response.headers["location"] == "/elsewhere")
        #expect(server.log.requests(to: "/elsewhere") == 0)
    }

    @Test(
        "a request that could be misread is refused before anything is sent",
        arguments: [
            HTTPRequest(method: "GET", url: "file:///etc/passwd"),
            HTTPRequest(method: "GET", url: "ftp://127.0.0.1/x"),
            HTTPRequest(method: "GET", url: "127.0.0.1/x"),
            HTTPRequest(method: "GET", url: "http:///x"),
            HTTPRequest(method: "GET", url: "http://127.0.0.1:99999/"),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/a b"),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/\r\nx: y"),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/\0"),
            HTTPRequest(method: "GE T", url: "http://127.0.0.1/"),
            HTTPRequest(method: "", url: "http://127.0.0.1/"),
            HTTPRequest(method: "HEAD", url: "http://127.0.0.1/", body: [1]),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/", headers: [("x", "secret\r\ny: z")]),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/", headers: [("x", "secret\0")]),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/", headers: [("x y", "secret")]),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/", headers: [("x\n", "secret")]),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/", headers: [("", "secret")]),
            HTTPRequest(method: "GET", url: "http://127.0.0.1/", headers: [("content-length", "7")]),
        ])
    func invalidRequest(request: HTTPRequest) async throws {
        let error = try await HTTPTransport(name: "test").failure(request)
        #expect(error.kind == .invalidRequest && error.effect == .none && !error.isRetryable)
        #expect(!error.description.contains("secret"))
    }
}
