import Settings
import Testing

/// The names and defaults that people and scripts rely on.
@Suite struct ContractTests {
    @Test("without file and environment every value is the documented default")
    func defaults() throws {
        let configuration = try Reading.load("")
        #expect(configuration.queues == [.local])
        #expect(configuration.worker == WorkerSection())
        #expect(configuration.deadLetters.store == .sqlite)
        #expect(configuration.enabledHandlers == ["event-archive"])
        #expect(configuration.serverKey == .local)

        let worker = configuration.worker
        #expect(worker.concurrency == 64 && worker.processes == 1 && worker.maxAttempts == 3)
        #expect(worker.pollWait == .seconds(20) && worker.exchangeTimeout == .seconds(35))
        #expect(worker.softLimit == .seconds(600) && worker.hardLimit == .seconds(660) && worker.holdLimit == .seconds(43_200))
        #expect(worker.drainLimit == .seconds(25) && worker.retryBase == .seconds(10) && worker.retryCap == .seconds(900))
        #expect(worker.unhandled == .deadLetter && worker.stateDirectory == "./state" && worker.logLevel == .info)
        #expect(worker.ackLinger == .milliseconds(5) && worker.stuckLimit == 8 && worker.pollers == 4 && worker.ignoredEvents == [])
        let queue = try #require(configuration.queues.first)
        #expect(queue.endpoint.url == "http://127.0.0.1:9324" && queue.queue == "media-events")
        #expect(queue.signature == .v2 && queue.region == nil && queue.securityToken == nil && queue.bodyEncoding == .auto)
    }

    @Test(
        "the environment overrides the file under the documented name",
        arguments: [
            ("SMQ_ENDPOINT", "http://localhost:1", "smq", "endpoint"), ("SMQ_QUEUE", "q", "smq", "queue"),
            ("SMQ_SIGNATURE", "v2", "smq", "signature"), ("SMQ_REGION", "cn-hangzhou", "smq", "region"),
            ("SMQ_CA_FILE", "/ca.pem", "smq", "ca_file"), ("SMQ_BODY_ENCODING", "plain", "smq", "body_encoding"),
            ("WORKER_CONCURRENCY", "2", "worker", "concurrency"), ("WORKER_PROCESSES", "3", "worker", "processes"),
            ("WORKER_MAX_ATTEMPTS", "4", "worker", "max_attempts"), ("WORKER_STATE_DIR", "/s", "worker", "state_dir"),
            ("WORKER_POLL_WAIT", "1s", "worker", "poll_wait"), ("WORKER_EXCHANGE_TIMEOUT", "40s", "worker", "exchange_timeout"),
            ("WORKER_SOFT_LIMIT", "1m", "worker", "soft_limit"), ("WORKER_HARD_LIMIT", "20m", "worker", "hard_limit"),
            ("WORKER_HOLD_LIMIT", "1h", "worker", "hold_limit"), ("WORKER_DRAIN_LIMIT", "5s", "worker", "drain_limit"),
            ("WORKER_RETRY_BASE", "1s", "worker", "retry_base"), ("WORKER_RETRY_CAP", "1m", "worker", "retry_cap"),
            ("WORKER_UNHANDLED", "delete", "worker", "unhandled"), ("WORKER_IGNORED_EVENTS", "A,B", "worker", "ignored_events"),
            ("WORKER_STUCK_LIMIT", "0", "worker", "stuck_limit"), ("WORKER_POLLERS", "1", "worker", "pollers"),
            ("WORKER_ACK_LINGER", "0s", "worker", "ack_linger"), ("WORKER_LOG_LEVEL", "debug", "worker", "log_level"),
            ("DEAD_LETTERS_STORE", "queue:dead", "dead_letters", "store"), ("HANDLERS_ENABLED", "tally", "handlers", "enabled"),
        ])
    func environment(name: String, value: String, section: String, key: String) throws {
        let setting = try #require(
            Reading.load("", environment: [name: value]).settings.first { $0.section == section && $0.key == key })
        #expect(setting.origin == .environment(name) && setting.value == value && setting.environmentName == name)
        let unset = try #require(Reading.load("", environment: [name: ""]).settings.first { $0.section == section && $0.key == key })
        #expect(unset.origin == .default)
    }

    @Test("keys from the environment are used and never listed")
    func keys() throws {
        let configuration = try Reading.load(
            "[smq]\nendpoint = \"https://1234.mns.cn-hangzhou-internal.aliyuncs.com\"\nsignature = \"v4\"",
            environment: ["SMQ_ACCESS_KEY_ID": "id-1", "SMQ_ACCESS_KEY_SECRET": "hush", "SMQ_SECURITY_TOKEN": "token-hush"])
        let queue = try #require(configuration.queues.first)
        #expect(queue.accessKey == AccessKey(id: "id-1", secret: Secret("hush")) && queue.securityToken?.reveal() == "token-hush")
        #expect(queue.region == "cn-hangzhou" && configuration.serverKey == queue.accessKey)
        let listed = configuration.settings.filter { $0.isSecret && $0.value != nil }
        #expect(listed.map(\.value) == [Secret.mask, Secret.mask])
    }

    @Test("sections of plugins, queues with a dash and quoted names get names without dots and dashes")
    func nestedNames() throws {
        let environment = [
            "HANDLERS_WEBHOOK_FORWARDER_URL": "https://example.com/x", "HANDLERS_WEBHOOK_FORWARDER_SECRET": "hush",
            "QUEUES_ARCHIVE_ENDPOINT": "http://127.0.0.2:9000",
        ]
        let reader = try ConfLoader.reader(
            name: "worker.conf", text: "[queues.archive]\n[handlers]\nenabled = [\"webhook-forwarder\"]", environment: environment)
        let read = try WorkerConfiguration.read(reader, handlerNames: Reading.plugins) { handlers, _ in
            let section = handlers.section(named: "webhook-forwarder")
            return (section.url("url"), section.secret("secret")?.reveal())
        }
        #expect(read.handlers.0 == "https://example.com/x" && read.handlers.1 == "hush")
        #expect(read.configuration.queues.map(\.endpoint.url) == ["http://127.0.0.2:9000"])
    }

    @Test("a variable that matches no key is no error, though it looks like one")
    func unrelatedVariables() {
        #expect(Reading.problems("", environment: ["WORKER_CONCURENCY": "x", "SMQ_PORT": "tcp://10.0.0.1:9325", "PATH": "/bin"]) == [])
    }
}
