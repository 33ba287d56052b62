import SMQProtocol
import Synchronization
import TestSupport

@testable import LocalSMQ

/// A server on a free port of 127.0.0.1 for as long as a test's body runs, with a clock that the test moves.
struct TestServer: Sendable {
    let port: Int
    let server: LocalSMQServer
    let clock: TestClock

    /// Stops the server afterwards and waits for its end.
    static func run(
        credentials: [Credentials] = [], allowUnsigned: Bool = true, clock: TestClock = TestClock(),
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let server = try LocalSMQServer(
            LocalSMQConfiguration(port: 0, credentials: credentials, allowUnsigned: allowUnsigned, now: { clock.now }))
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { port.finish() }
                try await server.run { bound in
                    port.yield(bound)
                    port.finish()
                }
            }
            for await port in ports {
                do {
                    try await body(TestServer(port: port, server: server, clock: clock))
                } catch {
                    group.cancelAll()
                    throw error
                }
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    func connect() throws -> RawClient { try RawClient(port: port) }

    /// One unsigned request on a connection of its own.
    func call(_ method: String, _ target: String, _ body: String = "", headers: [String] = []) async throws -> RawReply {
        try await connect().exchange(Self.request(method, target, body, headers: headers))
    }

    static func request(_ method: String, _ target: String, _ body: String = "", headers: [String] = []) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:9324", "x-mns-version: 2015-06-06"] + headers
        if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// The text of a request as a client of the codec's making sends it.
    static func text(_ request: WireRequest) -> String {
        var lines = ["\(request.method) \(request.target) HTTP/1.1", "Host: 127.0.0.1:9324"]
        lines += request.headers.map { "\($0.name): \($0.value)" }
        if !request.body.isEmpty { lines.append("Content-Length: \(request.body.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + String(decoding: request.body, as: UTF8.self)
    }

    func createQueue(_ name: String = "jobs", _ settings: String = "") async throws {
        let reply = try await call("PUT", "/queues/\(name)", "<Queue>\(settings)</Queue>")
        guard reply.status == 201 else { throw RawClient.Failure(description: "create: \(reply)") }
    }

    /// - Returns: The handle of a delayed message.
    @discardableResult
    func send(_ body: String, _ more: String = "", to queue: String = "jobs") async throws -> String? {
        let reply = try await call("POST", "/queues/\(queue)/messages", "<Message><MessageBody>\(body)</MessageBody>\(more)</Message>")
        guard reply.status == 201 else { throw RawClient.Failure(description: "send: \(reply)") }
        return reply.element("ReceiptHandle")
    }

    func receive(_ query: String = "waitseconds=0", from queue: String = "jobs") async throws -> RawReply {
        try await call("GET", "/queues/\(queue)/messages?\(query)")
    }

    /// Moves the clock and lets the server see it.
    func pass(seconds: Int64) {
        clock.pass(seconds: seconds)
        server.timePassed()
    }

    /// Returns when so many clients wait at the queue.
    func untilWaiting(_ polls: Int, at queue: String = "jobs") async throws {
        for _ in 0..<2_000 {
            if server.waitingPolls(at: queue) == polls { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw RawClient.Failure(description: "\(server.waitingPolls(at: queue)) polls wait, not \(polls)")
    }
}

/// Unix milliseconds that move only when told.
final class TestClock: Sendable {
    private let time: Mutex<Int64>

    init(_ start: Int64 = Sample.start) { time = Mutex(start) }

    var now: Int64 { time.withLock { $0 } }

    func pass(seconds: Int64) { time.withLock { $0 += seconds * 1000 } }
}
