import Settings
import Testing

@Suite struct QueueTests {
    @Test("tables under [queues] are the queues, in their order, with [smq] as their defaults")
    func tables() throws {
        let queues = try Reading.load(
            """
            [smq]
            endpoint = "https://1234.mns.cn-hangzhou.aliyuncs.com"
            queue = "unused"
            access_key_id = "one"
            access_key_secret = "hush-1"
            security_token = "hush-t"
            signature = "v4"
            ca_file = "/ca.pem"
            [queues.uploads]
            [queues.archive]
            endpoint = "https://5678.mns.ap-southeast-1-internal-vpc.aliyuncs.com"
            queue = "vod-archive"
            access_key_id = "two"
            access_key_secret = "hush-2"
            body_encoding = "plain"
            [queues.local]
            endpoint = "http://127.0.0.1:9324"
            region = "here"
            """
        ).queues
        #expect(queues.map(\.label) == ["uploads", "archive", "local"])
        #expect(queues.map(\.queue) == ["uploads", "vod-archive", "local"])
        #expect(queues.map(\.accessKey.id) == ["one", "two", "one"])
        #expect(queues.map { $0.securityToken?.reveal() } == ["hush-t", nil, "hush-t"])
        #expect(queues.map(\.region) == ["cn-hangzhou", "ap-southeast-1", "here"])
        #expect(queues.allSatisfy { $0.signature == .v4 && $0.caFile == "/ca.pem" })
        #expect(queues.map(\.bodyEncoding) == [.auto, .plain, .auto])
    }

    @Test("an incomplete [smq] is fine if every table completes it")
    func completedByTables() {
        let smq = "[smq]\nendpoint = \"https://1.mns.cn-hangzhou.aliyuncs.com\"\n"
        #expect(Reading.problems(smq + "[queues.a]\naccess_key_id = \"i\"\naccess_key_secret = \"s\"") == [])
        #expect(Reading.problems(smq + "[queues.a]").count == 2)
    }

    @Test("the same queue of the same endpoint twice is refused")
    func twins() {
        #expect(
            Reading.problems("[queues.a]\nqueue = \"x\"\n[queues.b]\nqueue = \"x\"") == [
                "worker.conf:4: [queues.b] queue = \"x\": is the same queue of the same endpoint as in [queues.a]"
            ])
    }

    @Test(
        "the local server's pair is for loopback only",
        arguments: [
            ("http://127.0.0.1:9324", true), ("http://127.9.9.9", true), ("http://localhost:1", true), ("http://[::1]:1", true),
            ("http://127.0.0.1.example.com", false), ("http://10.0.0.1:9324", false), ("http://localhost.example.com", false),
            ("https://1.mns.cn-hangzhou.aliyuncs.com", false), ("http://smq:9324", false), ("http://127.1", false),
        ])
    func loopback(endpoint: String, isLocal: Bool) {
        let expected = ["ACCESS_KEY_ID", "ACCESS_KEY_SECRET"].map {
            "not set: [smq] \($0.lowercased()) (environment SMQ_\($0)): is needed for \(endpoint); only a local server does without"
        }
        #expect(Reading.problems("", environment: ["SMQ_ENDPOINT": endpoint]) == (isLocal ? [] : expected))
    }

    @Test("half a key pair is refused, on loopback too, and only once")
    func halfPair() {
        #expect(
            Reading.problems("[smq]\naccess_key_id = \"a\"") == [
                "not set: [smq] access_key_secret (environment SMQ_ACCESS_KEY_SECRET): is needed with access_key_id"
            ])
        let remote = "[smq]\nendpoint = \"http://10.0.0.1\"\naccess_key_secret = \"hush\"\n[queues.a]\n[queues.b]"
        #expect(
            Reading.problems(remote) == [
                "not set: [smq] access_key_id (environment SMQ_ACCESS_KEY_ID): is needed with access_key_secret"
            ])
        #expect(Reading.problems("[smq]\nsecurity_token = \"hush\"").count == 1)
    }

    @Test("v4 needs a region, which the cloud's own hosts name")
    func region() {
        let key = "access_key_id = \"a\"\naccess_key_secret = \"b\"\nsignature = \"v4\"\n"
        for host in ["1.mns.cn-beijing.aliyuncs.com", "1.mns.cn-beijing-internal.aliyuncs.com", "cn-beijing.mns.aliyuncs.com"] {
            let queue = try? Reading.load("[smq]\nendpoint = \"https://\(host)\"\n" + key).queues.first
            #expect(queue?.region == "cn-beijing")
        }
        #expect(
            Reading.problems("[smq]\nendpoint = \"https://example.com\"\n" + key) == [
                "not set: [smq] region (environment SMQ_REGION): is needed with signature = \"v4\" and cannot be told from https://example.com"
            ])
    }

    @Test("dead letters may go to another queue")
    func deadLetterQueue() throws {
        #expect(try Reading.load("[dead_letters]\nstore = \"queue:dead\"").deadLetters.store == .queue("dead"))
    }

    @Test("an endpoint with a password is refused without showing it")
    func passwordInEndpoint() {
        let problems = Reading.problems("[smq]\nendpoint = \"http://me:hush@localhost:9324\"")
        #expect(problems.count == 1 && problems[0].contains("= \"http://<hidden>@localhost:9324\": must not carry a name"))
    }
}
