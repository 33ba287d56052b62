import Foundation
import HTTPTransport
import Testing

@Suite("TLS", .timeLimit(.minutes(1)))
struct TLSTests {
    /// `openssl` if this machine has it; the tests that need it are skipped, with the reason, if not.
    static let openssl = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(
        "a certificate is trusted only through the CA file, and then the exchange works",
        .enabled(if: TLSTests.openssl != nil, "there is no openssl command to make a certificate with"))
    func caFile() async throws {
        let openssl = try #require(Self.openssl)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = folder.appendingPathComponent("certificate.pem").path
        let key = folder.appendingPathComponent("key.pem").path
        let making = try start(
            openssl,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=test",
                "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
            ])
        making.process.waitUntilExit()
        try #require(making.process.terminationStatus == 0)

        let server = try start(openssl, ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www"])
        defer { server.process.terminate() }
        let port = try #require(announcedPort(server.output), "openssl s_server did not say where it listens")
        let url = "https://127.0.0.1:\(port)/"

        let distrusting = HTTPTransport(name: "test")
        let refused = try await distrusting.failure(.get(url))
        #expect(refused.kind == .tlsFailed && refused.effect == .none && !refused.isRetryable)
        #expect(refused.description.contains("CA file"))

        var configuration = HTTPTransportConfiguration()
        configuration.caFile = certificate
        let trusting = HTTPTransport(name: "test", configuration: configuration)
        #expect(try await trusting.perform(.get(url)).status == 200)
        let otherName = try await trusting.failure(.get("https://localhost:\(port)/"))
        #expect(otherName.kind == .tlsFailed, "the certificate is for 127.0.0.1 only")

        configuration.caFile = folder.appendingPathComponent("missing.pem").path
        let broken = try await HTTPTransport(name: "test", configuration: configuration).failure(.get(url))
        #expect(broken.kind == .tlsFailed && !broken.isRetryable && broken.detail.contains("missing.pem"))
    }

    @Test("a server that does not speak TLS breaks the handshake")
    func plainServer() async throws {
        let server = try LoopbackServer { $0.answer(status: "400 Bad Request") }
        let error = try await HTTPTransport(name: "test").failure(.get("https://127.0.0.1:\(server.port)/"))
        #expect(error.kind == .tlsFailed && error.effect == .none && error.isRetryable)
    }

    private func start(_ command: String, _ arguments: [String]) throws -> (process: Process, output: FileHandle) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: command)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, pipe.fileHandleForReading)
    }

    /// `ACCEPT 127.0.0.1:38211` is the line that says it is ready.
    private func announcedPort(_ output: FileHandle) -> Int? {
        var text = ""
        while true {
            let data = output.availableData
            if data.isEmpty { return nil }
            text += String(decoding: data, as: UTF8.self)
            for line in text.split(separator: "\n").dropLast(text.hasSuffix("\n") ? 0 : 1) where line.hasPrefix("ACCEPT ") {
                return line.split(separator: ":").last.flatMap { Int($0) }
            }
        }
    }
}
