import Foundation
import Testing

@Suite("an operator's commands against the local server")
struct OperatorCommandTests {
    @Test("queues are made, listed, changed, looked at and deleted", .timeLimit(.minutes(1)))
    func queues() async throws {
        try await Workbench.with { bench in
            try await bench.serve(["--no-queue"])
            #expect(try await bench.succeed(["queue", "list"]).output.isEmpty)
            try await bench.succeed(["queue", "create", "one", "--visibility", "45s"])
            try await bench.succeed(["queue", "create", "other"])
            #expect(try await bench.succeed(["queue", "create", "one", "--visibility", "45s"]).output.contains("already"))
            let differs = try await bench.run(["queue", "create", "one", "--visibility", "46s"])
            #expect(differs.code == 76)
            #expect(differs.errors.contains("one"))
            #expect(try await bench.succeed(["queue", "list"]).output == "one\nother\n")
            #expect(try await bench.succeed(["queue", "list", "--prefix", "ot"]).output == "other\n")
            try await bench.succeed(["queue", "set", "one", "--visibility", "60s", "--retention", "1h"])
            let attributes = try await bench.succeed(["queue", "attributes", "one", "--json"]).array
            #expect(attributes.first?["VisibilityTimeout"] as? Int == 60)
            #expect(attributes.first?["MessageRetentionPeriod"] as? Int == 3600)
            #expect(try await bench.run(["queue", "delete", "one"]).code == 1)
            try await bench.succeed(["queue", "delete", "one", "--yes"])
            let gone = try await bench.run(["queue", "attributes", "one"])
            #expect(gone.code == 76)
            #expect(gone.errors.contains("one"))
        }
    }

    @Test(
        "send prints an id for each message, tells which files failed, and peek shows what is there without taking it",
        .timeLimit(.minutes(1)))
    func sendAndPeek() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let good = try await bench.sample("TranscodeComplete")
            let lines = try bench.write("lines.txt", "{\"a\":1}\n\n{\"b\":2}\n")
            let tooLarge = try bench.write("large.txt", String(repeating: "x", count: 70_000))
            let sent = try await bench.run(["send", good, tooLarge, "missing.json"])
            #expect(sent.code == 1)
            #expect(sent.output.split(separator: "\n").count == 1)
            #expect(sent.output.contains("TranscodeComplete.json"))
            #expect(sent.errors.contains("large.txt"))
            #expect(sent.errors.contains("missing.json"))
            try await bench.succeed(["send", lines, "--lines", "--repeat", "10", "--base64"])
            try await bench.succeed(["send", "-", "--delay", "60s"], input: "later")
            #expect(try await bench.counts() == [21, 0, 1])
            for _ in 0..<2 {
                let seen = try await bench.succeed(["peek", "--count", "3", "--json"]).array
                #expect(seen.count == 3)
                #expect(seen.first?["dequeueCount"] as? Int == 0)
            }
            #expect(try await bench.succeed(["peek", "--count", "16"]).output.contains("TranscodeComplete"))
        }
    }

    @Test("a port in use is said with the port", .timeLimit(.minutes(1)))
    func portInUse() async throws {
        try await Workbench.with { bench in
            let port = try Workbench.freePort()
            try await bench.serve(port: port)
            let second = try await bench.run(["serve", "--port", "\(port)"])
            #expect(second.code == 69)
            #expect(second.errors.contains("\(port)"))
            #expect(second.errors.contains("in use"))
        }
    }

    @Test("a wrong key is named as such and ends with 77", .timeLimit(.minutes(1)))
    func wrongKey() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let end = try await bench.run(
                ["queue", "list"], ["SMQ_ACCESS_KEY_ID": "local-development", "SMQ_ACCESS_KEY_SECRET": "not-the-secret"])
            #expect(end.code == 77)
            #expect(end.errors.contains("access_key"))
            #expect(!end.errors.contains("not-the-secret"))
        }
    }
}
