import TestSupport
import Testing

@testable import LocalSMQ
@testable import SMQProtocol

/// Signatures over a socket: what is checked is the request line as it was sent.
@Suite(.timeLimit(.minutes(1))) struct SignatureTests {
    private static let keys = Credentials(accessKeyID: "testAccessKeyId", secret: SecretText("testAccessKeySecret"))
    /// Thu, 09 Jul 2015 03:01:34 GMT
    private static let time: Int64 = 1_436_410_894_000

    private static func run(_ body: @escaping @Sendable (TestServer) async throws -> Void) async throws {
        try await TestServer.run(credentials: [keys], allowUnsigned: false, clock: TestClock(time), body)
    }

    private static func text(_ line: String, _ headers: [String], _ body: String = "") -> String {
        var lines = ["\(line) HTTP/1.1", "Host: 127.0.0.1", "x-mns-version: 2015-06-06"] + headers
        if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    private static let date = "Date: Thu, 09 Jul 2015 03:01:34 GMT"
    private static let handle = "1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg"
    private static let messageBody =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Message xmlns=\"http://mns.aliyuncs.com/doc/v1/\"><MessageBody>SGVsbG8=</MessageBody>"
        + "<DelaySeconds>0</DelaySeconds><Priority>8</Priority></Message>"

    /// Request line, headers, body and signature of the published vectors.
    private static let vectors: [(line: String, headers: [String], body: String, signature: String)] = [
        ("GET /queues/MyQueue/messages?waitseconds=10", [date], "", "lU8FxVMmpjcrEDvTUWztQC2P4X4="),
        (
            "POST /queues/MyQueue/messages",
            [date, "Content-Type: text/xml;charset=UTF-8", "Content-MD5: NzYzMTc5NDg2YWZkYjBhNWFhMThkYWQ1NTJmZDY0OWM="], messageBody,
            "s26wXVSWstrY55EaxZQDV/5mMlI="
        ),
        ("DELETE /queues/MyQueue/messages?ReceiptHandle=\(handle)==", [date], "", "v3zAgHhe+TptYGQj8C0yVu64tEA="),
        ("DELETE /queues/MyQueue/messages?ReceiptHandle=\(handle)%3D%3D", [date], "", "PUG7feYqiODUdzmhlYX5fz+82Ac="),
        (
            "PUT /queues/MyQueue/messages?ReceiptHandle=abc-1&VisibilityTimeout=30", [date, "Content-Type: text/xml;charset=UTF-8"], "",
            "T9EzIndSziVlWxbAfLuVkepDgyk="
        ),
        (
            "GET /queues/MyQueue/messages?waitseconds=10", ["x-mns-date: Thu, 09 Jul 2015 03:01:34 GMT"], "",
            "oYHyyEqXCbMbiXeCGYvg8LqCTAw="
        ),
    ]

    @Test("every published vector passes, and fails with another signature", arguments: vectors.indices)
    func published(index: Int) async throws {
        let vector = Self.vectors[index]
        try await Self.run { server in
            let client = try server.connect()
            let good = ["Authorization: MNS testAccessKeyId:\(vector.signature)"]
            let passed = try await client.exchange(Self.text(vector.line, vector.headers + good, vector.body))
            #expect(passed.element("Code") == "QueueNotExist", "the signature is right, the queue is missing")
            let bad = ["Authorization: MNS testAccessKeyId:\(vector.signature.replacing("=", with: "A="))"]
            let refused = try await client.exchange(Self.text(vector.line, vector.headers + bad, vector.body))
            #expect(refused.status == 403)
            #expect(refused.element("Code") == "SignatureDoesNotMatch")
        }
    }

    @Test("the vector of ListQueue passes: its headers are signed; a token is not")
    func listVector() async throws {
        let headers = [
            Self.date, "x-mns-marker: abc", "x-mns-prefix: job", "x-mns-ret-number: 10", "x-mns-with-meta: true",
            "Authorization: MNS testAccessKeyId:fAze1UoGVjAJC50qZUXPX6O8STA=",
        ]
        try await Self.run { server in
            for extra in [[], ["security-token: anything"]] {
                let reply = try await server.connect().exchange(Self.text("GET /queues", headers + extra))
                #expect(reply.element("Message")?.contains("x-mns-marker") == true, "abc is no marker of this server: the signature passed")
            }
            let changed = headers.map { $0.replacing("x-mns-prefix: job", with: "x-mns-prefix: joc") }
            #expect(try await server.connect().exchange(Self.text("GET /queues", changed)).element("Code") == "SignatureDoesNotMatch")
        }
    }

    @Test(
        "the vectors of the newer signature pass",
        arguments: [
            ("GET /queues/MyQueue/messages?waitseconds=10", "07ce4a4aff378f08eb56534519e28c26458a723a311366d53126ad7fa2b9ff73"),
            (
                "DELETE /queues/MyQueue/messages?ReceiptHandle=1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==",
                "5d3bbd76bc3a2827d1ea77e5111df04a8bd100741070702538c4ed690345b909"
            ),
        ])
    func newer(line: String, signature: String) async throws {
        try await Self.run { server in
            let scope = "Credential=testAccessKeyId/20150709/cn-hangzhou/mns/aliyun_v4_request"
            func headers(_ signature: String) -> [String] {
                [Self.date, "Content-Type: text/xml;charset=UTF-8", "Authorization: MNS4-HMAC-SHA256 \(scope),Signature=\(signature)"]
            }
            let client = try server.connect()
            #expect(try await client.exchange(Self.text(line, headers(signature))).element("Code") == "QueueNotExist")
            let wrong = String(signature.reversed())
            #expect(try await client.exchange(Self.text(line, headers(wrong))).element("Code") == "SignatureDoesNotMatch")
        }
    }

    @Test(
        "each flaw of date, version, key and authorization has its own code",
        arguments: [
            (["x-mns-version: 2015-06-06", date], 400, "MissingAuthorizationHeader"),
            (["x-mns-version: 2015-06-06", date, "Authorization: Basic abc"], 400, "InvalidAuthorizationHeader"),
            (["x-mns-version: 2015-06-06", date, "Authorization: MNS testAccessKeyId"], 400, "InvalidAuthorizationHeader"),
            (["x-mns-version: 2015-06-06", date, "Authorization: MNS other:lU8FxVMmpjcrEDvTUWztQC2P4X4="], 403, "InvalidAccessKeyId"),
            (
                ["x-mns-version: 2015-06-06", date, "Authorization: MNS testAccessKeyId:lU8FxVMmpjcrEDvTUWztQC2P4X5="], 403,
                "SignatureDoesNotMatch"
            ),
            ([date, "Authorization: MNS testAccessKeyId:lU8FxVMmpjcrEDvTUWztQC2P4X4="], 400, "MissingVersionHeader"),
            (
                ["x-mns-version: 2014", date, "Authorization: MNS testAccessKeyId:lU8FxVMmpjcrEDvTUWztQC2P4X4="], 400,
                "InvalidVersionHeader"
            ),
            (["x-mns-version: 2015-06-06", "Authorization: MNS testAccessKeyId:lU8FxVMmpjcrEDvTUWztQC2P4X4="], 400, "MissingDateHeader"),
            (
                ["x-mns-version: 2015-06-06", "Date: yesterday", "Authorization: MNS testAccessKeyId:lU8FxVMmpjcrEDvTUWztQC2P4X4="], 400,
                "InvalidDateHeader"
            ),
        ])
    func flaws(headers: [String], status: Int, code: String) async throws {
        try await Self.run { server in
            let lines = ["GET /queues/MyQueue/messages?waitseconds=10 HTTP/1.1", "Host: h"] + headers
            let reply = try await server.connect().exchange(lines.joined(separator: "\r\n") + "\r\n\r\n")
            #expect(reply.status == status)
            #expect(reply.element("Code") == code)
            #expect(reply.element("HostId") == "http://h")
            #expect(reply.element("RequestId") == reply.headers["x-mns-request-id"])
        }
    }

    @Test(
        "a date more than 15 minutes off is refused, up to that it passes",
        arguments: [
            (900, "QueueNotExist"), (901, "TimeExpired"), (-900, "QueueNotExist"), (-901, "TimeExpired"),
        ] as [(Int64, String)])
    func expired(off: Int64, code: String) async throws {
        try await Self.run { server in
            server.clock.pass(seconds: off)
            let vector = Self.vectors[0]
            let reply = try await server.connect().exchange(
                Self.text(vector.line, [Self.date, "Authorization: MNS testAccessKeyId:\(vector.signature)"]))
            #expect(reply.element("Code") == code)
            #expect(reply.status == (code == "TimeExpired" ? 408 : 404))
        }
    }

    @Test("a server for unsigned requests still refuses a wrong signature")
    func unsignedServer() async throws {
        try await TestServer.run(credentials: [Self.keys], allowUnsigned: true, clock: TestClock(Self.time)) { server in
            #expect(try await server.call("GET", "/queues").status == 200)
            let reply = try await server.call("GET", "/queues", headers: [Self.date, "Authorization: MNS testAccessKeyId:AAAA"])
            #expect(reply.element("Code") == "SignatureDoesNotMatch")
        }
    }

    @Test("a handle with +, / and = works unescaped and percent-encoded, signed as it is sent", arguments: [false, true])
    func rawHandles(isEncoded: Bool) async throws {
        try await Self.run { server in
            let client = try server.connect()
            @Sendable func signed(_ method: String, _ target: String, _ body: String = "") async throws -> RawReply {
                var request = WireRequest(method: method, target: target, body: Array(body.utf8))
                RequestSigner(credentials: Self.keys).sign(&request, at: ServerTime(milliseconds: Self.time))
                return try await client.exchange(TestServer.text(request))
            }
            #expect(try await signed("PUT", "/queues/jobs").status == 201)
            #expect(try await signed("POST", "/queues/jobs/messages", "<Message><MessageBody>a</MessageBody></Message>").status == 201)
            var handle = try #require(try await signed("GET", "/queues/jobs/messages?waitseconds=0").element("ReceiptHandle"))
            func onWire(_ handle: String) -> String {
                isEncoded ? handle.replacing("+", with: "%2B").replacing("/", with: "%2f").replacing("=", with: "%3D") : handle
            }
            for _ in 0..<500 where !(handle.contains("+") && handle.contains("/") && handle.contains("=")) {
                let changed = try await signed("PUT", "/queues/jobs/messages?receiptHandle=\(onWire(handle))&visibilityTimeout=30")
                handle = try #require(changed.element("ReceiptHandle"))
            }
            #expect(try await signed("DELETE", "/queues/jobs/messages?ReceiptHandle=\(onWire(handle))").status == 204)
        }
    }
}
