import HTTPTransport
import Synchronization
import Testing

@Suite("what is sent", .timeLimit(.minutes(1)))
struct RequestBytesTests {
    /// Sends `requests` one after the other and returns what the server read.
    private func sent(_ requests: [(_ url: (String) -> String) -> HTTPRequest]) async throws -> [LoopbackConnection.Request] {
        let seen = Seen()
        let server = try LoopbackServer { connection in
            while let request = connection.read() {
                seen.add(request)
                connection.answer(request.lines[0].hasPrefix("HEAD") ? "" : "ok")
            }
        }
        let transport = HTTPTransport(name: "test")
        for request in requests { _ = try await transport.perform(request(server.url)) }
        return seen.all
    }

    @Test("a DELETE carries its body byte for byte")
    func deleteWithBody() async throws {
        let body = Array("<ReceiptHandles>\0\u{e4}\r\n\r\n</ReceiptHandles>".utf8) + [0, 255]
        let seen = try await sent([{ HTTPRequest(method: "DELETE", url: $0("/queues/q/messages"), body: body) }])
        #expect(seen[0].lines[0] == "DELETE /queues/q/messages HTTP/1.1")
        #expect(seen[0].body == body)
        #expect(seen[0].values(of: "Content-Length") == ["\(body.count)"])
    }

    @Test("headers arrive as given, and libcurl adds none that a signature would not know")
    func headers() async throws {
        let given: [(name: String, value: String)] = [
            ("Date", "Sat, 21 Nov 2026 01:39:33 GMT"), ("Authorization", "MNS id:c2lnbmF0dXJl="),
            ("content-type", "text/xml;charset=utf-8"), ("x-mns-version", "2015-06-06"), ("x-empty", ""),
        ]
        let seen = try await sent([
            { HTTPRequest(method: "POST", url: $0("/"), headers: given, body: Array("<a/>".utf8)) },
            { HTTPRequest(method: "POST", url: $0("/"), body: Array("<a/>".utf8)) },
        ])
        for (name, value) in given { #expect(seen[0].values(of: name) == [value]) }
        #expect(seen[0].values(of: "User-Agent") == ["mediaworker"])
        #expect(
            Set(seen[0].lines.dropFirst().map { $0.prefix { $0 != ":" }.lowercased() })
                == ["host", "user-agent", "accept", "content-length", "date", "authorization", "content-type", "x-mns-version", "x-empty"])
        #expect(seen[1].values(of: "Content-Type").isEmpty && seen[1].values(of: "Date").isEmpty, "nothing stays from the request before")
    }

    @Test("another address than the host's own is connected to for one request, and the host stays what is asked for")
    func connectTo() async throws {
        let seen = Seen()
        let server = try LoopbackServer { connection in
            while let request = connection.read() {
                seen.add(request)
                connection.answer("ok")
            }
        }
        let transport = HTTPTransport(name: "test")
        for url in ["http://api.example.invalid/a", "http://api.example.invalid:81/b"] {
            _ = try await transport.perform(HTTPRequest(method: "GET", url: url, connectTo: "127.0.0.1:\(server.port)"))
        }
        _ = try await transport.perform(.get(server.url("/c")))
        #expect(
            seen.all.map { $0.values(of: "Host") } == [["api.example.invalid"], ["api.example.invalid:81"], ["127.0.0.1:\(server.port)"]])
        let failure = try await transport.failure(.get("http://api.example.invalid/d"))
        #expect(failure.kind == .couldNotResolve && failure.effect == .none)
    }

    @Test("a large body is sent at once, without Expect: 100-continue")
    func largeBody() async throws {
        let body = (0..<(3 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let seen = try await sent([
            { HTTPRequest(method: "POST", url: $0("/"), body: body) },
            { HTTPRequest(method: "PUT", url: $0("/"), body: [1, 2, 3]) },
        ])
        #expect(seen[0].body == body && seen[0].values(of: "Expect").isEmpty)
        #expect(seen[1].body == [1, 2, 3])
    }

    @Test("one handle serves all shapes of request in turn")
    func shapes() async throws {
        let methods = ["PUT", "GET", "POST", "HEAD", "DELETE", "POST", "PATCH", "HEAD", "GET"]
        let seen = try await sent(methods.map { method in { HTTPRequest(method: method, url: $0("/x")) } })
        #expect(seen.map(\.lines[0]) == methods.map { "\($0) /x HTTP/1.1" })
        for request in seen {
            let hasLength = request.lines[0].hasPrefix("P")
            #expect(request.values(of: "Content-Length") == (hasLength ? ["0"] : []))
            #expect(request.values(of: "Content-Type").isEmpty && request.values(of: "Expect").isEmpty)
        }
    }

    @Test("path and query are sent as written")
    func path() async throws {
        let target = "/a/../b//c/./%7E?x=%2f&y=1%203"
        #expect(try await sent([{ .get($0(target)) }])[0].target == target)
    }

    @Test("more headers than any request before", arguments: [1, 200])
    func manyHeaders(count: Int) async throws {
        let headers = (0..<count).map { (name: "x-header-\($0)", value: String(repeating: "v", count: $0)) }
        let seen = try await sent([
            { .get($0("/")) }, { HTTPRequest(method: "GET", url: $0("/"), headers: headers) }, { .get($0("/")) },
        ])
        for header in headers where !header.value.isEmpty { #expect(seen[1].values(of: header.name) == [header.value]) }
        #expect(seen[2].lines == seen[0].lines)
    }
}

/// Requests in the order a server read them.
private final class Seen: Sendable {
    private let requests = Mutex<[(head: String, body: [UInt8])]>([])
    func add(_ request: LoopbackConnection.Request) {
        let entry = (request.head, request.body)
        requests.withLock { $0.append(entry) }
    }
    var all: [LoopbackConnection.Request] { requests.withLock { $0 }.map { .init(head: $0.head, body: $0.body) } }
}
