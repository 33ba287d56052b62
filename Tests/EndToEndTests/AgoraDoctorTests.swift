import Foundation
import Testing

@Suite("mediaworker agora doctor")
struct AgoraDoctorTests {
    /// A configuration with which nobody of Agora can be reached: the ports are closed.
    private static func configuration(_ bench: Workbench, token: String) throws -> String {
        try bench.write(
            "doctor.conf",
            """
            [agora]
            app_id = "9bdd1bebb0f3f919556d5410434d7ad4"
            customer_key = "key"
            customer_secret = "hush-secret"
            has_certificate = true
            region_hosts = []
            [agora.hosts]
            "api.agora.io" = "127.0.0.2:\(try Workbench.freePort())"
            "api.sd-rtn.com" = "127.0.0.3:\(try Workbench.freePort())"
            [agora.token]
            \(token)
            """)
    }

    @Test(
        "a token command gets channel and user, is ended at its limit with its children, and its output is never shown",
        .timeLimit(.minutes(1)),
        arguments: [
            ("echo \"007hush-$1-$2-$TOKEN_CHANNEL-$TOKEN_UID\" > got; echo 007hush", "ok"), ("echo hush hush", "failed"),
            ("exit 3", "failed"),
            ("sleep 100 & sleep 100; echo 007hush", "failed"),
        ])
    func tokens(script: String, status: String) async throws {
        try await Workbench.with { bench in
            let program = try bench.write("token", "#!/bin/sh\n\(script)\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
            let file = try Self.configuration(bench, token: "command = \"\(program)\"\ntimeout = \"700ms\"")
            let end = try await bench.run(["agora", "doctor", "--service", "media-push", "--json", "--config", file])
            #expect(end.code == 1)
            let rows = try end.array
            func row(_ item: String) -> [String: Any]? { rows.first { $0["item"] as? String == item } }
            #expect(row("tokens")?["status"] as? String == status)
            #expect(row("credentials")?["status"] as? String == "failed")
            #expect(row("host")?["status"] as? String == "failed")
            #expect(row("state-directory")?["status"] as? String == "ok")
            #expect(row("channel-profile")?["status"] as? String == "not-checkable")
            #expect(!end.output.contains("hush") && !end.errors.contains("hush"))
            if status == "ok" { #expect(Program.text(bench.path("got")) == "007hush-doctor-1-doctor-1\n") }
        }
    }

    @Test("the table says the same to people", .timeLimit(.minutes(1)))
    func table() async throws {
        try await Workbench.with { bench in
            let file = try Self.configuration(bench, token: "certificate = \"0123456789abcdef0123456789abcdef\"")
            let end = try await bench.run(["agora", "doctor", "--service", "media-pull", "--config", file])
            #expect(end.code == 1)
            #expect(end.output.contains(/ok +tokens +- +\[agora.token\] makes tokens/))
            #expect(end.output.contains(/failed +host +api\.agora\.io +could not connect/))
            #expect(!end.output.contains("0123456789abcdef0") && !end.output.contains("hush"))
        }
    }
}
