import Foundation
import Testing

@Suite("a worker process against the local server")
struct WorkerTests {
    private static let summaryKeys: Set<String> = [
        "handled", "succeeded", "deleted", "retried", "deadLettered", "redelivered", "wallSeconds", "cpuSeconds", "peakRSSBytes",
    ]

    @Test("serve, send, run: good events are archived, bad ones become dead letters with their reasons", .timeLimit(.minutes(1)))
    func newcomer() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let types = ["FileUploadComplete", "TranscodeComplete", "SnapshotComplete"]
            for type in types { try await bench.succeed(["send", bench.sample(type)]) }
            try await bench.succeed(["send", "-"], input: "neither JSON nor base64!")
            try await bench.succeed(["send", "-", "--base64"], input: #"{"EventType":"Unheard"}"#)

            let end = try await bench.succeed(["run", "--until-empty", "--summary", "json"])
            let summary = try end.summary
            #expect(Set(summary.keys) == Self.summaryKeys)
            #expect(summary["succeeded"] == 3)
            #expect(summary["deadLettered"] == 2)
            #expect(summary["handled"] == 5)
            #expect(summary["deleted"] == 5)
            #expect(summary["retried"] == 0)
            #expect(summary["redelivered"] == 0)
            #expect(try #require(summary["cpuSeconds"]) > 0)
            #expect(try #require(summary["peakRSSBytes"]) > 1_000_000)
            #expect(try await bench.counts() == [0, 0, 0])
            #expect(archivedTypes(bench) == types.sorted())

            let letters = try await bench.succeed(["dead", "list", "--json"]).array
            #expect(Set(letters.compactMap { $0["reason"] as? String }) == ["undecodable", "unknown type"])
            let text = try await bench.succeed(["dead", "list"]).output
            #expect(text.contains("Unheard"))
        }
    }

    private func archivedTypes(_ bench: Workbench) -> [String] {
        let files = FileManager.default.enumerator(atPath: bench.path("state"))?.compactMap { $0 as? String } ?? []
        let lines = files.filter { $0.hasSuffix(".jsonl") }.flatMap { Program.text(bench.path("state/\($0)")).split(separator: "\n") }
        return lines.compactMap { $0.firstMatch(of: /"EventType":"([A-Za-z]+)"/).map { String($0.1) } }.sorted()
    }

    @Test("a 12 s handler under a 4 s visibility runs once, and its message is deleted with the newest handle", .timeLimit(.minutes(1)))
    func longHandler() async throws {
        try await Workbench.with { bench in
            try await bench.serve(["--no-queue"])
            try await bench.succeed(["queue", "create", "media-events", "--visibility", "4s"])
            try await bench.succeed(["send", bench.sample("FileUploadComplete")])
            let settings = bench.rehearsing(["SLEEP": "12s"])
            let end = try await bench.succeed(["run", "--until-empty", "--summary", "json"], settings, within: .seconds(40))
            let summary = try end.summary
            #expect(summary["succeeded"] == 1)
            #expect(summary["deleted"] == 1)
            #expect(summary["redelivered"] == 0)
            // The server refuses every handle but the newest: an empty queue proves which one was used.
            #expect(try await bench.counts() == [0, 0, 0])
            #expect(bench.rehearsals.count(where: \.isStart) == 1)
            #expect(bench.rehearsals.last?.result == "done")
        }
    }

    @Test("a message that fails every time is tried three times, then kept; a replay gives it three new attempts", .timeLimit(.minutes(1)))
    func replay() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            try await bench.succeed(["send", bench.sample("SnapshotComplete")])
            let run = ["run", "--until-empty", "--summary", "json"]
            let first = try await bench.succeed(run, bench.rehearsing(["FAIL_ON": "SnapshotComplete"])).summary
            #expect(first["deadLettered"] == 1)
            #expect(first["retried"] == 2)
            #expect(bench.rehearsals.count { $0.result == "failed" } == 3)

            let letter = try #require(try await bench.succeed(["dead", "list", "--json"]).array.first)
            let id = try #require(letter["id"] as? String)
            #expect(letter["reason"] as? String == "attempts exhausted")
            let shown = try #require(try await bench.succeed(["dead", "show", id, "--json"]).array.first)
            #expect((shown["attempts"] as? [Any])?.count == 3)
            #expect(try await bench.succeed(["dead", "show", id]).output.contains("rehearsed failure"))

            #expect(try await bench.succeed(["dead", "replay", id]).output.contains(id))
            let second = try await bench.succeed(run, bench.rehearsing()).summary
            #expect(second["succeeded"] == 1)
            #expect(bench.rehearsals.last?.attempt == 1)
            #expect(try await bench.counts() == [0, 0, 0])

            let exported = try await bench.succeed(["dead", "export"]).output
            #expect(exported.split(separator: "\n").count == 1)
            try await bench.succeed(["dead", "drop", id])
            #expect(try await bench.succeed(["dead", "list", "--json"]).array.isEmpty)
        }
    }

    @Test("a stream's token is hidden where a dead letter is shown, and exact where it is sent from", .timeLimit(.minutes(1)))
    func secrets() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let notice = #"{"productId":4,"eventType":2,"payload":{"player":{"id":"p","token":"007hush"}}}"#
            try await bench.succeed(["send", "-"], input: notice)
            #expect(try await !bench.succeed(["peek"]).output.contains("hush"))
            try await bench.succeed(["run", "--until-empty"], bench.rehearsing())
            let letter = try #require(try await bench.succeed(["dead", "list", "--json"]).array.first)
            let id = try #require(letter["id"] as? String)
            #expect(letter["bodyBase64"] as? String == Data(notice.utf8).base64EncodedString())
            for form in [[], ["--json"]] {
                let hidden = try await bench.succeed(["dead", "show", id] + form).output
                #expect(!hidden.contains("hush") && hidden.contains("<hidden>"))
                #expect(try await bench.succeed(["dead", "show", id, "--reveal"] + form).output.contains("007hush"))
            }
            #expect(try await bench.succeed(["dead", "export"]).output.contains("007hush"))
            try await bench.succeed(["dead", "replay", id])
            #expect(try await bench.succeed(["peek", "--json"]).array.first?["body"] as? String == notice)
        }
    }

    @Test("a handler that takes the process down loses no message", .timeLimit(.minutes(1)))
    func trap() async throws {
        try await Workbench.with { bench in
            try await bench.serve(["--no-queue"])
            try await bench.succeed(["queue", "create", "media-events", "--visibility", "2s"])
            for type in ["FileUploadComplete", "SnapshotComplete"] {
                try await bench.succeed(["send", bench.sample(type), "--repeat", "3"])
            }
            let run = ["run", "--until-empty", "--summary", "json"]
            let crashed = try await bench.run(run, bench.rehearsing(["TRAP_ON": "SnapshotComplete"]))
            #expect(crashed.code > 128)
            try await bench.succeed(run, bench.rehearsing())
            let done = Set(bench.rehearsals.filter { $0.result == "done" }.map(\.message))
            #expect(done.count == 6)
            #expect(try await bench.counts() == [0, 0, 0])
            #expect(try await bench.succeed(["dead", "list", "--json"]).array.isEmpty)
        }
    }

    @Test("a state directory that cannot be written ends the start with 73", .timeLimit(.minutes(1)))
    func stateDirectory() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let file = try bench.write("occupied", "")
            for command in [["run"], ["run", "--processes", "2"]] {
                let end = try await bench.run(command, ["WORKER_STATE_DIR": file + "/state"])
                #expect(end.code == 73)
                #expect(end.errors.contains(file + "/state"))
            }
        }
    }

    @Test("stdout that nobody reads and stderr that nobody reads do not stop the work", .timeLimit(.minutes(1)))
    func blockedErrors() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            try await bench.succeed(["send", bench.sample("FileUploadComplete"), "--repeat", "300"])
            let pipe = try FullPipe()
            // Every plugin that logs by itself is on.
            let worker = try bench.start(
                ["run", "--until-empty", "--summary", "json"],
                bench.rehearsing(
                    ["FAIL_ON": "TranscodeComplete"],
                    worker: ["WORKER_LOG_LEVEL": "trace", "HANDLERS_ENABLED": "rehearsal,tally,event-archive"]),
                errors: pipe.writer)
            let end = try await worker.end(within: .seconds(30))
            #expect(end.code == 0)
            #expect(try end.summary["succeeded"] == 300)
        }
    }

    @Test("a plugin that warns at its start is not held up by stderr either, and the worker stops when asked", .timeLimit(.minutes(1)))
    func blockedWarning() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            try await bench.succeed(["send", bench.sample("FileUploadComplete")])
            let pipe = try FullPipe()
            let worker = try bench.start(
                ["run"],
                [
                    "HANDLERS_ENABLED": "webhook-forwarder", "HANDLERS_WEBHOOK_FORWARDER_URL": "http://127.0.0.1:1/",
                    "WORKER_DRAIN_LIMIT": "2s",
                ],
                errors: pipe.writer)
            try await eventually("the message was taken and failed", within: .seconds(20)) { try await bench.counts() == [0, 1, 0] }
            worker.signal(SIGTERM)
            #expect(try await worker.end(within: .seconds(10)).code == 0)
        }
    }
}

/// A pipe that is full and that nobody reads: the first line written to it waits for ever.
private final class FullPipe {
    private let pipe = Pipe()
    var writer: FileHandle { pipe.fileHandleForWriting }

    init() throws {
        let descriptor = writer.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        let filler = [UInt8](repeating: 0x2E, count: 4096)
        while write(descriptor, filler, filler.count) > 0 {}
        _ = fcntl(descriptor, F_SETFL, 0)
    }
}
