import Settings
import Testing

/// Each rule, with the sentence that the user reads.
@Suite struct RuleTests {
    @Test(
        "a broken value is named with file, line, key, value and rule",
        arguments: [
            ("[worker]\nconcurrency = 0", "worker.conf:2: [worker] concurrency = 0: must be 1...1024"),
            ("[worker]\nconcurrency = 1025", "worker.conf:2: [worker] concurrency = 1025: must be 1...1024"),
            ("[worker]\nconcurrency = \"8\"", "worker.conf:2: [worker] concurrency = \"8\": must be a whole number 1...1024"),
            ("[worker]\nconcurrency = 1.5", "worker.conf:2: [worker] concurrency = 1.5: must be a whole number 1...1024"),
            ("[worker]\n\nprocesses = 257", "worker.conf:3: [worker] processes = 257: must be 1...256"),
            ("[worker]\nmax_attempts = 0", "worker.conf:2: [worker] max_attempts = 0: must be 1...100"),
            ("[worker]\npollers = 17", "worker.conf:2: [worker] pollers = 17: must be 1...16"),
            ("[worker]\nstuck_limit = -1", "worker.conf:2: [worker] stuck_limit = -1: must be 0...1024"),
            ("[worker]\npoll_wait = \"31s\"", "worker.conf:2: [worker] poll_wait = \"31s\": must be 0s...30s"),
            ("[worker]\nack_linger = \"2s\"", "worker.conf:2: [worker] ack_linger = \"2s\": must be 0s...1s"),
            ("[worker]\nretry_base = \"0s\"", "worker.conf:2: [worker] retry_base = \"0s\": must be 1s...12h"),
            (
                "[worker]\npoll_wait = 20",
                "worker.conf:2: [worker] poll_wait = 20: must be a whole number with a unit, such as 500ms, 20s, 10m, 12h or 1d"
            ),
            (
                "[worker]\nunhandled = \"drop\"",
                "worker.conf:2: [worker] unhandled = \"drop\": must be \"dead-letter\" or \"delete\""
            ),
            (
                "[worker]\nlog_level = \"loud\"",
                "worker.conf:2: [worker] log_level = \"loud\": must be \"trace\", \"debug\", \"info\", \"notice\", \"warning\", "
                    + "\"error\" or \"critical\""
            ),
            ("[worker]\nstate_dir = \"\"", "worker.conf:2: [worker] state_dir = \"\": must not be empty"),
            (
                "[worker]\nignored_events = \"A\"",
                "worker.conf:2: [worker] ignored_events = \"A\": must be a list of texts, such as [\"a\", \"b\"]"
            ),
            (
                "[worker]\nignored_events = [\"A\", \"A\"]",
                "worker.conf:2: [worker] ignored_events = [\"A\", \"A\"]: must not name anything twice"
            ),
            ("[smq]\nsignature = \"v3\"", "worker.conf:2: [smq] signature = \"v3\": must be \"v2\" or \"v4\""),
            (
                "[smq]\nqueue = \"-x\"",
                "worker.conf:2: [smq] queue = \"-x\": must be 1 to 120 letters, digits and \"-\", a letter or digit first"
            ),
            (
                "[smq]\nendpoint = \"ftp://localhost\"",
                "worker.conf:2: [smq] endpoint = \"ftp://localhost\": must begin with http:// or https://"
            ),
            (
                "[smq]\nendpoint = \"http://localhost/queues\"",
                "worker.conf:2: [smq] endpoint = \"http://localhost/queues\": must end after host and port: no path, no query"
            ),
            (
                "[dead_letters]\nstore = \"redis\"",
                "worker.conf:2: [dead_letters] store = \"redis\": must be \"sqlite\" or \"queue:NAME\" with the name of an SMQ queue"
            ),
            (
                "[dead_letters]\nstore = \"queue:media-events\"",
                "worker.conf:2: [dead_letters] store = \"queue:media-events\": must be another queue: "
                    + "the worker takes messages from this one"
            ),
            (
                "[handlers]\nenabled = [\"event-archiv\"]",
                "worker.conf:2: [handlers] enabled = [\"event-archiv\"]: event-archiv is no plugin; did you mean event-archive? "
                    + "Plugins: event-archive, tally, webhook-forwarder"
            ),
        ])
    func brokenValues(text: String, problem: String) {
        #expect(Reading.problems(text) == [problem])
    }

