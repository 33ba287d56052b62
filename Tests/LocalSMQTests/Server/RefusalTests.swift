import SMQProtocol
import TestSupport
import Testing

@testable import LocalSMQ

/// Every refusal that the service documents and that can be provoked without an account, over a socket.
@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var method: String
        var target: String
        var body: String
        var headers: [String]
        var status: Int
        var code: String

        init(_ method: String, _ target: String, _ status: Int, _ code: String, headers: [String] = []) {
            self.init(method, target, "", status, code, headers: headers)
        }

        init(_ method: String, _ target: String, _ body: String, _ status: Int, _ code: String, headers: [String] = []) {
            (self.method, self.target, self.body, self.headers, self.status, self.code) = (method, target, body, headers, status, code)
        }

        var testDescription: String { "\(code): \(method) \(target.prefix(60)) \(body.prefix(60)) \(headers.joined())" }
    }

    private static let long = String(repeating: "q", count: 121)
    private static let gone = HandleKey(number: 77, ticket: 77).handle.text
    private static let messages = "/queues/jobs/messages"
    private static let message = "<Message><MessageBody>a</MessageBody></Message>"

    private static func message(_ more: String, body: String = "a") -> String {
        "<Message><MessageBody>\(body)</MessageBody>\(more)</Message>"
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static func property(_ name: String, _ type: String = "STRING", value: String = "v") -> String {
        "<PropertyValue><Name>\(name)</Name><Value>\(value)</Value><Type>\(type)</Type></PropertyValue>"
    }

    static let cases: [Case] =
        missingQueue + missingMessage + names + places + settings + sends + batches + receives + handles + documents + content

    private static let missingQueue = [
        Case("GET", "/queues/none", 404, "QueueNotExist"),
        Case("DELETE", "/queues/none", 404, "QueueNotExist"),
        Case("PUT", "/queues/none?metaoverride=true", "<Queue/>", 404, "QueueNotExist"),
        Case("POST", "/queues/none/messages", message, 404, "QueueNotExist"),
        Case("POST", "/queues/none/messages", "<Messages>\(message)</Messages>", 404, "QueueNotExist"),
        Case("GET", "/queues/none/messages", 404, "QueueNotExist"),
        Case("GET", "/queues/none/messages?numOfMessages=2&waitseconds=20", 404, "QueueNotExist"),
        Case("GET", "/queues/none/messages?peekonly=true", 404, "QueueNotExist"),
        Case("DELETE", "/queues/none/messages?ReceiptHandle=\(gone)", 404, "QueueNotExist"),
        Case(
            "DELETE", "/queues/none/messages", "<ReceiptHandles><ReceiptHandle>\(gone)</ReceiptHandle></ReceiptHandles>", 404,
            "QueueNotExist"),
        Case("PUT", "/queues/none/messages?ReceiptHandle=\(gone)&VisibilityTimeout=5", 404, "QueueNotExist"),
    ]
    private static let missingMessage = [
        Case("GET", messages, 404, "MessageNotExist"),
        Case("GET", messages + "?numOfMessages=16", 404, "MessageNotExist"),
        Case("GET", messages + "?peekonly=true", 404, "MessageNotExist"),
        Case("GET", messages + "?peekonly=true&numOfMessages=16", 404, "MessageNotExist"),
        Case("DELETE", messages + "?ReceiptHandle=\(gone)", 404, "MessageNotExist"),
        Case("PUT", messages + "?ReceiptHandle=\(gone)&VisibilityTimeout=5", 404, "MessageNotExist"),
    ]
    private static let names = [
        Case("PUT", "/queues/a_b", 400, "InvalidQueueName"),
        Case("PUT", "/queues/-a", 400, "InvalidQueueName"),
        Case("PUT", "/queues/%C3%A4", 400, "InvalidQueueName"),
        Case("PUT", "/queues/\(long)", 400, "QueueNameLengthError"),
    ]
    private static let places = [
        Case("GET", "/", 400, "InvalidRequestURL"),
        Case("GET", "/queue", 400, "InvalidRequestURL"),
        Case("GET", "/queues/jobs/message", 400, "InvalidRequestURL"),
        Case("GET", "/queues/jobs/messages/1", 400, "InvalidRequestURL"),
        Case("POST", "/queues", 400, "InvalidRequestURL"),
        Case("POST", "/queues/jobs", 400, "InvalidRequestURL"),
        Case("PATCH", "/queues/jobs", 400, "InvalidRequestURL"),
        Case("GET", messages + "?numOfMessages=%zz", 400, "InvalidQueryString"),
        Case("GET", messages + "?waitseconds=1&WaitSeconds=2", 400, "InvalidQueryString"),
    ]
    private static let settings = [
        Case("PUT", "/queues/jobs", "<Queue><VisibilityTimeout>31</VisibilityTimeout></Queue>", 409, "QueueAlreadyExist"),
        Case("PUT", "/queues/new", "<Queue><DelaySeconds>604801</DelaySeconds></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><DelaySeconds>-1</DelaySeconds></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><MaximumMessageSize>1023</MaximumMessageSize></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><MaximumMessageSize>65537</MaximumMessageSize></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><MessageRetentionPeriod>59</MessageRetentionPeriod></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><MessageRetentionPeriod>604801</MessageRetentionPeriod></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><VisibilityTimeout>0</VisibilityTimeout></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><VisibilityTimeout>43201</VisibilityTimeout></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><PollingWaitSeconds>31</PollingWaitSeconds></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><VisibilityTimeout>soon</VisibilityTimeout></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/new", "<Queue><LoggingEnabled>maybe</LoggingEnabled></Queue>", 400, "InvalidArgument"),
        Case("PUT", "/queues/jobs?metaoverride=true", "<Queue><VisibilityTimeout>0</VisibilityTimeout></Queue>", 400, "InvalidArgument"),
        Case("GET", "/queues", 400, "InvalidArgument", headers: ["x-mns-ret-number: 0"]),
        Case("GET", "/queues", 400, "InvalidArgument", headers: ["x-mns-ret-number: 1001"]),
        Case("GET", "/queues", 400, "InvalidArgument", headers: ["x-mns-marker: *"]),
    ]
    private static let sends = [
        Case("POST", messages, message("<Priority>0</Priority>"), 400, "InvalidArgument"),
        Case("POST", messages, message("<Priority>17</Priority>"), 400, "InvalidArgument"),
        Case("POST", messages, message("<DelaySeconds>604801</DelaySeconds>"), 400, "InvalidArgument"),
        Case("POST", messages, message("", body: repeated("x", 65_537)), 400, "InvalidArgument"),
        Case("POST", "/queues/small/messages", message("", body: repeated("x", 1_025)), 400, "InvalidArgument"),
        Case("POST", messages, message("<UserProperties>\(repeated(property("a"), 2))</UserProperties>"), 400, "InvalidArgument"),
        Case("POST", messages, message("<UserProperties>\(property("a b"))</UserProperties>"), 400, "InvalidArgument"),
        Case("POST", messages, message("<UserProperties>\(property("a", "OTHER"))</UserProperties>"), 400, "InvalidArgument"),
        Case(
            "POST", messages, message("<UserProperties>\(property("a", value: repeated("v", 4_097)))</UserProperties>"), 400,
            "InvalidArgument"),
        Case(
            "POST", messages, message("<UserProperties>\((0..<51).map { property("p\($0)") }.joined())</UserProperties>"), 400,
            "InvalidArgument"),
    ]
    private static let batches = [
        Case("POST", messages, "<Messages>\(repeated(message, 17))</Messages>", 400, "InvalidArgument"),
        Case("POST", messages, "<Messages>\(repeated(message("", body: repeated("x", 16_385)), 4))</Messages>", 400, "InvalidArgument"),
        Case(
            "POST", "/queues/small/messages", "<Messages>\(message)\(message("", body: repeated("x", 1_025)))</Messages>", 400,
            "InvalidArgument"),
        Case(
            "DELETE", messages, "<ReceiptHandles>\(repeated("<ReceiptHandle>\(gone)</ReceiptHandle>", 17))</ReceiptHandles>", 400,
            "InvalidArgument"),
    ]
    private static let receives = [
        Case("GET", messages + "?numOfMessages=0", 400, "InvalidArgument"),
        Case("GET", messages + "?numOfMessages=17", 400, "InvalidArgument"),
        Case("GET", messages + "?numOfMessages=many", 400, "InvalidArgument"),
        Case("GET", messages + "?waitseconds=31", 400, "InvalidArgument"),
        Case("GET", messages + "?waitseconds=-1", 400, "InvalidArgument"),
        Case("GET", messages + "?peekonly=true&numOfMessages=17", 400, "InvalidArgument"),
    ]
    private static let handles = [
        Case("DELETE", messages, 400, "MissingReceiptHandle"),
        Case("DELETE", messages + "?ReceiptHandle=", 400, "MissingReceiptHandle"),
        Case("DELETE", messages + "?ReceiptHandle=nonsense", 400, "ReceiptHandleError"),
        Case("PUT", messages + "?VisibilityTimeout=5", 400, "MissingReceiptHandle"),
        Case("PUT", messages + "?ReceiptHandle=\(gone)", 400, "MissingVisibilityTimeout"),
        Case("PUT", messages + "?ReceiptHandle=\(gone)&VisibilityTimeout=0", 400, "InvalidArgument"),
        Case("PUT", messages + "?ReceiptHandle=\(gone)&VisibilityTimeout=43201", 400, "InvalidArgument"),
        Case("PUT", messages + "?ReceiptHandle=nonsense&VisibilityTimeout=5", 400, "ReceiptHandleError"),
    ]
    private static let documents = [
        Case("POST", messages, "<Message><MessageBody>a</MessageBody>", 400, "MalformedXML"),
        Case("POST", messages, "hello", 400, "MalformedXML"),
        Case("POST", messages, 400, "MalformedXML"),
        Case("POST", messages, "<!DOCTYPE m [<!ENTITY e \"x\">]><Message><MessageBody>&e;</MessageBody></Message>", 400, "MalformedXML"),
        Case("PUT", "/queues/new", "<Queue>", 400, "MalformedXML"),
        Case("DELETE", messages, "<ReceiptHandles>", 400, "MalformedXML"),
    ]
    private static let content = [
        Case("POST", messages, message, 400, "InvalidDegist", headers: ["Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg=="]),
        Case("POST", messages, message, 400, "InvalidContentType", headers: ["Content-Type: application/json"]),
        Case("GET", "/queues", 400, "InvalidVersionHeader", headers: ["x-mns-version: 2014-07-08"]),
    ]

    @Test("each refusal has the documented status and code, and an error document with all four elements")
    func refusals() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            try await server.createQueue("small", "<MaximumMessageSize>1024</MaximumMessageSize>")
            let client = try server.connect()
            for refusal in Self.cases {
                var text = TestServer.request(refusal.method, refusal.target, refusal.body, headers: refusal.headers)
                if refusal.headers.contains(where: { $0.hasPrefix("x-mns-version") }) {
                    text = text.replacing("x-mns-version: 2015-06-06\r\n", with: "")
                }
                let reply = try await client.exchange(text)  // one connection: a refusal does not end it
                let comment = Comment(rawValue: refusal.testDescription)
                #expect(reply.status == refusal.status, comment)
                #expect(reply.element("Code") == refusal.code, comment)
                #expect(reply.body.contains("<Error xmlns=\"http://mns.aliyuncs.com/doc/v1\">"), comment)
                #expect(reply.element("Message")?.isEmpty == false, comment)
                #expect(reply.element("RequestId") == reply.headers["x-mns-request-id"], comment)
                #expect(reply.element("HostId") == "http://127.0.0.1:9324", comment)
            }
            #expect(try await server.call("GET", "/queues/jobs").element("ActiveMessages") == "0", "nothing was stored on the way")
        }
    }

    @Test("a handle whose lease is over is refused, by delete and by change")
    func staleHandle() async throws {
        try await TestServer.run { server in
            try await server.createQueue()
            try await server.send("a")
            let handle = try #require(try await server.receive().element("ReceiptHandle"))
            server.pass(seconds: 30)
            for (method, query) in [("DELETE", ""), ("PUT", "&VisibilityTimeout=5")] {
                let reply = try await server.call(method, "/queues/jobs/messages?ReceiptHandle=\(handle)\(query)")
                #expect(reply.status == 404)
                #expect(reply.element("Code") == "MessageNotExist")
            }
        }
    }
}
