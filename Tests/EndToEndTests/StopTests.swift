import Foundation
import Testing

@Suite("stopping")
struct StopTests {
    @Test(
        "SIGTERM: what runs is finished, what has not started is there again at once, exit 0", .timeLimit(.minutes(1)), arguments: [1, 2])
    func drain(processes: Int) async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            try await bench.succeed(["send", bench.sample("FileUploadComplete"), "--repeat", "12"])
            let worker = try bench.start(
                ["run", "--summary", "json", "--processes", "\(processes)"],
                bench.rehearsing(["SLEEP": "3s"], worker: ["WORKER_CONCURRENCY": "\(4 / processes)"]))
            try await eventually("four handlers run", within: .seconds(20)) { bench.rehearsals.count(where: \.isStart) == 4 }
            worker.signal(SIGTERM)
            let end = try await worker.end(within: .seconds(20))
            #expect(end.code == 0)
            #expect(try end.summary["succeeded"] == 4)
            #expect(bench.rehearsals.count { $0.result == "done" } == 4)
            #expect(bench.rehearsals.count(where: \.isStart) == 4)
            // Visible again well before the 30 s of their lease.
            try await eventually("the rest is visible", within: .seconds(5)) { try await bench.counts() == [8, 0, 0] }
        }
    }

    @Test("a second signal ends the program at once with 128 + its number", .timeLimit(.minutes(1)), arguments: [1, 2])
    func secondSignal(processes: Int) async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            try await bench.succeed(["send", bench.sample("FileUploadComplete"), "--repeat", "2"])
            let worker = try bench.start(["run", "--processes", "\(processes)"], bench.rehearsing(["SLEEP": "60s"]))
            try await eventually("a handler runs", within: .seconds(20)) { bench.rehearsals.contains(where: \.isStart) }
            let workers = processes == 1 ? [worker.pid] : worker.children
            worker.signal(SIGINT)
            try await eventually("the stop is logged", within: .seconds(5)) { worker.errors.contains("stopping") }
            try await Task.sleep(for: .milliseconds(200))
            #expect(worker.isRunning)
            worker.signal(SIGINT)
            #expect(try await worker.end(within: .seconds(2)).code == 130)
            try await eventually("no worker is left", within: .seconds(2)) { !workers.contains(where: Program.isAlive) }
        }
    }
}