    @Test(
        "times need a whole number and a unit",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("20s", .seconds(20)), ("10m", .seconds(600)), ("12h", .seconds(43_200)),
            ("1d", .seconds(86_400)), ("0s", .zero), ("20", nil), ("", nil), ("s", nil), ("1.5s", nil), ("-1s", nil), ("20 s", nil),
            ("20S", nil), ("1m30s", nil), ("9999999999999999999s", nil), ("9223372036854775807d", nil), ("٣s", nil),
        ])
    func durations(text: String, expected: Duration?) throws {
        let read = try Reading.section("[test]\na = \"\(text)\"") { $0.duration("a", in: .zero ... .seconds(86_400)) }
        #expect(read.value == expected)
        #expect(read.problems.count == (expected == nil ? 1 : 0))
    }

    @Test("the shortest text of a time reads back", arguments: [0, 5, 500, 1000, 1500, 60_000, 90_000, 900_000, 43_200_000, 86_400_000])
    func durationText(milliseconds: Int) throws {
        let duration = Duration.milliseconds(milliseconds)
        #expect(try DurationText.parse(DurationText.text(of: duration)) == duration)
    }

    @Test(
        "sizes need a whole number and a unit",
        arguments: [
            ("64MiB", 64 << 20), ("1GiB", 1 << 30), ("512KiB", 512 << 10), ("100B", 100), ("64", nil), ("64MB", nil), ("9GiB", nil),
        ])
    func sizes(text: String, expected: Int?) throws {
        let read = try Reading.section("[test]\na = \"\(text)\"") { $0.size("a", in: 1...(8 << 30)) }
        #expect(read.value == expected && read.problems.count == (expected == nil ? 1 : 0))
    }

    @Test("flags are words, in the environment digits too", arguments: [("yes", true), ("0", false), ("TRUE", true), ("maybe", nil)])
    func flags(text: String, expected: Bool?) throws {
        let read = try Reading.section("", environment: ["TEST_A": text]) { $0.flag("a") }
        #expect(read.value == expected && read.problems.count == (expected == nil ? 1 : 0))
        #expect(try Reading.section("[test]\na = 1") { $0.flag("a") }.problems == ["worker.conf:2: [test] a = 1: must be true or false"])
    }

    @Test("lists of the environment are split at commas", arguments: [("a, b", ["a", "b"]), ("a,,b,", ["a", "b"]), (",", [])])
    func lists(text: String, expected: [String]) throws {
        #expect(try Reading.section("", environment: ["TEST_A": text]) { $0.list("a", default: ["x"]) }.value == expected)
    }

    // An HTTP limit shorter than the long poll turns every quiet poll into an error.
    @Test(
        "3: an exchange limit that a quiet poll would reach is refused at the start",
        arguments: [
            ("20s", "35s", true), ("20s", "21s", true), ("20s", "20s", false), ("20s", "20500ms", false), ("20s", "10s", false),
            ("30s", "35s", true), ("30s", "30s", false), ("0s", "1s", true), ("29s", "30s", true),
        ])
    func waitAgainstLimit(wait: String, limit: String, isAccepted: Bool) {
        let problems = Reading.problems("[worker]\npoll_wait = \"\(wait)\"\nexchange_timeout = \"\(limit)\"")
        let refusal =
            "worker.conf:3: [worker] exchange_timeout = \"\(limit)\": must be at least 1s longer than poll_wait, "
            + "which is \"\(wait)\" (worker.conf:2)"
        #expect(problems == (isAccepted ? [] : [refusal]))
    }

    @Test("rules between fields name the other field, though one of them is a default")
    func fieldRules() {
        #expect(
            Reading.problems("", environment: ["WORKER_SOFT_LIMIT": "11m"]) == [
                "default: [worker] hard_limit = \"11m\": must be longer than soft_limit, which is 11m (environment WORKER_SOFT_LIMIT)"
            ])
        #expect(
            Reading.problems("[worker]\nretry_cap = \"5s\"") == [
                "worker.conf:2: [worker] retry_cap = \"5s\": must not be shorter than retry_base, which is \"10s\" (default)"
            ])
    }

    @Test("a rule between fields keeps quiet when one of them is broken already")
    func noSecondaryProblems() {
        #expect(Reading.problems("[worker]\nsoft_limit = \"20x\"\nhard_limit = \"1m\"").count == 1)
    }
}
