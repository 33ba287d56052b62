import Foundation
import Testing

/// The worker names the trouble, keeps trying, and recovers without a restart.
@Suite("outages at run time")
struct OutageTests {
    @Test("a server that is not there yet is waited for", .timeLimit(.minutes(1)))
    func serverComesLater() async throws {
        try await Workbench.with { bench in
            let port = try Workbench.freePort()
            let worker = try bench.start(["run"], bench.rehearsing(worker: ["SMQ_ENDPOINT": "http://127.0.0.1:\(port)"]))
            try await eventually("a log line about the endpoint", within: .seconds(15)) { worker.errors.contains("127.0.0.1:\(port)") }
            #expect(worker.isRunning)
            try await bench.serve(port: port)
            try await handlesOne(bench, worker)
        }
    }

    @Test("a missing queue is named, and work begins when it is made", .timeLimit(.minutes(1)))
    func queueComesLater() async throws {
        try await Workbench.with { bench in
            try await bench.serve(["--no-queue"])
            let worker = try bench.start(["run"], bench.rehearsing())
            try await eventually("QueueNotExist in the log", within: .seconds(15)) { worker.errors.contains("QueueNotExist") }
            #expect(worker.errors.contains("media-events"))
            try await bench.succeed(["queue", "create", "media-events"])
            try await handlesOne(bench, worker)
        }
    }

    @Test("a wrong key is named and never shown", .timeLimit(.minutes(1)))
    func wrongKey() async throws {
        try await Workbench.with { bench in
            try await bench.serve()
            let worker = try bench.start(
                ["run"],
                bench.rehearsing(worker: ["SMQ_ACCESS_KEY_ID": "local-development", "SMQ_ACCESS_KEY_SECRET": "surely-not-the-secret"]))
            try await eventually("the refusal in the log", within: .seconds(15)) { worker.errors.contains("SignatureDoesNotMatch") }
            #expect(!worker.errors.contains("surely-not-the-secret"))
            worker.signal(SIGTERM)
            #expect(try await worker.end(within: .seconds(15)).code == 0)
        }
    }

    private func handlesOne(_ bench: Workbench, _ worker: Program) async throws {
        try await bench.succeed(["send", bench.sample("FileUploadComplete")])
        try await eventually("the message is handled", within: .seconds(40)) { bench.rehearsals.contains { $0.result == "done" } }
        worker.signal(SIGTERM)
        #expect(try await worker.end(within: .seconds(15)).code == 0)
        #expect(try await bench.counts() == [0, 0, 0])
    }
}
