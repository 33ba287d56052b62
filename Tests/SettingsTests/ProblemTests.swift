import Settings
import Testing

@Suite struct ProblemTests {
    @Test("all problems of file and environment come at once, in the order of the lines")
    func allAtOnce() throws {
        let text = """
            top = 1
            [smq]
            signature = "v9"

            [worker]
            concurency = 3
            poll_wait = "20"
            state_dir = "x"
            [wroker]
            concurrency = 3
            [handlers]
            enabled = ["nope"]
            """
        #expect(
            Reading.problems(text, environment: ["WORKER_PROCESSES": "many"]) == [
                "worker.conf:1: top: unknown key; every key belongs in a section",
                "worker.conf:3: [smq] signature = \"v9\": must be \"v2\" or \"v4\"",
                "worker.conf:6: [worker] concurency: unknown key; did you mean concurrency?",
                "worker.conf:7: [worker] poll_wait = \"20\": has no unit: "
                    + "must be a whole number with a unit, such as 500ms, 20s, 10m, 12h or 1d",
                "worker.conf:9: [wroker]: unknown section; did you mean [worker]?",
                "worker.conf:12: [handlers] enabled = [\"nope\"]: nope is no plugin. Plugins: event-archive, tally, webhook-forwarder",
                "environment WORKER_PROCESSES = many: must be a whole number 1...256",
            ])
    }

    @Test("the printed error counts, lists and says what to do")
    func printed() throws {
        let error = try #require(throws: ConfigurationError.self) { _ = try Reading.load("[worker]\nprocesses = 0\nconcurrency = 0") }
        #expect(
            "\(error)".hasPrefix(
                "The configuration has 2 problems:\n  worker.conf:2: [worker] processes = 0: must be 1...256\n  worker.conf:3:")
        )
        #expect("\(error)".contains("nothing was contacted"))
        #expect(ConfigurationError.exitCode == 78)
    }

    @Test(
        "keys in the wrong place are sent home",
        arguments: [
            ("concurrency = 3", "worker.conf:1: concurrency: unknown key here; it belongs in [worker]"),
            ("[smq]\nprocesses = 3", "worker.conf:2: [smq] processes: unknown key here; it belongs in [worker]"),
            ("worker = 3", "worker.conf:1: worker: is a section: write [worker] and its keys below"),
            ("[[queues]]\nqueue = \"a\"", "worker.conf:1: queues: must be tables with a name: [queues.NAME]"),
            ("[worker.concurrency]\nx = 1", "worker.conf:1: [worker.concurrency]: concurrency is a key of [worker], not a section"),
            (
                "[handlers.event-archvie]\nkeep = 1",
                "worker.conf:1: [handlers.event-archvie]: unknown section; did you mean [handlers.event-archive]?"
            ),
            ("[metrics]\nport = 1", "worker.conf:1: [metrics]: unknown section"),
            ("[queues.a]\nendpont = \"x\"", "worker.conf:2: [queues.a] endpont: unknown key; did you mean endpoint?"),
        ])
    func misplaced(text: String, problem: String) {
        #expect(Reading.problems(text) == [problem])
    }

    @Test("a plugin's settings are checked, whether it is on or off")
    func pluginSections() {
        #expect(Reading.problems("[handlers.tally]\nanything = 1") == ["worker.conf:2: [handlers.tally] anything: unknown key"])
        let reading = { (text: String) in
            try WorkerConfiguration.read(
                ConfLoader.reader(name: "worker.conf", text: text, environment: [:]), handlerNames: Reading.plugins
            ) { handlers, _ in handlers.section(named: "event-archive").integer("keep", in: 0...9) }
        }
        #expect(throws: ConfigurationError.self) { try reading("[handlers.event-archive]\nkep = 1") }
        #expect((try? reading("[handlers.event-archive]\nkeep = 3"))?.handlers == 3)
    }

    @Test("commands that run no handlers take [handlers] as it is")
    func unreadHandlers() throws {
        let reader = try ConfLoader.reader(
            name: "worker.conf", text: "[handlers]\nenabled = [\"mine\"]\n[handlers.mine]\na = 1", environment: [:])
        #expect(throws: Never.self) { try WorkerConfiguration.read(reader, handlerNames: nil) { _, _ in } }
    }

    @Test("a plugin's own refusal comes with the others")
    func refusedByPlugin() throws {
        let reader = try ConfLoader.reader(name: "worker.conf", text: "[worker]\nprocesses = 0", environment: ["HANDLERS_ENABLED": "tally"])
        let error = try #require(throws: ConfigurationError.self) {
            try WorkerConfiguration.read(reader, handlerNames: Reading.plugins) { handlers, _ in
                _ = handlers.section(named: "tally").url("url")
                handlers.section(named: "tally").refuse("url", "is needed by tally")
                handlers.refuse("tally", "cannot be used here")
            }
        }
        #expect(
            error.problems.map(\.description) == [
                "worker.conf:2: [worker] processes = 0: must be 1...256",
                "environment HANDLERS_ENABLED = tally: tally cannot be used here",
                "not set: [handlers.tally] url (environment HANDLERS_TALLY_URL): is needed by tally",
            ])
    }

    @Test("an address that Kubernetes put into a variable is recognised")
    func kubernetes() throws {
        let read = try Reading.section("", environment: ["TEST_PORT": "tcp://10.0.0.1:9325"]) { $0.integer("port", in: 1...65535) }
        #expect(
            read.problems == [
                "environment TEST_PORT = tcp://10.0.0.1:9325: must be a whole number 1...65535; this looks like a variable that Kubernetes "
                    + "sets for a service called \"test\": rename the service or set enableServiceLinks: false for the pod"
            ])
        #expect(try Reading.section("", environment: ["TEST_PORT": "x"]) { $0.integer("port", in: 1...9) }.problems[0].hasSuffix("1...9"))
    }

    @Test("a value cannot break the line it is shown on")
    func controlCharacters() {
        #expect(
            Reading.problems("", environment: ["WORKER_UNHANDLED": "a\nb\u{1B}[2J"]) == [
                "environment WORKER_UNHANDLED = a\\nb\\u{1b}[2J: must be \"dead-letter\" or \"delete\""
            ])
        #expect(Reading.problems("", environment: ["WORKER_UNHANDLED": String(repeating: "x", count: 500)])[0].count < 200)
    }
}
