import Testing

@testable import AgoraSimulator

@Suite("Answers, hosts and rates go wrong") struct FaultTests {
    @Test("a Create may be carried out and answered with 504, or not be carried out")
    func lostAnswers() throws {
        var bench = try Bench(
            """
            {"steps": [
              {"at": 1, "do": "answer", "operation": "create", "service": "media-push", "status": 504, "carriedOut": true},
              {"at": 10, "do": "answer", "operation": "create", "name": "b*", "cut": true}
            ]}
            """)
        bench.pass(1)
        try expect(try bench.ask("POST", Bench.converters(), Bench.converter("a1")), like: "media-push.error-504")
        #expect(bench.simulation.world.tasks.values.map(\.name) == ["a1"])
        #expect(try bench.ask("POST", Bench.converters(), Bench.converter("a1")).status == 409, "once alone")
        bench.pass(10)
        #expect(try bench.ask("POST", Bench.converters(), Bench.converter("a2")).status == 200, "another name")
        #expect(bench.reply("POST", Bench.converters(), Bench.converter("b1")) == .cut)
        #expect(bench.simulation.world.holder(of: "b1", .mediaPush) == nil)
        #expect(bench.simulation.report[path: "calls"]?["media-push create"]?["carried out, 200, then 504"] == 1)
    }

