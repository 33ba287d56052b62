import Foundation
import HTTPTransport
import Settings
import Synchronization
import TestSupport
import Testing

@testable import StreamServices

@Suite("Where RTC tokens come from") struct TokenProviderTests {
    private struct FixedClock: StreamClock {
        let unixMilliseconds: Int64
        var now: ContinuousClock.Instant { .now }
        func sleep(until deadline: ContinuousClock.Instant) async {}
    }

    /// The error of a provider, and whether it shows nothing of what came.
    private func error(_ provider: some TokenProvider, hiding words: [String] = []) async throws -> TokenError {
        let error = await #expect(throws: TokenError.self) { try await provider.token(channel: "stage7", user: .uid(901)) }
        let shown = try #require(error)
        for word in words { #expect(!"\(shown)".contains(word)) }
        return shown
    }

    @Test("the certificate makes a token for exactly one channel and user, from now on")
    func certificate() async throws {
        let salts = Mutex<UInt32>(0)
        let provider = CertificateTokens(
            appID: AccessTokenTests.appID, certificate: AccessTokenTests.certificate, lifetime: .seconds(3600),
            clock: FixedClock(unixMilliseconds: 1_790_000_000_999)
        ) {
            salts.withLock { salt in
                salt += 1
                return salt
            }
        }
        let first = try await provider.token(channel: "stage7", user: .uid(901))
        let token = try ReadToken(first)
        #expect(token.channel == "stage7" && token.user == "901" && token.issued == 1_790_000_000 && token.lifetime == 3600)
        #expect(token.isSigned(with: AccessTokenTests.certificate))
        #expect(try await provider.token(channel: "stage7", user: .uid(901)) != first, "another salt")
        #expect(try ReadToken(await provider.token(channel: "stage7", user: .account("relay"))).user == "relay")
    }

    @Test(
        "what no channel or account can be is refused",
        arguments: [("", TokenUser.uid(1)), (String(repeating: "c", count: 65), .uid(1)), ("c", .account(""))])
    func unusable(channel: String, user: TokenUser) async {
        let provider = CertificateTokens(
            appID: AccessTokenTests.appID, certificate: AccessTokenTests.certificate, lifetime: .seconds(60),
            clock: FixedClock(unixMilliseconds: 1))
        await #expect(throws: TokenError.self) { try await provider.token(channel: channel, user: user) }
    }

    // MARK: Address

    private func answer(_ text: String, status: Int = 200) -> ScriptedHTTP {
        ScriptedHTTP(.success(HTTPResponse(status: status, body: Array(text.utf8))))
    }

    @Test(
        "an address is asked for channel and user, whatever characters they have",
        arguments: [
            ("https://t.example/rtc", TokenUser.uid(901), "https://t.example/rtc?channel=stage%207%26x&uid=901"),
            (
                "https://t.example/rtc?k=v", .account("a&b=c/ä"),
                "https://t.example/rtc?k=v&channel=stage%207%26x&account=a%26b%3Dc%2F%C3%A4"
            ),
        ])
    func asked(url: String, user: TokenUser, expected: String) async throws {
        let http = answer("007abc")
        let provider = AddressTokens(url: url, http: http, limit: .seconds(3))
        #expect(try await provider.token(channel: "stage 7&x", user: user) == "007abc")
        #expect(http.requests.map(\.url) == [expected] && http.requests.map(\.method) == ["GET"])
        #expect(http.requests.map(\.exchangeLimit) == [.seconds(3)])
    }

    @Test(
        "the answer is the token as text, or in an object",
        arguments: ["007abc", " 007abc\r\n", #"{"token":"007abc","ttl":60}"#, "\n{\"token\": \"007abc\"}"])
    func forms(text: String) async throws {
        #expect(
            try await AddressTokens(url: "https://t", http: answer(text), limit: .seconds(1)).token(channel: "c", user: .uid(1)) == "007abc"
        )
    }

    @Test(
        "an answer without a token is an error that shows nothing of it",
        arguments: [
            "", "  ", "hush hush", "hush\nhush", "{\"key\":\"hush\"}", "{\"token\":5.5e300}", "{\"token\":\"\"}", "{hush", "h\u{e4}sh",
            "[\"hush\"] x",
            String(repeating: "hush", count: 1025), "<html>\n<body>hush</body></html>",
        ])
    func noToken(text: String) async throws {
        let shown = try await error(
            AddressTokens(url: "https://t.example/?key=word", http: answer(text), limit: .seconds(1)), hiding: ["hush", "word"])
        #expect(shown.reason.contains("no token") && shown.advice.contains("[agora.token]"))
        #expect("\(shown)".contains("uid 901 in channel stage7"))
    }

    @Test("another status and no answer are errors, with what happened", arguments: [201, 204, 301, 401, 500])
    func statuses(status: Int) async throws {
        #expect(
            try await error(AddressTokens(url: "https://t", http: answer("hush", status: status), limit: .seconds(1)), hiding: ["hush"])
                .reason.contains("\(status)"))
    }

    @Test("no answer is an error; to be cancelled is none of the address")
    func noAnswer() async throws {
        let late = ScriptedHTTP(.failure(TransportError(.timedOut, effect: .unknown, peer: "t.example:443", detail: "late")))
        #expect(try await error(AddressTokens(url: "https://t", http: late, limit: .seconds(1))).reason.contains("t.example:443"))
        let cancelled = ScriptedHTTP(.failure(TransportError(.cancelled, effect: .unknown, peer: "t", detail: "")))
        await #expect(throws: CancellationError.self) {
            try await AddressTokens(url: "https://t", http: cancelled, limit: .seconds(1)).token(channel: "c", user: .uid(1))
        }
    }

