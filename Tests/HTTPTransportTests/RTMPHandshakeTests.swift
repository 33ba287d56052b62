import HTTPTransport
import Synchronization
import Testing

@Suite("The handshake of RTMP", .timeLimit(.minutes(1))) struct RTMPHandshakeTests {
    private func trouble(_ port: UInt16, limit: Duration = .seconds(5)) async -> String? {
        await RTMPHandshake.trouble(host: "127.0.0.1", port: Int(port), isTLS: false, limit: limit)
    }

    @Test("a server that answers it is good, and is sent nothing but the first half")
    func good() async throws {
        let heard = Mutex<[UInt8]>([])
        let server = try LoopbackServer { connection in
            let hello = connection.take(1537)
            heard.withLock { $0 = hello }
            connection.send("\u{3}" + String(repeating: "s", count: 1536))
        }
        #expect(await trouble(server.port) == nil)
        #expect(heard.withLock { $0.count } == 1537 && heard.withLock { $0.first } == 3)
    }

    @Test("what answers otherwise, closes or says nothing is not")
    func bad() async throws {
        let web = try LoopbackServer { connection in
            _ = connection.take(1537)
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        #expect(await trouble(web.port)?.contains("does not speak RTMP") == true)
        let closing = try LoopbackServer { _ in }
        #expect(await trouble(closing.port) != nil)
        let silent = try LoopbackServer { connection in _ = connection.take(4096) }
        #expect(await trouble(silent.port, limit: .milliseconds(300))?.contains("did not answer") == true)
    }

    @Test("nobody there, and a name without an address, are told apart")
    func nobody() async {
        #expect(await trouble(1)?.contains("could not connect") == true)
        let name = await RTMPHandshake.trouble(host: "cdn.invalid", port: 1935, isTLS: false, limit: .seconds(5))
        #expect(name?.contains("could not find the server's address") == true)
    }
}