    @Test("a recording call gets the code that the script says")
    func codes() throws {
        var bench = try Bench(
            #"{"steps": [{"at": 0, "do": "answer", "operation": "query", "status": 206, "code": 65, "reason": "request not completed"}]}"#)
        let recording = try bench.record()
        try expect(try bench.query(recording), like: "cloud-recording.query-not-completed")
        #expect(try bench.query(recording).status == 200)
    }

    @Test("one host hangs, cuts or refuses while the others serve", arguments: ["refuse", "hang", "cut", "status"])
    func host(fault: String) throws {
        var bench = try Bench(
            """
            {"hosts": {"api.agora.io": "127.0.0.2:0", "api.sd-rtn.com": "127.0.0.3:0"},
             "steps": [{"at": 10, "do": "host", "host": "api.agora.io", "fault": "\(fault)", "seconds": 30}]}
            """)
        bench.pass(10)
        let expected: [String: Reply] = [
            "refuse": .cut, "cut": .cut, "hang": .hang(until: Bench.start + 40_000),
            "status": .answer(GatewayText.answer(503, .mediaPush)),
        ]
        let reply = bench.reply("POST", Bench.converters(), Bench.converter("a"))
        #expect(reply == expected[fault])
        #expect(bench.simulation.isListening("api.agora.io") == (fault != "refuse") && bench.simulation.isListening("api.sd-rtn.com"))
        #expect(bench.simulation.world.tasks.isEmpty)
        guard case .answer(let other) = bench.reply("POST", Bench.converters(), Bench.converter("a"), host: "api.sd-rtn.com") else {
            Issue.record("the other host did not answer")
            return
        }
        #expect(other.status == 200)
        bench.pass(30)
        #expect(bench.simulation.isListening("api.agora.io"))
        #expect(try bench.ask("GET", Bench.converterList).status == 200)
    }

    @Test("with the control plane down all hosts answer 503 and tasks live on")
    func controlPlane() throws {
        var bench = try Bench(#"{"steps": [{"at": 10, "do": "controlPlane", "seconds": 600}]}"#)
        let id = try bench.push()
        bench.pass(300)
        #expect(try bench.ask("GET", Bench.converters("/\(id)")).status == 503)
        let outage: JSONValue = [
            "host": "*", "fault": "status 503", "from": .integer(Bench.start + 10_000), "until": .integer(Bench.start + 610_000),
        ]
        #expect(bench.simulation.report["hostFaults"] == [outage])
        bench.pass(311)
        #expect(try bench.ask("GET", Bench.converters("/\(id)")).status == 200)
    }

    @Test("a storm of 429 for one service leaves the others alone, and is no violation")
    func throttle() throws {
        var bench = try Bench(#"{"steps": [{"at": 0, "do": "throttle", "service": "media-pull", "seconds": 20}]}"#)
        try expect429(try bench.ask("POST", Bench.players(), Bench.player("a")))
        #expect(try bench.ask("POST", Bench.converters(), Bench.converter("a")).status == 200)
        bench.pass(21)
        #expect(try bench.ask("POST", Bench.players(), Bench.player("a")).status == 200)
        #expect(bench.simulation.report["rateViolations"] == 0)
    }

    private func expect429(_ answer: APIAnswer) throws {
        #expect(answer.status == 429 && answer.body?["message"] == "Request rate limit exceeded.")
    }

    @Test("calls beyond the documented limits are 429 and violations: 10 a second and 20 a minute for the unfiltered list of players")
    func rates() throws {
        var bench = try Bench()
        var statuses: [Int] = []
        for _ in 0..<12 { statuses.append(try bench.ask("GET", Bench.playerList).status) }
        bench.pass(1)
        for _ in 0..<12 { statuses.append(try bench.ask("GET", Bench.playerList).status) }
        #expect(statuses.count { $0 == 200 } == 20)
        bench.pass(61)
        #expect(try bench.ask("GET", Bench.playerList).status == 200)
        let rates = try #require(bench.simulation.report["rates"])
        #expect(rates["media-pull.list per second"]?["violations"] == 4 && rates["media-pull.list per second"]?["highest"] == 12)
        #expect(rates["media-pull.list per minute"]?["violations"] == 2 && rates["media-pull.list per minute"]?["highest"] == 24)
    }

    @Test(
        "calls count while hosts are down or throttle, and not where nobody listens",
        arguments: [
            (#"{"do": "controlPlane", "at": 10, "seconds": 60}"#, 2), (#"{"do": "throttle", "at": 10, "seconds": 60}"#, 2),
            (#"{"do": "host", "at": 10, "host": "*", "fault": "cut", "carriedOut": true, "seconds": 60}"#, 2),
            (#"{"do": "host", "at": 10, "host": "*", "fault": "hang", "seconds": 60}"#, 2),
            (#"{"do": "controlPlane", "at": 10, "fault": "refuse", "seconds": 60}"#, 0),
        ])
    func ratesInOutages(step: String, violations: Int64) throws {
        var bench = try Bench(#"{"steps": [\#(step)]}"#)
        bench.pass(10)
        for _ in 0..<4 { _ = bench.reply("POST", Bench.players(), Bench.player("a")) }
        #expect(bench.simulation.report["rateViolations"] == .integer(violations))
    }

    @Test("a slack makes windows shorter, and a limit can be another")
    func rateSettings() throws {
        var bench = try Bench(#"{"rates": {"slack": 0.5, "media-push.list": {"perSecond": 1}}}"#)
        #expect(try bench.ask("GET", Bench.converterList).status == 200)
        bench.pass(0.4)
        #expect(try bench.ask("GET", Bench.converterList).status == 429)
        bench.pass(0.1)
        #expect(try bench.ask("GET", Bench.converterList).status == 200)
    }

    @Test("a call for somebody else's task is written down, and steps never choose it")
    func foreign() throws {
        var bench = try Bench(
            """
            {"steps": [{"at": 0, "do": "foreign", "service": "media-push", "name": "theirs"},
                       {"at": 0, "do": "foreign", "service": "cloud-recording", "channel": "theirs"},
                       {"at": 5, "do": "vanish", "name": "theirs"}]}
            """)
        bench.pass(10)
        let theirs = try #require(bench.simulation.world.alive(.mediaPush).first)
        #expect(bench.simulation.world.alive(.cloudRecording).count == 1)
        #expect(bench.simulation.report["missedSteps"]?.elements?.first?["step"] == "steps[2]")
        #expect(try bench.ask("POST", Bench.converters(), Bench.converter("theirs")).status == 409)
        #expect(try bench.ask("GET", Bench.converters("/\(theirs.id)")).status == 200)
        #expect(bench.simulation.report["foreignTouched"] == [])
        #expect(try bench.ask("DELETE", Bench.converters("/\(theirs.id)")).status == 200)
        #expect(bench.simulation.report["foreignTouched"]?.elements?.first?["operation"] == "media-push delete")
    }
}
