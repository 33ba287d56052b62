import Testing

@testable import AgoraSimulator

@Suite("Answers have the recorded shapes") struct EndpointTests {
    private var bench: Bench

    init() throws {
        bench = try Bench(#"{"timing": {"connecting": 2}, "lists": {"pushPage": 2, "pullLag": 0}, "limits": {"media-pull": 3}}"#)
    }

    private func request(_ name: String) throws -> JSONValue { try Fixture.rest("\(name).request") }

    @Test("Media Push: create, update, get, delete, list")
    mutating func mediaPush() throws {
        for name in ["create-transcoded", "create-raw", "create-vertical", "create-isolated-2"] {
            let answer = try bench.ask("POST", Bench.converters("?regionHintIp=192.0.2.44"), request("media-push.\(name)"))
            try expect(answer, like: "media-push.\(name)")
            #expect(answer.headers["X-Resource-ID"] == answer.body?[path: "converter.id"]?.text)
        }
        bench.pass(5)
        let first = try #require(bench.simulation.world.history.first)
        try expect(
            try bench.ask("POST", Bench.converters(), request("media-push.create-transcoded")), like: "media-push.create-conflict")
        let one = Bench.converters("/\(first.id)")
        try expect(try bench.ask("GET", one), like: "media-push.get-running")
        try expect(
            try bench.ask("GET", Bench.converters("/\(bench.simulation.world.history[1].id)")), like: "media-push.get-raw")
        let update = try bench.ask("PATCH", "\(one)?sequence=0", request("media-push.update-layout"))
        try expect(update, like: "media-push.update-layout")
        try expect(try bench.ask("PATCH", "\(one)?sequence=1", request("media-push.update-rtmp-url")), like: "media-push.update-rtmp-url")
        #expect(bench.simulation.world.tasks[first.id]?.address == "rtmp://push-b.example.com/live/stage7?priority=2")
        let page = try bench.ask("GET", Bench.converterList)
        try expect(page, like: "media-push.list-page-1")
        #expect(page.body?[path: "data.cursor"] == 2)
        #expect(page.body?[path: "data.members"]?.elements?.first?["converterId"]?.text == first.id.uppercased())
        try expect(try bench.ask("DELETE", Bench.converters("/\(first.id.uppercased())")), like: "media-push.delete")
        try expect(try bench.ask("GET", one), like: "media-push.get-not-found")
        try expect(try bench.ask("GET", Bench.converterList + "?cursor=2"), like: "media-push.list-page-2")
    }

    @Test("Media Pull: create, update, delete, list, and 429 when there are too many")
    mutating func mediaPull() throws {
        let created = try bench.ask("POST", Bench.players(), request("media-pull.create"))
        try expect(created, like: "media-pull.create")
        let id = try #require(created.headers["X-Resource-ID"])
        bench.pass(1)
        let guide = try request("media-pull.create-account-transcoded").setting("player.playTs", .integer(bench.now / 1000 + 200))
        let scheduled = try bench.ask("POST", Bench.players("?streamIp=203.0.113.20"), guide)
        try expect(scheduled, like: "media-pull.create-account-transcoded")
        #expect(scheduled.body?[path: "player.status"] == "idle")
        let conflict = try bench.ask("POST", Bench.players(), request("media-pull.create"))
        try expect(conflict, like: "media-pull.create-conflict")
        #expect(conflict.headers["X-Resource-ID"] == id)
        try expect(try bench.ask("PATCH", Bench.players("/\(id)?sequence=0"), request("media-pull.update")), like: "media-pull.update")
        bench.pass(5)
        _ = try bench.pull("stage7_902", uid: 9902)
        let stage = Bench.playerList + "?filter=channelName%20eq%20stage7&pageSize="
        let page = try bench.ask("GET", stage + "1")
        try expect(page, like: "media-pull.list-page-1")
        let token = try #require(page.body?["nextPageToken"]?.text)
        try expect(try bench.ask("GET", stage + "1&pageToken=\(token)"), like: "media-pull.list-page-2")
        bench.pass(1)
        let full = try bench.ask("POST", Bench.players(), Bench.player("stage7_903", uid: 9903))
        #expect(full.status == 429 && full.body?["message"] == "Resources quota limit exceeded.")
        try expect(try bench.ask("DELETE", Bench.players("/\(id)")), like: "media-pull.delete")
        #expect(try bench.ask("DELETE", Bench.players("/\(id)")).body == (try Fixture.rest("media-pull.error-404.response")))
    }

    @Test("Cloud Recording: acquire, start, query, update, stop in all modes", arguments: ["mix", "individual", "web"])
    mutating func cloudRecording(mode: String) throws {
        let web = mode == "web"
        let identity: JSONValue =
            web ? ["cname": "board-9", "uid": "700044", "clientRequest": [:]] : try request("cloud-recording.acquire")
        let acquired = try bench.ask("POST", Bench.recording("acquire"), identity)
        try expect(acquired, like: "cloud-recording.acquire")
        let resource = try #require(acquired.body?["resourceId"]?.text)
        let start = Bench.recording("resourceid/\(resource)/mode/\(mode)/start")
        let started = try bench.ask("POST", start, request("cloud-recording.start-\(mode)"))
        try expect(started, like: "cloud-recording.start-\(mode)")
        try expect(
            try bench.ask("POST", start, request("cloud-recording.start-\(mode)")), like: "cloud-recording.start-already-started")
        let sid = try #require(started.body?["sid"]?.text)
        let path = Bench.recording("resourceid/\(resource)/sid/\(sid)/mode/\(mode)/")
        bench.pass(1)
        if mode != "web" { #expect(try bench.ask("GET", path + "query").body?[path: "serverResponse.status"] == 3) }
        bench.pass(30)
        let query = try bench.ask("GET", path + "query")
        try expect(
            query,
            like: web ? "cloud-recording.query-web" : mode == "mix" ? "cloud-recording.query-mix-mp4" : "cloud-recording.query-individual")
        #expect(query.body?[path: "serverResponse.status"] == 5)
        let update = web ? "update-web-hold" : "update-subscription"
        try expect(try bench.ask("POST", path + "update", request("cloud-recording.\(update)")), like: "cloud-recording.\(update)")
        if mode == "mix" {
            let layout = try bench.ask("POST", path + "updateLayout", request("cloud-recording.update-layout"))
            try expect(layout, like: "cloud-recording.update-layout")
        }
        let stopped = try bench.ask("POST", path + "stop", request(web ? "cloud-recording.stop-web" : "cloud-recording.stop"))
        try expect(stopped, like: web ? "cloud-recording.stop-web" : "cloud-recording.stop")
        try expect(try bench.ask("GET", path + "query"), like: "cloud-recording.query-not-found")
    }

    @Test("who asks wrongly is refused before anything is looked at")
    mutating func refusals() throws {
        let body = Bench.converter("stage7")
        guard case .answer(let stranger) = bench.reply("POST", Bench.converters(), body, authorization: "Basic YTpi") else {
            Issue.record("no answer")
            return
        }
        try expect(stranger, like: "media-push.error-401")
        #expect(try bench.ask("POST", "/EU/v1/projects/\(Bench.app)/rtmp-converters", body) == GatewayText.noRoute)
        #expect(try bench.ask("PUT", Bench.converters(), body) == GatewayText.noRoute)
        #expect(try bench.ask("POST", "/eu/v1/projects/other/rtmp-converters", body).status == 403)
        try expect(
            try bench.ask("POST", "/v1/apps/other/cloud_recording/acquire", Bench.identity()), like: "cloud-recording.acquire-invalid-appid"
        )
        let id = try bench.push("stage7")
        #expect(
            try bench.ask("DELETE", "/na/v1/projects/\(Bench.app)/rtmp-converters/\(id)").status == 404, "not the region of its creation")
        #expect(bench.simulation.world.tasks[id]?.isAlive == true)
    }

    @Test("recordings' calls must say that their body is JSON")
    mutating func contentType() throws {
        for (type, status) in [("text/plain", 400), (nil, 400), ("application/json", 200), ("Application/JSON; charset=utf-8", 200)] {
            let reply = bench.reply("POST", Bench.recording("acquire"), Bench.identity(), contentType: type)
            guard case .answer(let answer) = reply else {
                Issue.record("no answer")
                return
            }
            #expect(answer.status == status && answer.code == (status == 400 ? 8 : nil), "\(type ?? "none")")
        }
    }

    @Test("where notifications come from, for those who have a key", arguments: ["v2", "v1"])
    mutating func notificationAddresses(version: String) throws {
        let path = "/\(version)/ncs/ip"
        try expect(try bench.ask("GET", path), like: "notifications.ip-list")
        #expect(try bench.ask("POST", path) == GatewayText.noRoute)
        #expect(bench.reply("GET", path, authorization: nil) == .answer(GatewayText.answer(401, nil)))
        #expect(bench.simulation.report[path: "calls"]?["notifications ip-list"] == ["200": 1, "401": 1])
    }

    @Test("a service that is switched off is 403")
    mutating func off() throws {
        bench = try Bench(#"{"off": ["media-push", "media-pull"]}"#)
        try expect(try bench.ask("POST", Bench.converters(), Bench.converter("a")), like: "media-push.error-403")
        try expect(try bench.ask("POST", Bench.players(), Bench.player("a")), like: "media-pull.error-403")
    }

    @Test(
        "what the reference forbids in a converter is 400, and names the field",
        arguments: [
            ("converter.rtmpUrl", "http://push.example.com/live", "rtmpUrl"), ("converter.name", "a b", "name"),
            ("converter.idleTimeout", 0, "idleTimeout"), ("converter.rtmpUrl", nil, "rtmpUrl"),
            ("converter.transcodeOptions", ["rtcChannel": "stage7"], "transcodeOptions"),
            ("converter.rawOptions.rtcChannel", "stage/7", "rawOptions.rtcChannel"),
            ("converter.jitterBufferSizeMs", 2000, "jitterBufferSizeMs"),
        ] as [(String, JSONValue?, String)])
    mutating func converterRules(path: String, value: JSONValue?, field: String) throws {
        let answer = try bench.ask("POST", Bench.converters(), Bench.converter("stage7").setting(path, value))
        #expect(answer == .message(400, "Invalid parameter: \(field). Replace it, and retry."))
        #expect(bench.simulation.world.tasks.isEmpty)
    }

    @Test(
        "what the reference forbids in a player is 400, and names the field",
        arguments: [
            ("player.account", "guide", "uid"), ("player.uid", nil, "uid"), ("player.uid", 4_294_967_296, "uid"),
            ("player.streamUrl", "ftp://origin.example.net/a", "streamUrl"), ("player.repeatTime", 0, "repeatTime"),
            ("player.playTs", 1_773_479_200, "playTs"), ("player.token", "", "token"), ("player.name", "ä", "name"),
        ] as [(String, JSONValue?, String)])
    mutating func playerRules(path: String, value: JSONValue?, field: String) throws {
        let answer = try bench.ask("POST", Bench.players(), Bench.player("stage7").setting(path, value))
        #expect(answer.status == 400 && answer.body?["message"]?.text == "Parameter '\(field)' is invalid formatted.")
    }

    @Test("an Update cannot change what is fixed, needs a sequence, and counts only with a higher one")
    mutating func updates() throws {
        let id = try bench.push("stage7")
        let one = Bench.converters("/\(id)")
        func change(_ address: String) -> JSONValue { ["converter": ["rtmpUrl": .string(address)], "fields": "rtmpUrl"] }
        #expect(try bench.ask("PATCH", one, change("rtmp://b.example.com/live")).status == 400)
        #expect(try bench.ask("PATCH", one + "?sequence=1", ["converter": ["name": "other"]]).status == 400)
        bench.pass(1)
        #expect(try bench.ask("PATCH", one + "?sequence=1", change("rtmp://b.example.com/live")).status == 200)
        bench.pass(1)
        #expect(try bench.ask("PATCH", one + "?sequence=1", change("rtmp://c.example.com/live")).status == 200)
        #expect(bench.simulation.world.tasks[id]?.address == "rtmp://b.example.com/live")
    }

    @Test("request ids come back, and those of failed calls as documented")
    mutating func tracing() throws {
        func headers(_ reply: Reply) -> [String: String] {
            guard case .answer(let answer) = reply else { return [:] }
            return answer.headers
        }
        let good = headers(bench.reply("POST", Bench.converters(), Bench.converter("a"), requestID: "r1"))
        #expect(good["X-Request-ID"] == "r1" && good["X-Custom-Request-ID"] == "r1")
        #expect(headers(bench.reply("GET", Bench.converterList))["X-Request-ID"] != nil)
        let bad = headers(bench.reply("GET", Bench.converters("/none"), requestID: "r2"))
        #expect(bad["X-Request-ID"] == nil && bad["X-Custom-Request-ID"] == "r2")
        #expect(headers(bench.reply("POST", Bench.recording("acquire"), Bench.identity(), requestID: "r3")).isEmpty)
    }
}

extension JSONValue {
    func setting(_ path: String, _ value: JSONValue?) -> JSONValue {
        var copy = self
        copy.set(value, at: path)
        return copy
    }
}
