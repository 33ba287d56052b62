import Foundation
import HTTPTransport
import Settings
import Testing

/// Simulator, bridge, queue, workers: everything between a failure at Agora and its replacement there, as processes of their own.
///
/// The story is small in daily form. `STREAM_STORY=PUSHES,PULLS,SHOWS,FAILURES` tells a longer one: `50,50,10,200` takes four minutes.
@Suite("Streams through failures") struct StreamStoryTests {
    private struct Cast {
        var (pushes, pulls, shows, failures) = (3, 3, 1, 10)
        var isLong = false
        static let speed = 20

        init() {
            let numbers = (ProcessInfo.processInfo.environment["STREAM_STORY"] ?? "").split(separator: ",").compactMap { Int($0) }
            guard numbers.count == 4 else { return }
            (pushes, pulls, shows, failures) = (numbers[0], numbers[1], numbers[2], numbers[3])
            isLong = true
        }

        /// Everything that is wanted, as the file of wanted tasks has it.
        var wishes: String {
            let pushes = (0..<pushes).map { number in
                """
                {"name":"push\(number)","region":"eu","until":"forever","keepUntil":true,"converter":{"rtmpUrl":"rtmp://127.0.0.1:1/live/k\(number)",\
                "rawOptions":{"rtcChannel":"c\(number)","rtcStreamUid":1}}}
                """
            }
            let pulls = (0..<pulls).map { number in
                """
                {"name":"pull\(number)","region":"eu","until":"forever","keepUntil":true,"player":{"streamUrl":"rtmp://127.0.0.1:1/live/s\(number)",\
                "channelName":"c\(number)","uid":\(901 + number)}}
                """
            }
            let shows = (0..<shows).map { number in
                """
                {"name":"show\(number)","cname":"c\(number)","mode":"mix","uids":["\(50_001 + 2 * number)","\(50_002 + 2 * number)"],\
                "until":"forever","keepUntil":true,"start":{"storageConfig":{"vendor":2,"region":0,"bucket":"b","accessKey":"k","secretKey":"s"}}}
                """
            }
            return "[" + (pushes + pulls + shows).joined(separator: ",") + "]"
        }

        func script(_ start: Int, bridge: Int) -> String {
            let hosts = AgoraHost.all.enumerated().map { "\"\($1)\":\"127.0.0.\($0 + 2):0\"" }.joined(separator: ",")
            let outage = isLong ? #",{"at":2000,"do":"controlPlane","seconds":600}"# : ""
            return """
                {"project":{"appID":"app","customerKey":"id","customerSecret":"secret"},"hosts":{\(hosts)},
                 "clock":{"speed":\(Self.speed),"start":\(start)},"seed":7,"rates":{"slack":1},
                 "limits":{"media-push":200,"media-pull":200,"cloud-recording":100},"lists":{"sparse":0.2},
                 "notifications":{"url":"http://127.0.0.1:\(bridge)/agora","loss":0.1,"delay":[0.5,5],"duplicates":0.15,"shuffle":10,
                   "secrets":{"media-push":"s1","media-pull":"s2","cloud-recording":"s3"}},
                 "steps":[{"at":1,"do":"foreign","service":"media-push","name":"theirs","channel":"x"},
                          {"at":1,"do":"foreign","service":"media-pull","name":"theirs","channel":"x"}\(outage)],
                 "random":{"failures":\(failures),"first":\(isLong ? 300 : 120),"between":[5,25],"kinds":{"fail":5,"destroy":4,"migrate":4,
                   "vanish":\(isLong ? 2 : 0),"fault":2,"fatal":1,"exit":1,"lostAnswer":2,"host":2,"controlPlane":\(isLong ? 1 : 0),"throttle":1,"lostEvents":1}}}
                """
        }
    }

    private struct Report: Decodable {
        struct Random: Decodable { let done: Int }
        struct Count: Decodable { let open: Int }

        let alive: [String: [String]]
        let doubles: [Anything]
        let foreignTouched: [Anything]
        let rateViolations: Int
        let random: Random
        let replacements: Count
        /// Whose content does not matter as long as there is none.
        struct Anything: Decodable {}
    }

