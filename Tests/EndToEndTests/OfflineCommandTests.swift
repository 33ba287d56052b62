import Testing

@Suite("commands that need no server")
struct OfflineCommandTests {
    @Test("event decode tells typed, unknown and undecodable bodies apart, by exit code and by JSON", .timeLimit(.minutes(1)))
    func decode() async throws {
        try await Workbench.with { bench in
            let sample = try await bench.sample("FileUploadComplete")
            let typed = try await bench.run(["event", "decode", sample, "--json"])
            #expect(typed.code == 0)
            #expect(typed.output.hasPrefix(#"{"kind":"typed","type":"FileUploadComplete","outcome":"success","fields":{"#))

            let unknown = try await bench.run(["event", "decode", "-", "--json"], input: #"{"EventType":"Unheard"}"#)
            #expect(unknown.code == 3)
            #expect(unknown.output.hasPrefix(#"{"kind":"unknown","type":"Unheard","reason":"#))

            let broken = try await bench.run(["event", "decode", "-", "--json"], input: "{")
            #expect(broken.code == 4)
            #expect(broken.output.hasPrefix(#"{"kind":"undecodable","reason":"#))

            let missing = try await bench.run(["event", "decode", "nowhere.json"])
            #expect(missing.code == 66)
            #expect(missing.errors == "Error: cannot read nowhere.json: No such file or directory\n")
        }
    }

    @Test("every listed event type has a sample that decodes as that type", .timeLimit(.minutes(1)))
    func samples() async throws {
        try await Workbench.with { bench in
            let types = try await bench.succeed(["event", "list", "--json"]).array.compactMap { $0["type"] as? String }
            #expect(types.contains("TranscodeComplete"))
            for type in types {
                let body = try await bench.succeed(["event", "sample", type]).output
                let decoded = try await bench.succeed(["event", "decode", "-", "--json"], input: body).output
                #expect(decoded.contains(#""type":"\#(type)""#))
            }
            #expect(try await bench.run(["event", "sample", "Unheard"]).code == 64)
        }
    }

    @Test("recording order takes ids and channels that begin with a dash, and lists from other systems", .timeLimit(.minutes(1)))
    func recordingOrder() async throws {
        try await Workbench.with { bench in
            let order = try await bench.run(
                ["agora", "recording", "order", "--sid", "-s", "--cname", "-x", "--json"],
                input: "\u{FEFF}bak0_-s_-x_0.mp4\r\n  \r\n-s_-x_10.mp4\r\r\n-s_-x_9.mp4")
            #expect(order.code == 0)
            #expect(order.output.contains(#""foreign":[],"indexFiles":[],"mp4":["-s_-x_9.mp4","-s_-x_10.mp4","bak0_-s_-x_0.mp4"]"#))
        }
    }

    @Test("a broken configuration is refused with every problem at once, and nothing is contacted or written", .timeLimit(.minutes(1)))
    func brokenConfiguration() async throws {
        try await Workbench.with { bench in
            let file = try bench.write(
                "broken.conf",
                """
                [worker]
                concurrency = 0
                poll_wait = "20"
                colour = "blue"
                [handlers.event-archive]
                keep = 3
                [handlers.webhook-forwarder]
                urll = "http://127.0.0.1/"
                """)
            let off = try await bench.run(["run", "--config", file])
            #expect(off.errors.contains("broken.conf:8"), "a plugin that is off")
            for command in [["run"], ["run", "--processes", "3"], ["serve"], ["queue", "list"], ["dead", "list"]] {
                let end = try await bench.run(command + ["--config", file], ["WORKER_MAX_ATTEMPTS": "many"])
                #expect(end.code == 78, "\(command)")
                for part in [
                    "broken.conf:2", "broken.conf:3", "broken.conf:4", "concurrency", "poll_wait", "colour", "WORKER_MAX_ATTEMPTS",
                ] {
                    #expect(end.errors.contains(part), "\(command): \(part)")
                }
                #expect(end.output.isEmpty)
            }
            #expect(Program.text(bench.path("state")).isEmpty)
        }
    }

    @Test("handlers list shows which plugins are on", .timeLimit(.minutes(1)))
    func handlers() async throws {
        try await Workbench.with { bench in
            let rows = try await bench.succeed(["handlers", "list", "--json"], ["HANDLERS_ENABLED": "tally"]).array
            let state = Dictionary(
                uniqueKeysWithValues: rows.compactMap { row in (row["name"] as? String).map { ($0, row["on"] as? Bool) } })
            #expect(state["tally"] == true)
            #expect(state["event-archive"] == false)
            #expect(state["webhook-forwarder"] == false)
        }
    }

    @Test("a server that is not there ends an operator's command with 69 and says what to do", .timeLimit(.minutes(1)))
    func unreachable() async throws {
        try await Workbench.with { bench in
            let endpoint = "http://127.0.0.1:\(try Workbench.freePort())"
            let file = try bench.write("body.json", "{}")
            for command in [["queue", "list"], ["send", file], ["peek"]] {
                let end = try await bench.run(command, ["SMQ_ENDPOINT": endpoint])
                #expect(end.code == 69, "\(command)")
                #expect(end.errors.contains(endpoint))
                #expect(end.errors.contains("mediaworker serve"))
            }
        }
    }

    @Test("usage errors end with 64, help and version with 0", .timeLimit(.minutes(1)))
    func usage() async throws {
        try await Workbench.with { bench async throws in
            #expect(try await bench.run(["run", "--processes", "0"]).code == 64)
            #expect(try await bench.run(["queue", "set", "some"]).code == 64)
            #expect(try await bench.run(["nonsense"]).code == 64)
            #expect(try await bench.run(["--help"]).code == 0)
            #expect(try await bench.run(["--version"]).output.contains("."))
        }
    }

    @Test("serve refuses --data until there is durability", .timeLimit(.minutes(1)))
    func noDurability() async throws {
        try await Workbench.with { bench in
            let end = try await bench.run(["serve", "--port", "0", "--data", bench.path("data")])
            #expect(end.code == 64)
            #expect(end.errors.contains("--data"))
            #expect(end.errors.contains("memory"))
        }
    }
}