    // MARK: Command

    @Test("a command gets channel and user as arguments and in its environment; its first line is the token")
    func command() async throws {
        let runs = Mutex<[CommandTokens.Run]>([])
        let provider = CommandTokens(program: "/bin/token", limit: .seconds(4)) { run in
            runs.withLock { $0.append(run) }
            return .finished(stdout: Array("007abc\nand more\n".utf8))
        }
        #expect(try await provider.token(channel: "stage7", user: .uid(901)) == "007abc")
        #expect(try await provider.token(channel: "stage7", user: .account("relay")) == "007abc")
        #expect(
            runs.withLock { $0 } == [
                .init(
                    program: "/bin/token", arguments: ["stage7", "901"], environment: ["TOKEN_CHANNEL": "stage7", "TOKEN_UID": "901"],
                    limit: .seconds(4)),
                .init(
                    program: "/bin/token", arguments: ["stage7", "relay"],
                    environment: ["TOKEN_CHANNEL": "stage7", "TOKEN_ACCOUNT": "relay"], limit: .seconds(4)),
            ])
    }

    @Test(
        "a command that fails, or prints no token, is an error that shows nothing of what it printed",
        arguments: [
            CommandTokens.Ending.failed("exit status 3"), .finished(stdout: []), .finished(stdout: Array("\nhush\n".utf8)),
            .finished(stdout: Array("hush hush\n".utf8)), .finished(stdout: [0xFF, 0xFE, 0x0A]),
        ])
    func badCommand(ending: CommandTokens.Ending) async throws {
        let shown = try await error(CommandTokens(program: "/bin/token", limit: .seconds(1)) { _ in ending }, hiding: ["hush"])
        if case .failed(let how) = ending { #expect(shown.reason.contains(how)) }
        #expect(shown.advice.contains("/bin/token CHANNEL USER"))
    }

    // MARK: Need

    @Test("a project with a certificate and no source of tokens is refused, and told what to set")
    func need() throws {
        var section = AgoraSection()
        try TokenNeed.check(section, for: "the player stage7_901")
        section.hasCertificate = true
        let refused = #expect(throws: TokenNeed.self) { try TokenNeed.check(section, for: "the player stage7_901") }
        #expect(refused?.description.hasPrefix("the player stage7_901 is refused: the project has a certificate") == true)
        for source in [.certificate(Secret("x")), .url("https://t"), .command("c")] as [AgoraTokenSection.Source] {
            section.token = AgoraTokenSection(source: source)
            try TokenNeed.check(section, for: "the player")
        }
    }
}
