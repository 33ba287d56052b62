import Testing

@testable import AgoraSimulator

@Suite("Tasks live and fail") struct WorldTests {
    @Test("a converter connects, runs, fails and is deleted, and tells of it")
    func converterLife() throws {
        var bench = try Bench.telling(#""steps": [{"at": 60, "do": "fail", "name": "stage*"}]"#)
        let id = try bench.push()
        bench.pass(10)
        #expect(try bench.ask("GET", Bench.converterList).body?[path: "data.members"]?.elements?.first?["state"] == "running")
        bench.pass(60)
        #expect(bench.simulation.world.tasks[id]?.state == "failed" && bench.simulation.world.tasks[id]?.isAlive == true)
        _ = try bench.ask("DELETE", Bench.converters("/\(id)"))
        bench.pass(5)
        #expect(bench.events(.mediaPush) == [1, 3, 3, 3, 4])
        #expect(
            bench.letters.compactMap { $0[path: "payload.converter.state"]?.text } == ["connecting", "connecting", "running", "failed"])
        #expect(bench.letters.last?[path: "payload.destroyReason"] == "Delete Request")
    }

    @Test("a failed player whose source stays away ends with Idle Timeout")
    func playerIdle() throws {
        var bench = try Bench.telling(#""steps": [{"at": 60, "do": "fail"}]"#)
        let id = try bench.pull()
        bench.pass(61)
        #expect(bench.simulation.world.tasks[id]?.state == "failed")
        bench.pass(310)
        #expect(bench.simulation.world.tasks[id]?.end?.why == "Idle Timeout")
        #expect(bench.events(.mediaPull) == [1, 4, 4, 4, 4, 3])
    }

    @Test("a state that was failed can come back")
    func recovery() throws {
        var bench = try Bench(#"{"steps": [{"at": 60, "do": "fail", "recover": 30}]}"#)
        let id = try bench.push()
        bench.pass(61)
        #expect(bench.simulation.world.tasks[id]?.state == "failed")
        bench.pass(30)
        #expect(bench.simulation.world.tasks[id]?.state == "running")
    }

    @Test("on the move a task is found by nobody, a DELETE deletes nothing, its name stays taken, and it comes back")
    func migration() throws {
        var bench = try Bench(#"{"steps": [{"at": 60, "do": "migrate", "seconds": 100}]}"#)
        let (push, pull) = (try bench.push(), try bench.pull())
        bench.pass(70)
        #expect(try bench.ask("GET", Bench.converters("/\(push)")).status == 404)
        #expect(try bench.ask("DELETE", Bench.converters("/\(push)")).status == 404)
        #expect(try bench.ask("DELETE", Bench.players("/\(pull)")).status == 404)
        #expect(try bench.ask("GET", Bench.playerList).body?["players"] == [])
        #expect(try bench.ask("POST", Bench.converters(), Bench.converter("stage7_a")).status == 409)
        bench.pass(100)
        #expect(try bench.ask("GET", Bench.converters("/\(push)")).status == 200)
        #expect(try bench.ask("GET", Bench.playerList).body?["players"]?.elements?.count == 1)
        #expect(bench.simulation.report["doubles"] == [])
        let failures = try #require(bench.simulation.report["failures"]?.elements)
        #expect(failures.map { $0["returned"] } == [.integer(Bench.start + 160_000), .integer(Bench.start + 160_000)])
    }

    @Test("a replacement made while the old task moves is a double once that is back, if its name was free")
    func doubles() throws {
        var bench = try Bench(#"{"steps": [{"at": 60, "do": "migrate", "seconds": 100, "holdsName": false}]}"#)
        let old = try bench.push()
        bench.pass(70)
        let new = try bench.push()
        bench.pass(100)
        let doubles = try #require(bench.simulation.report["doubles"]?.elements)
        #expect(doubles.map { $0["by"] } == ["address", "name"])
        #expect(doubles.first?["tasks"] == [.string(old), .string(new)] && doubles.first?["seconds"] == 10)
    }

    @Test("two priorities of one address are a double, another key is none")
    func priorities() throws {
        var bench = try Bench(#"{"priorityField": "rank"}"#)
        for (name, query) in [("a", "?key=1&rank=1"), ("b", "?rank=2&key=1"), ("c", "?key=2&rank=1"), ("d", "")] {
            _ = try bench.ask("POST", Bench.converters(), Bench.converter(name, address: "rtmp://push.example.com/live\(query)"))
        }
        bench.pass(10)
        let doubles = try #require(bench.simulation.report["doubles"]?.elements)
        #expect(doubles.map { $0["key"] } == ["rtmp://push.example.com/live?key=1"])
    }

    @Test("what vanished is gone without a word")
    func vanishing() throws {
        var bench = try Bench.telling(#""steps": [{"at": 60, "do": "vanish"}]"#)
        let id = try bench.pull()
        bench.pass(1000)
        #expect(try bench.ask("DELETE", Bench.players("/\(id)")).status == 404)
        #expect(bench.events(.mediaPull) == [1, 4, 4, 4])
        #expect(try bench.ask("POST", Bench.players(), Bench.player("stage7_901")).status == 200, "its name is free")
    }

    @Test("a new player is missing from lists for 10 s, and elements may be sparse")
    func listHabits() throws {
        var bench = try Bench(#"{"lists": {"sparse": 1}}"#)
        _ = try bench.pull()
        bench.pass(9.9)
        #expect(try bench.ask("GET", Bench.playerList).body?["totalSize"] == 0)
        bench.pass(0.1)
        let players = try #require(try bench.ask("GET", Bench.playerList).body?["players"]?.elements)
        #expect(players.map { $0.members?.keys.sorted() } == [["createTs", "id", "name"]])
    }

    @Test("nobody slips through a list that is read while tasks end, and pages have an end")
    func paging() throws {
        var bench = try Bench(#"{"lists": {"pullPage": 2, "pullLag": 0, "endMarker": "0"}, "limits": {"media-pull": 9}}"#)
        var ids: [String] = []
        for number in 0..<5 {
            ids.append(try bench.pull("stage7_\(number)", uid: Int64(number + 1)))
            bench.pass(1)
        }
        var (seen, token) = ([String](), "")
        while token != "0" {
            let page = try bench.ask("GET", Bench.playerList + "?pageToken=\(token)")
            seen += page.body?["players"]?.elements?.compactMap { $0["id"]?.text } ?? []
            token = try #require(page.body?["nextPageToken"]?.text)
            if seen.count == 2 { _ = try bench.ask("DELETE", Bench.players("/\(ids[0])")) }
        }
        #expect(seen == ids)
    }

    @Test("a token of another user ends its player with Internal Error")
    func tokens() throws {
        var bench = try Bench(#"{"project": {"certificate": true}}"#)
        func player(_ name: String, _ uid: Int64, _ token: JSONValue?) -> JSONValue {
            Bench.player(name, uid: uid).setting("player.token", token)
        }
        #expect(try bench.ask("POST", Bench.players(), player("a", 1, nil)).status == 400)
        let first = try bench.ask("POST", Bench.players(), player("a", 1, "t1"))
        bench.pass(1)
        let second = try bench.ask("POST", Bench.players(), player("b", 2, "t1"))
        bench.pass(5)
        let world = bench.simulation.world
        #expect(world.tasks[first.headers["X-Resource-ID"] ?? ""]?.state == "running")
        #expect(world.tasks[second.headers["X-Resource-ID"] ?? ""]?.end?.why == "Internal Error")
    }
}

extension Bench {
    /// One whose notifications are kept and come in order.
    static func telling(_ more: String) throws -> Bench {
        try Bench(
            #"{"notifications": {"url": "http://127.0.0.1:1/agora", "delay": 0, "secrets": {"media-push": "p", "media-pull": "q", "#
                + #""cloud-recording": "r"}}, \#(more)}"#)
    }
}
