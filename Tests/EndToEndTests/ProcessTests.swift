import Foundation
import Testing

@Suite("several worker processes")
struct ProcessTests {
    @Test("2,000 messages, three processes, one killed in the middle: nothing lost, nothing left", .timeLimit(.minutes(2)))
    func killInTheMiddle() async throws {
        try await Workbench.with { bench in
            try await bench.serve(["--no-queue"])
            try await bench.succeed(["queue", "create", "media-events", "--visibility", "5s"])
            try await bench.succeed(["send", bench.sample("SnapshotComplete")])
            let ids = try await bench.succeed(["send", bench.sample("FileUploadComplete"), "--repeat", "1999"]).output
            let sent = Set(ids.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
            #expect(sent.count == 1999)

            let worker = try bench.start(
                ["run", "--processes", "3", "--until-empty", "--summary", "json"],
                bench.rehearsing(["SLEEP": "200ms", "FAIL_ON": "SnapshotComplete"], worker: ["WORKER_CONCURRENCY": "16"]))
            try await eventually("a quarter is done", within: .seconds(40)) { bench.rehearsalLines > 1000 }
            let busy = Set(bench.rehearsals.map(\.pid))
            #expect(busy.count == 3)
            let victim = try #require(worker.children.first)
            #expect(busy.contains(victim))
            kill(victim, SIGKILL)

            let end = try await worker.end(within: .seconds(60))
            #expect(end.code == 0)
            #expect(end.errors.contains("signal=9"))
            let rehearsals = bench.rehearsals
            let done = Set(rehearsals.filter { $0.result == "done" }.map(\.message))
            #expect(sent.subtracting(done).isEmpty)
            #expect(try await bench.counts() == [0, 0, 0])
            #expect(Set(rehearsals.map(\.pid)).count >= 4, "the killed one has a successor")

            let letters = try await bench.succeed(["dead", "list", "--json"]).array
            #expect(letters.count == 1)
            let id = try #require(letters.first?["messageId"] as? String)
            let tries = rehearsals.filter { $0.message == id && $0.result == "failed" }
            #expect(tries.map(\.attempt) == [1, 2, 3])
            #expect(try end.summary["deadLettered"] == 1)
            #expect(try #require(end.summary["wallSeconds"]) > 1)
        }
    }

    @Test("workers do not outlive a parent that is killed", .timeLimit(.minutes(1)))
    func noOrphans() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let parent = try bench.start(["run", "--processes", "2"], bench.rehearsing())
            let workers = try await eventually("two workers poll", within: .seconds(20)) {
                parent.errors.components(separatedBy: "worker started").count == 3 && parent.children.count == 2 ? parent.children : nil
            }
            parent.signal(SIGKILL)
            #expect(try await parent.end(within: .seconds(5)).code == 137)
            try await eventually("both workers are gone", within: .seconds(20)) { !workers.contains(where: Program.isAlive) }
        }
    }

    @Test("workers whose parent is killed finish what they have in hand", .timeLimit(.minutes(1)))
    func orphansDrain() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            try await bench.succeed(["send", bench.sample("FileUploadComplete"), "--repeat", "8"])
            let parent = try bench.start(["run", "--processes", "2"], bench.rehearsing(["SLEEP": "3s"]))
            try await eventually("all messages are in hand", within: .seconds(20)) { try await bench.counts() == [0, 8, 0] }
            let workers = parent.children
            parent.signal(SIGKILL)
            try await eventually("both workers are gone", within: .seconds(20)) { !workers.contains(where: Program.isAlive) }
            #expect(bench.rehearsals.count { $0.result == "done" } == 8)
            #expect(try await bench.counts() == [0, 0, 0])
        }
    }

    @Test("a worker that is told to stop alone is replaced", .timeLimit(.minutes(1)))
    func rollingRestart() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let parent = try bench.start(["run", "--processes", "2"], bench.rehearsing())
            let before = try await eventually("two workers", within: .seconds(20)) { parent.children.count == 2 ? parent.children : nil }
            kill(try #require(before.first), SIGKILL)
            try await eventually("a new one runs", within: .seconds(20)) {
                let now = parent.children
                return now.count == 2 && Set(now) != Set(before)
            }
            parent.signal(SIGTERM)
            #expect(try await parent.end(within: .seconds(20)).code == 0)
        }
    }
}
