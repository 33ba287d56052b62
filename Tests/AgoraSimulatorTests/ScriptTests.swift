import Foundation
import Testing

@testable import AgoraSimulator

@Suite("Scripts") struct ScriptTests {
    @Test(
        "a mistake is refused with its path",
        arguments: [
            (#"{"step": []}"#, "", "has an unknown key \"step\""),
            (#"{"steps": [{"at": 1, "do": "fail"}, {"at": 1, "do": "explode"}]}"#, "steps[1].do", "must be one of fail, destroy"),
            (#"{"steps": [{"at": 1, "do": "fail", "seconds": 3}]}"#, "steps[0]", "has an unknown key \"seconds\""),
            (#"{"steps": [{"do": "vanish"}]}"#, "steps[0].at", "or \"after\" is needed"),
            (#"{"steps": [{"at": 1, "do": "fault", "service": "media-push"}]}"#, "steps[0].service", "media-push has no such thing"),
            (#"{"steps": [{"at": 1, "do": "destroy", "reason": "Boredom"}]}"#, "steps[0].reason", "must be one of Delete Request"),
            (#"{"steps": [{"after": 1, "do": "throttle", "seconds": 3}]}"#, "steps[0].after", "say \"at\""),
            (#"{"steps": [{"at": 1, "do": "host", "host": "api.example.com", "fault": "cut", "seconds": 3}]}"#, "steps[0].host", "one of"),
            (#"{"hosts": {"api.agora.com": "127.0.0.2:0"}}"#, "hosts", "has an unknown key \"api.agora.com\""),
            (#"{"hosts": {"api.agora.io": "10.0.0.1:80"}}"#, "hosts.api.agora.io", "must be an address of this machine"),
            (#"{"rates": {"media-push.create": {"perHour": 1}}}"#, "rates.media-push.create", "has an unknown key \"perHour\""),
            (#"{"clock": {"speed": 0}}"#, "clock.speed", "must be a number of 0.001...10000"),
            (#"{"random": {"failures": 3, "kinds": {"fail": 0}}}"#, "random.kinds", "must have a weight above 0"),
            (#"{"notifications": {"url": "http://127.0.0.1:1/agora"}}"#, "notifications.secrets", "is needed"),
            ("{\"steps\": [\n}", "", "is not JSON"),
        ])
    func mistakes(script: String, path: String, rule: String) throws {
        let mistake = try #require(throws: ScriptMistake.self) { try SimulatorScript(parsing: Array(script.utf8)) }
        #expect(mistake.path == path)
        #expect(mistake.description.contains(rule), "\(mistake)")
    }

    @Test("the documented example loads, and its story runs to the end in the same way every time")
    func example() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/AgoraSimulator/AgoraSimulator.docc/Script.md")
        let page = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let parts = page.components(separatedBy: "```")
        let example = try #require(parts.dropFirst().first)
        let script = String(example.drop { $0 != "{" })
        let reports = try (0..<2).map { _ in try Self.play(script) }
        #expect(reports[0] == reports[1])
        let report = try #require(reports.first)
        #expect(report[path: "random.done"] == 200)
        #expect(report["doubles"] == [] && report["foreignTouched"] == [] && report["rateViolations"] == 0)
        #expect(report[path: "replacements.open"] == 0 && (report[path: "replacements.count"]?.whole ?? 0) > 100)
        #expect(report["missedSteps"] == [])
        #expect(report[path: "alive.media-push"]?.elements?.count == 10)
        #expect(report["aliveOfOthers"]?.elements?.count == 1)
    }

    /// Ten converters, ten players and two recordings, looked after by somebody who sees all.
    private static func play(_ script: String) throws -> JSONValue {
        var bench = try Bench(script)
        var recordings: [String: UInt32] = ["700001": 0, "700002": 0]
        for _ in 0..<1200 {
            bench.pass(5)
            for number in 0..<10 {
                let (push, pull) = ("\(number < 5 ? "stage" : "lobby")7_\(number)", "stage7_90\(number)")
                try mend(.mediaPush, push, &bench) { Bench.converter(push) }
                try mend(.mediaPull, pull, &bench) { Bench.player(pull, uid: Int64(900 + number)) }
            }
            for (uid, generation) in recordings.sorted(by: { $0.key < $1.key }) {
                let name = String((UInt32(uid) ?? 0) + generation * 10)
                guard !bench.simulation.world.alive(.cloudRecording).contains(where: { $0.user == name }) else { continue }
                let next = String((UInt32(uid) ?? 0) + (generation + 1) * 10)
                if case .answer(let answer) = bench.reply("POST", Bench.recording("acquire"), Bench.identity(next)),
                    let resource = answer.body?["resourceId"]?.text,
                    case .answer(let started) = bench.reply(
                        "POST", Bench.recording("resourceid/\(resource)/mode/mix/start"), Bench.identity(next, Bench.mix)),
                    started.status == 200
                {
                    recordings[uid] = generation + 1
                }
            }
        }
        return bench.simulation.report
    }

    private static func mend(_ service: AgoraService, _ name: String, _ bench: inout Bench, _ body: () -> JSONValue) throws {
        let path = service == .mediaPush ? Bench.converters : Bench.players
        if let holder = bench.simulation.world.holder(of: name, service) {
            guard holder.state == TaskState.failed else { return }
            _ = bench.reply("DELETE", path("/\(holder.id)"))
            bench.pass(0.1)
        }
        guard bench.simulation.world.holder(of: name, service) == nil else { return }
        bench.pass(0.6)
        _ = bench.reply("POST", path(""), body())
    }

    @Test("patterns of names")
    func globs() {
        #expect(Glob("*").matches("") && Glob("stage*").matches("stage7") && Glob("*_a*7").matches("x_ab7"))
        #expect(!Glob("stage").matches("stage7") && !Glob("a*a").matches("a") && !Glob("a*b*c").matches("acb"))
    }

    @Test("entries come in the order of their moments, and of entry where these are equal")
    func agenda() {
        var agenda = Agenda<String>()
        for (name, moment) in [("b", 2), ("a", 1), ("c", 2), ("d", 3), ("e", 2)] as [(String, Int64)] { agenda.add(name, at: moment) }
        #expect(agenda.take(at: 0) == nil)
        var taken: [String] = []
        while let (_, name) = agenda.take(at: 2) { taken.append(name) }
        #expect(taken == ["a", "b", "c", "e"] && agenda.next == 3)
    }
}