    @Test("what is wanted runs in the end, nothing ran twice, nothing foreign was touched", .timeLimit(.minutes(12)))
    func story() async throws {
        let cast = Cast()
        try await Workbench.with { bench in try await tell(cast, bench) }
    }

    private func tell(_ cast: Cast, _ bench: Workbench) async throws {
        try await bench.serve(["--allow-unsigned"])
        try await bench.succeed(["queue", "create", "media-events"])
        let (port, start) = (try Workbench.freePort(), Int(Date().timeIntervalSince1970))
        let script = try bench.write("script.json", cast.script(start, bridge: port))
        let simulator = try bench.start(["agora", "simulate", "--script", script])
        let said = try await eventually("the simulator's addresses", within: .seconds(20)) { () -> String? in
            guard simulator.isRunning else { throw HarnessError("it ended: \(simulator.errors)") }
            return simulator.output.split(separator: "\n").first.map(String.init)
        }
        let addresses = try #require(try JSONSerialization.jsonObject(with: Data(said.utf8)) as? [String: Any])
        var hosts = try #require(addresses["hosts"] as? [String: String])
        // The primary host has no address: every call finds its way to another one.
        hosts["api.agora.io"] = "gone.invalid:80"
        let control = try #require(addresses["control"] as? String)
        _ = try bench.write("wishes.json", cast.wishes)
        let arguments = ["run", "--config", try bench.write("story.conf", configuration(hosts, start))]
        let secrets = ["BRIDGE_AGORA_SECRETS_PUSH": "s1", "BRIDGE_AGORA_SECRETS_PULL": "s2", "BRIDGE_AGORA_SECRETS_RECORDING": "s3"]
        _ = try bench.start(["bridge", "--port", "\(port)"], secrets)
        var workers = [try bench.start(arguments), try bench.start(arguments)]
        let wanted = cast.pushes + cast.pulls + cast.shows
        var kills = cast.isLong ? 8 : 1
        let deadline = ContinuousClock.now + .seconds(cast.isLong ? 600 : 150)
        while true {
            try await Task.sleep(for: .seconds(2))
            let report = try await report(control)
            let alive = report.alive.values.reduce(0) { $0 + $1.count }
            if report.random.done == cast.failures, alive == wanted, report.replacements.open == 0 { break }
            guard ContinuousClock.now < deadline else {
                throw HarnessError(
                    "\(alive) of \(wanted) run, \(report.random.done) failures were made; worker: \(workers[1].errors.suffix(4000))")
            }
            if kills > 0, report.random.done > 0 {
                kills -= 1
                workers[0].signal(SIGKILL)
                workers = [workers[1], try bench.start(arguments)]
            }
        }
        let report = try await report(control)
        #expect(report.doubles.isEmpty && report.foreignTouched.isEmpty && report.rateViolations == 0)
        for worker in workers { worker.signal(SIGTERM) }
        for worker in workers { #expect(try await worker.end(within: .seconds(30)).code == 0) }
        simulator.signal(SIGTERM)
        let end = try await simulator.end(within: .seconds(20))
        if cast.isLong { print(end.output.split(separator: "\n").last.map(String.init) ?? "no report") }
    }

    private func report(_ control: String) async throws -> Report {
        let answer = try await HTTPTransport(name: "story").perform(
            HTTPRequest(method: "GET", url: "http://\(control)/_simulator/state"))
        return try JSONDecoder().decode(Report.self, from: Data(answer.body))
    }

    private func configuration(_ hosts: [String: String], _ start: Int) -> String {
        """
        [handlers]
        enabled = ["stream-keeper", "stream-alarms", "event-archive"]
        [agora]
        app_id = "app"
        customer_key = "id"
        customer_secret = "secret"
        tasks = "wishes.json"
        check_addresses = false
        [agora.rehearsal]
        speed = \(Cast.speed)
        start = \(start)
        [agora.limits]
        media_push = 200
        media_pull = 200
        cloud_recording = 100
        [agora.hosts]
        \(hosts.sorted { $0.key < $1.key }.map { "\"\($0.key)\" = \"\($0.value)\"" }.joined(separator: "\n"))
        """
    }
}
