import Foundation
import Testing

@Suite("Streams at real speed") struct StreamStoryRatesTests {
    /// What leaves in time may arrive closer together on a busy machine. Two processes that each took the whole rate would still be far
    /// beyond it.
    private static let slack = 0.6

    @Test("two workers together keep the limits per second when everything is wanted at once", .timeLimit(.minutes(1)))
    func together() async throws {
        let (pushes, pulls) = (80, 20)
        try await Workbench.with { bench in
            try await bench.serve(["--allow-unsigned"])
            try await bench.succeed(["queue", "create", "media-events"])
            let stage = try await StreamStoryStage(
                bench, script: #""rates":{"slack":\#(Self.slack)},"limits":{"media-push":200,"media-pull":200}"#)
            let wishes =
                (0..<pushes).map { StreamStoryStage.push("push\($0)", key: "k\($0)") }
                + (0..<pulls).map { StreamStoryStage.pull("pull\($0)", uid: 901 + $0) }
            _ = try bench.write("wishes.json", "[" + wishes.joined(separator: ",") + "]")
            let configuration = try stage.configuration()
            let workers = try (0..<2).map { _ in try bench.start(["run", "--config", configuration]) }
            try await eventually("everything runs", within: .seconds(25)) {
                try await Task.sleep(for: .milliseconds(500))
                return try await stage.report().running == pushes + pulls
            }
            let report = try await stage.report()
            #expect(report.doubles.isEmpty && report.rateViolations == 0)
            // What is wanted is more than a second's worth of either.
            let (pushed, pulled) = (report.rates["media-push.create per second"], report.rates["media-pull.create-named per second"])
            #expect(pushed?.limit == 50 && pulled?.limit == 2)
            #expect(pulled?.highest == 2)
            #expect(report.tasks.count == pushes + pulls, "each was made once")
            for worker in workers {
                worker.signal(SIGTERM)
                #expect(try await worker.end(within: .seconds(20)).code == 0)
            }
        }
    }
}
