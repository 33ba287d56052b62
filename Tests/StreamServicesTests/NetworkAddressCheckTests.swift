import HTTPTransport
import Synchronization
import TestSupport
import Testing

@testable import StreamServices

@Suite("Whether an address can be reached") final class NetworkAddressCheckTests: Sendable {
    /// Of handshakes: `host:port`, with ` tls`.
    private let shaken = Mutex<[String]>([])

    private func trouble(_ address: String, _ http: ScriptedHTTP = ScriptedHTTP(), rtmp: String? = nil) async -> String? {
        let check = NetworkAddressCheck(http: http) { host, port, isTLS in
            self.shaken.withLock { $0.append("\(host):\(port)\(isTLS ? " tls" : "")") }
            return rtmp
        }
        return await check.trouble(with: address)
    }

    @Test(
        "RTMP is spoken to, at its own port or the one that is named",
        arguments: [
            ("rtmp://cdn.example.com/live/key", "cdn.example.com:1935"), ("rtmps://cdn.example.com/live/key", "cdn.example.com:443 tls"),
            ("rtmp://cdn.example.com:1936/live/key", "cdn.example.com:1936"), ("RTMPS://127.0.0.1:444/live", "127.0.0.1:444 tls"),
        ])
    func rtmp(address: String, peer: String) async {
        let http = ScriptedHTTP()
        #expect(await trouble(address, http) == nil)
        #expect(await trouble(address, http, rtmp: "it does not speak RTMP") == "it does not speak RTMP")
        #expect(shaken.withLock { $0 } == [peer, peer] && http.requests.isEmpty)
    }

    @Test(
        "a source on the web is asked for one byte",
        arguments: ["http://origin.example.net/a.flv?k=1", "https://origin.example.net/a.m3u8"])
    func web(address: String) async throws {
        let http = ScriptedHTTP(.status(206))
        #expect(await trouble(address, http) == nil)
        let request = try #require(http.requests.first)
        #expect(request.method == "GET" && request.url == address && request.body == nil)
        #expect(request.headers.map { "\($0.name): \($0.value)" } == ["Range: bytes=0-0"])
        #expect(request.exchangeLimit <= .seconds(5) && shaken.withLock { $0.isEmpty })
    }

    @Test(
        "an answer that says that it is there is good, one that says that it is not is bad",
        arguments: [(200, true), (206, true), (302, true), (416, true), (403, false), (404, false), (500, false)])
    func statuses(status: Int, isGood: Bool) async {
        let trouble = await trouble("https://origin.example.net/key", ScriptedHTTP(.status(status)))
        #expect(trouble == (isGood ? nil : "origin.example.net answered with \(status)"))
    }

    @Test(
        "a live stream that begins and does not end is there; one that nobody answers for is not",
        arguments: [
            (TransportError.Kind.responseTooLarge, TransportError.Effect.unknown, true), (.timedOut, .unknown, true),
            (.timedOut, .none, false), (.couldNotResolve, .none, false), (.couldNotConnect, .none, false), (.tlsFailed, .none, false),
            (.connectionLost, .unknown, false),
        ])
    func transport(kind: TransportError.Kind, effect: TransportError.Effect, isGood: Bool) async {
        let error = TransportError(kind, effect: effect, peer: "origin.example.net:443", detail: "as the test says")
        let trouble = await trouble("https://origin.example.net/secret-key", ScriptedHTTP(.failure(error)))
        #expect(trouble == (isGood ? nil : "origin.example.net: as the test says"))
    }

    @Test("what has no host cannot be read, and of what cannot be asked nothing is said")
    func others() async {
        for address in ["", "rtmp:///live", "live/key", "rtmp://a b/c"] {
            #expect(await trouble(address) == "it cannot be read", "\(address)")
        }
        #expect(await trouble("srt://origin.example.net:9000") == nil)
        #expect(shaken.withLock { $0.isEmpty })
    }
}
