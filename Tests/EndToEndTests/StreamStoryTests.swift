import Foundation
import Testing

/// Simulator, bridge, queue, workers: everything between a failure at Agora and its replacement there, as processes of their own.
///
/// The story is small in daily form. `STREAM_STORY=PUSHES,PULLS,SHOWS,FAILURES[,SEED]` tells a longer one: `50,50,10,200` takes four
/// minutes, holds the time to replacement of each cause against what the rules allow, and prints both.
@Suite("Streams through failures") struct StreamStoryTests {
    private struct Cast {
        var (pushes, pulls, shows, failures) = (3, 3, 1, 10)
        var (isLong, seed) = (false, 7)
        static let speed = 20

        init() {
            let numbers = (ProcessInfo.processInfo.environment["STREAM_STORY"] ?? "").split(separator: ",").compactMap { Int($0) }
            guard numbers.count >= 4 else { return }
            (pushes, pulls, shows, failures) = (numbers[0], numbers[1], numbers[2], numbers[3])
            (isLong, seed) = (true, numbers.dropFirst(4).first ?? seed)
        }

        /// Everything that is wanted, as the file of wanted tasks has it.
        var wishes: String {
            let pushes = (0..<pushes).map { StreamStoryStage.push("push\($0)", key: "k\($0)") }
            let pulls = (0..<pulls).map { StreamStoryStage.pull("pull\($0)", uid: 901 + $0) }
            let shows = (0..<shows).map { StreamStoryStage.show("show\($0)", uids: (50_001 + 2 * $0, 50_002 + 2 * $0)) }
            return "[" + (pushes + pulls + shows).joined(separator: ",") + "]"
        }

        func script(_ start: Int, bridge: Int) -> String {
            let more =
                isLong
                ? #"{"at":2000,"do":"controlPlane","seconds":600}"#
                // After the looks that follow a creation: the next one is 120 s away, and a move has to be waited for, too.
                : #"{"after":32,"do":"vanish","service":"media-push","name":"push1"}"#
            return """
                "clock":{"speed":\(Self.speed),"start":\(start)},"seed":\(seed),"rates":{"slack":1},
                "limits":{"media-push":200,"media-pull":200,"cloud-recording":100},"lists":{"sparse":0.2},
                "notifications":{"url":"http://127.0.0.1:\(bridge)/agora","loss":0.1,"delay":[0.5,5],"duplicates":0.15,"shuffle":10,
                  "secrets":{"media-push":"s1","media-pull":"s2","cloud-recording":"s3"}},
                "steps":[{"at":1,"do":"foreign","service":"media-push","name":"theirs","channel":"x"},
                         {"at":1,"do":"foreign","service":"media-pull","name":"theirs","channel":"x"},\(more)],
                "random":{"failures":\(failures),"first":\(isLong ? 300 : 120),"between":[5,25],"kinds":{"fail":5,"destroy":4,"migrate":4,
                  "vanish":\(isLong ? 2 : 0),"fault":2,"fatal":1,"exit":1,"lostAnswer":2,"host":2,"controlPlane":\(isLong ? 0.3 : 0),"throttle":1,"lostEvents":1}}
                """
        }
    }

    @Test(
        "what is wanted runs in the end and was replaced in time, nothing ran twice, nothing foreign was touched", .timeLimit(.minutes(12)))
    func story() async throws {
        let cast = Cast()
        try await Workbench.with { bench in try await tell(cast, bench) }
    }

    private func tell(_ cast: Cast, _ bench: Workbench) async throws {
        try await bench.serve(["--allow-unsigned"])
        try await bench.succeed(["queue", "create", "media-events"])
        let (port, start) = (try Workbench.freePort(), Int(Date().timeIntervalSince1970))
        var stage = try await StreamStoryStage(bench, script: cast.script(start, bridge: port))
        // The primary host has no address: every call finds its way to another one.
        stage.hosts["api.agora.io"] = "gone.invalid:80"
        _ = try bench.write("wishes.json", cast.wishes)
        let configuration = try stage.configuration("[agora.rehearsal]\nspeed = \(Cast.speed)\nstart = \(start)")
        let arguments = ["run", "--config", configuration]
        let secrets = ["BRIDGE_AGORA_SECRETS_PUSH": "s1", "BRIDGE_AGORA_SECRETS_PULL": "s2", "BRIDGE_AGORA_SECRETS_RECORDING": "s3"]
        _ = try bench.start(["bridge", "--port", "\(port)"], secrets)
        var workers = [try bench.start(arguments), try bench.start(arguments)]
        let wanted = cast.pushes + cast.pulls + cast.shows
        let most = cast.isLong ? 8 : 1
        var kills: [Int64] = []
        let deadline = ContinuousClock.now + .seconds(cast.isLong ? 600 : 150)
        while true {
            try await Task.sleep(for: .seconds(cast.isLong ? 5 : 1))
            let report = try await stage.report()
            let done = report.random?.done ?? 0
            if done == cast.failures, report.running == wanted, report.replacements.open == 0 { break }
            guard ContinuousClock.now < deadline else {
                throw HarnessError(
                    "\(report.running) of \(wanted) run, \(done) failures were made; worker: \(workers[1].errors.suffix(4000))")
            }
            // One after the other, over the whole story.
            if kills.count < most, done > kills.count * cast.failures / most {
                kills.append(report.clock.now)
                workers[0].signal(SIGKILL)
                workers = [workers[1], try bench.start(arguments)]
            }
        }
        try await look(at: stage, cast, kills)
        for worker in workers { worker.signal(SIGTERM) }
        for worker in workers { #expect(try await worker.end(within: .seconds(30)).code == 0) }
        stage.simulator.signal(SIGTERM)
        #expect(try await stage.simulator.end(within: .seconds(20)).code == 0)
    }

    private func look(at stage: StreamStoryStage, _ cast: Cast, _ kills: [Int64]) async throws {
        let report = try await stage.report()
        #expect(report.doubles.isEmpty && report.foreignTouched.isEmpty && report.rateViolations == 0)
        let times = StreamStoryTimes(report, kills: kills)
        #expect(times.unknown.isEmpty)
        // Few failures on a machine that does other things, too, say nothing of times.
        guard cast.isLong else { return }
        for row in times.rows { #expect(row.isWithin, "\(row)") }
        print("seed \(cast.seed): doubles \(report.doubles.count), foreign touched \(report.foreignTouched.count),", terminator: " ")
        print("rate violations \(report.rateViolations); all p50 \(report.replacements.p50 ?? 0) s, p99 \(report.replacements.p99 ?? 0) s")
        for row in times.rows { print(row) }
    }
}
