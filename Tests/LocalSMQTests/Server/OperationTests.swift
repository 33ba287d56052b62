import TestSupport
import Testing

@testable import LocalSMQ

/// The 14 operations over a socket: statuses, headers, elements and their order.
@Suite(.timeLimit(.minutes(1))) struct OperationTests {
    @Test("every reply carries the service's headers, also one without a body")
    func headers() async throws {
        try await TestServer.run { server in
            let replies = [
                try await server.call("PUT", "/queues/jobs"), try await server.call("PUT", "/queues/jobs"),
                try await server.call("GET", "/queues/jobs"), try await server.call("GET", "/queues/none"),
                try await server.call("DELETE", "/queues/jobs"),
            ]
            #expect(replies.map(\.status) == [201, 204, 200, 404, 204])
            for reply in replies {
                #expect(reply.headers["content-type"] == "text/xml;charset=utf-8")
                #expect(reply.headers["server"] == "AliyunMQS")
                #expect(reply.headers["x-mns-version"] == "2015-06-06")
                #expect(reply.headers["date"] == "Fri, 15 Jan 2027 08:00:00 GMT")
                let id = reply.headers["x-mns-request-id"] ?? ""
                #expect(id.count == 24 && id.allSatisfy { "0123456789ABCDEF".contains($0) })
                #expect(id.hasPrefix("6B49D200"), "the Unix time in seconds")
            }
            #expect(Set(replies.compactMap { $0.headers["x-mns-request-id"] }).count == replies.count)
        }
    }

    @Test("create answers 201, then 204, with the queue's URL both times")
    func create() async throws {
        try await TestServer.run { server in
            for status in [201, 204] {
                let reply = try await server.call("PUT", "/queues/jobs", "<Queue><VisibilityTimeout>60</VisibilityTimeout></Queue>")
                #expect(reply.status == status)
                #expect(reply.headers["location"] == "http://127.0.0.1:9324/queues/jobs")
                #expect(reply.body.isEmpty)
            }
        }
    }

    @Test("attributes come in the order of the service, times in seconds, and follow set and use")
    func attributes() async throws {
        try await TestServer.run { server in
            try await server.createQueue("jobs", "<PollingWaitSeconds>3</PollingWaitSeconds>")
            server.pass(seconds: 9)
            let change =
                "<Queue xmlns=\"http://mns.aliyuncs.com/doc/v1/\"><VisibilityTimeout>60</VisibilityTimeout><LoggingEnabled>true</LoggingEnabled></Queue>"
            #expect(try await server.call("PUT", "/queues/jobs?metaoverride=true", change).status == 204)
            for name in ["a", "b", "c"] { try await server.send(name) }
            try await server.send("d", "<DelaySeconds>5</DelaySeconds>")
            _ = try await server.receive()
            let reply = try await server.call("GET", "/queues/jobs")
            #expect(reply.status == 200)
            let elements = reply.body.matches(of: /<(\w+)>([^<]*)<\//).map { "\($0.output.1) \($0.output.2)" }
            #expect(
                elements == [
                    "QueueName jobs", "DelaySeconds 0", "MaximumMessageSize 65536", "MessageRetentionPeriod 345600", "VisibilityTimeout 60",
                    "CreateTime 1800000000", "LastModifyTime 1800000009", "PollingWaitSeconds 3", "ActiveMessages 2", "InactiveMessages 1",
                    "DelayMessages 1", "LoggingEnabled True",
                ])
        }
    }

    @Test("a list is cut by prefix, goes on by marker and carries attributes when asked")
    func list() async throws {
        try await TestServer.run { server in
            for name in ["job-a", "job-b", "job-c", "other"] { try await server.createQueue(name) }
            let first = try await server.call("GET", "/queues", headers: ["x-mns-prefix: job-", "x-mns-ret-number: 2"])
            #expect(first.elements("QueueURL") == ["http://127.0.0.1:9324/queues/job-a", "http://127.0.0.1:9324/queues/job-b"])
            let marker = try #require(first.element("NextMarker"))
            let second = try await server.call(
                "GET", "/queues", headers: ["x-mns-prefix: job-", "x-mns-marker: \(marker)", "x-mns-with-meta: true"])
            #expect(second.elements("QueueURL") == ["http://127.0.0.1:9324/queues/job-c"])
            #expect(second.elements("QueueName") == ["job-c"])
            #expect(second.element("NextMarker") == nil)
            #expect(try await server.call("GET", "/queues").elements("QueueURL").count == 4)
        }
    }

    @Test("a message comes back as sent, with the elements of the service in their order")
    func sendAndReceive() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let sent = try await server.call(
                "POST", "/queues/jobs/messages",
                "<Message><MessageBody>a &lt;b&gt; &amp; \u{E4}</MessageBody><Priority>3</Priority><UserProperties><PropertyValue>"
                    + "<Name>kind</Name><Value>job</Value><Type>STRING</Type></PropertyValue></UserProperties></Message>",
                headers: ["Content-Type: text/xml"])
            #expect(sent.status == 201)
            #expect(sent.element("ReceiptHandle") == nil)
            let id = try #require(sent.element("MessageId"))
            #expect(id.count == 32)
            server.pass(seconds: 1)
            let got = try await server.receive()
            #expect(got.status == 200)
            #expect(got.body.contains("<Message xmlns=\"http://mns.aliyuncs.com/doc/v1\">"))
            #expect(got.element("MessageId") == id)
            #expect(got.element("MessageBody") == "a &lt;b&gt; &amp; \u{E4}")
            #expect(got.element("MessageBodyMD5") == sent.element("MessageBodyMD5"))
            #expect(got.element("EnqueueTime") == "1800000000000")
            #expect(got.element("FirstDequeueTime") == "1800000001000")
            #expect(got.element("NextVisibleTime") == "1800000031000")
            #expect(got.element("DequeueCount") == "1")
            #expect(got.element("Priority") == "3")
            #expect(got.element("Value") == "job")
            let order = [
                "MessageId", "MessageBodyMD5", "MessageBody", "ReceiptHandle", "EnqueueTime", "FirstDequeueTime", "NextVisibleTime",
                "DequeueCount", "Priority", "UserProperties",
            ]
            let places = order.compactMap { got.body.firstRange(of: "<\($0)>")?.lowerBound }
            #expect(places.count == order.count && places == places.sorted())
        }
    }

    @Test(
        "the digest is that of the body as transmitted",
        arguments: [
            ("hello", "5D41402ABC4B2A76B9719D911017C592"), ("aGVsbG8=", "0733351879B2FA9BD05C7CA3061529C0"),
        ])
    func digest(body: String, digest: String) async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let sent = try await server.call("POST", "/queues/jobs/messages", "<Message><MessageBody>\(body)</MessageBody></Message>")
            #expect(sent.element("MessageBodyMD5") == digest)
        }
    }

    @Test("batches of 16 are sent, peeked at, received and deleted")
    func batches() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            let entries = (0..<16).map { "<Message><MessageBody>m\($0)</MessageBody></Message>" }.joined()
            let sent = try await server.call("POST", "/queues/jobs/messages", "<Messages>\(entries)</Messages>")
            #expect(sent.status == 201)
            #expect(sent.elements("MessageId").count == 16)
            let peeked = try await server.receive("peekonly=true&numOfMessages=16")
            #expect(peeked.elements("MessageBody") == (0..<16).map { "m\($0)" })
            #expect(peeked.elements("ReceiptHandle").isEmpty && peeked.elements("NextVisibleTime").isEmpty)
            #expect(Set(peeked.elements("DequeueCount")) == ["0"])
            #expect(try await server.receive("peekonly=true").elements("MessageBody") == ["m0"])
            let got = try await server.receive("numOfMessages=16&waitseconds=0")
            #expect(got.body.contains("<Messages "))
            #expect(got.elements("MessageId") == sent.elements("MessageId"))
            #expect(try await server.receive("peekonly=true").status == 404)
            let handles = got.elements("ReceiptHandle").map { "<ReceiptHandle>\($0)</ReceiptHandle>" }.joined()
            let deleted = try await server.call("DELETE", "/queues/jobs/messages", "<ReceiptHandles>\(handles)</ReceiptHandles>")
            #expect(deleted.status == 204 && deleted.body.isEmpty)
            let again = try await server.call("DELETE", "/queues/jobs/messages", "<ReceiptHandles>\(handles)</ReceiptHandles>")
            #expect(again.status == 404)
            #expect(again.elements("ErrorCode") == Array(repeating: "MessageNotExist", count: 16))
        }
    }

    @Test("a partly failed batch delete lists the failed handles and deletes the others")
    func partialDelete() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            for name in ["a", "b"] { try await server.send(name) }
            let handles = try await server.receive("numOfMessages=2").elements("ReceiptHandle")
            _ = try await server.call("DELETE", "/queues/jobs/messages?ReceiptHandle=\(handles[0])")
            let list = (handles + ["nonsense"]).map { "<ReceiptHandle>\($0)</ReceiptHandle>" }.joined()
            let reply = try await server.call("DELETE", "/queues/jobs/messages", "<ReceiptHandles>\(list)</ReceiptHandles>")
            #expect(reply.status == 404)
            #expect(reply.body.contains("<Errors "))
            #expect(reply.elements("ErrorCode") == ["MessageNotExist", "ReceiptHandleError"])
            #expect(reply.elements("ReceiptHandle") == [handles[0], "nonsense"])
            #expect(try await server.call("GET", "/queues/jobs").element("InactiveMessages") == "0")
        }
    }

    @Test("a visibility change rotates the handle, whatever the case and order of its parameters")
    func changeVisibility() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            try await server.send("a")
            let first = try #require(try await server.receive().element("ReceiptHandle"))
            server.pass(seconds: 10)
            let changed = try await server.call("PUT", "/queues/jobs/messages?visibilityTimeout=60&receiptHandle=\(first)")
            #expect(changed.status == 200)
            #expect(changed.body.contains("<ChangeVisibility "))
            #expect(changed.element("NextVisibleTime") == "1800000070000")
            let second = try #require(changed.element("ReceiptHandle"))
            #expect(try await server.call("DELETE", "/queues/jobs/messages?ReceiptHandle=\(first)").element("Code") == "MessageNotExist")
            #expect(try await server.call("DELETE", "/queues/jobs/messages?receipthandle=\(second)").status == 204)
        }
    }

    @Test("a delayed message's handle deletes it before it becomes visible")
    func delayed() async throws {
        try await TestServer.run { server in
            try await server.createQueue("jobs", "<DelaySeconds>5</DelaySeconds>")
            let handle = try #require(try await server.send("a"))
            #expect(try await server.call("DELETE", "/queues/jobs/messages?ReceiptHandle=\(handle)").status == 204)
            try await server.send("b")
            server.pass(seconds: 4)
            #expect(try await server.receive().status == 404)
            server.pass(seconds: 1)
            #expect(try await server.receive().element("MessageBody") == "b")
        }
    }

    @Test("priority goes first, and a message ends with its retention")
    func priorityAndRetention() async throws {
        try await TestServer.run { server in
            try await server.createQueue("jobs", "<MessageRetentionPeriod>60</MessageRetentionPeriod>")
            try await server.send("low", "<Priority>16</Priority>")
            try await server.send("normal")
            try await server.send("high", "<Priority>1</Priority>")
            #expect(try await server.receive("numOfMessages=16").elements("MessageBody") == ["high", "normal", "low"])
            server.pass(seconds: 30)
            #expect(try await server.receive().element("DequeueCount") == "2")
            server.pass(seconds: 30)
            #expect(try await server.receive().status == 404)
            #expect(try await server.call("GET", "/queues/jobs").element("InactiveMessages") == "0")
        }
    }
}
