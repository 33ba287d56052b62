import Crypto
import Testing

@testable import SMQProtocol

@Suite("Requests as the server reads them")
struct OperationDecodingTests {
    private let handle = ReceiptHandle("1-a+b/c==")

    private func decode(
        _ method: String, _ target: String, _ body: String = "", _ headers: [(name: String, value: String)] = []
    ) throws -> QueueOperation {
        try QueueOperation(decoding: WireRequest(method: method, target: target, headers: headers, body: Array(body.utf8)))
    }

    @Test("what the client encodes comes back as it was")
    func roundTrip() throws {
        let settings = QueueSettings(
            delay: .seconds(5), maximumMessageSize: 2_048, retention: .seconds(60), visibilityTimeout: .seconds(43_200),
            pollingWait: .seconds(30), loggingEnabled: false)
        let operations: [QueueOperation] = [
            .createQueue("jobs", settings), .createQueue("jobs", QueueSettings()), .setAttributes(settings, of: "jobs"),
            .deleteQueue("jobs"),
            .getAttributes(of: "1-jobs"), .listQueues(QueueListRequest(prefix: "a", marker: "bQ==", limit: 1_000, withAttributes: true)),
            .receive(from: "jobs", wait: nil), .receive(from: "jobs", wait: .zero),
            .batchReceive(from: "jobs", upTo: 16, wait: .seconds(30)),
            .peek(at: "jobs"), .batchPeek(at: "jobs", upTo: 1), .delete(handle, from: "jobs"),
            .batchDelete([handle, handle], from: "jobs"),
            .changeVisibility(of: handle, to: .seconds(1), in: "jobs"),
        ]
        for operation in operations { #expect(try QueueOperation(decoding: operation.encoded()) == operation) }
    }

    @Test(
        "parameters compare without case, in any order; a plus stays a plus, unknown ones are passed over",
        arguments: [
            "ReceiptHandle=1-a+b/c==&VisibilityTimeout=30", "visibilitytimeout=30&receipthandle=1-a%2Bb%2fc%3D%3D",
            "RECEIPTHANDLE=1-a+b/c%3D%3D&other=1&&VISIBILITYTIMEOUT=30",
        ])
    func parameters(query: String) throws {
        #expect(try decode("PUT", "/queues/jobs/messages?" + query) == .changeVisibility(of: handle, to: .seconds(30), in: "jobs"))
    }

    @Test(
        "either form of the namespace, a prefix, or none; either content type",
        arguments: [" xmlns=\"http://mns.aliyuncs.com/doc/v1/\"", " xmlns=\"http://mns.aliyuncs.com/doc/v1\"", ""],
        ["text/xml", "text/xml;charset=UTF-8", "application/xml", ""])
    func variants(namespace: String, type: String) throws {
        let body =
            "<Message\(namespace)>\n <MessageBody>x</MessageBody><Priority>\n1 </Priority><Unknown><MessageBody>y</MessageBody></Unknown></Message>"
        let expected = QueueOperation.send(OutgoingMessage(body: [UInt8(ascii: "x")], priority: 1), to: "jobs")
        #expect(try decode("POST", "/queues/jobs/messages", body, [("Content-Type", type)]) == expected)
    }

    @Test("the root element tells a batch send, the query a batch delete")
    func roots() throws {
        let one = OutgoingMessage(body: [UInt8(ascii: "x")])
        #expect(
            try decode("POST", "/queues/jobs/messages", "<Messages><Message><MessageBody>x</MessageBody></Message></Messages>")
                == .batchSend([one], to: "jobs"))
        let handles = "<ReceiptHandles><ReceiptHandle>a</ReceiptHandle></ReceiptHandles>"
        #expect(try decode("DELETE", "/queues/jobs/messages", handles) == .batchDelete([ReceiptHandle("a")], from: "jobs"))
        #expect(try decode("DELETE", "/queues/jobs/messages?receiptHandle=b", handles) == .delete(ReceiptHandle("b"), from: "jobs"))
    }

    @Test("metaoverride tells setting from creating; LoggingEnabled comes in any case")
    func metaoverride() throws {
        let body = "<Queue><LoggingEnabled>true</LoggingEnabled></Queue>"
        #expect(
            try decode("PUT", "/queues/jobs?metaoverride=true", body) == .setAttributes(QueueSettings(loggingEnabled: true), of: "jobs"))
        #expect(try decode("PUT", "/queues/jobs?MetaOverride=false", body) == .createQueue("jobs", QueueSettings(loggingEnabled: true)))
        #expect(try decode("PUT", "/queues/jobs") == .createQueue("jobs", QueueSettings()))
    }

    @Test(
        "a digest is taken in both forms, of a body and of none",
        arguments: [
            ("<Queue/>", ""), ("", "1B2M2Y8AsgTpgAmY7PhCfg=="), ("", "ZDQxZDhjZDk4ZjAwYjIwNGU5ODAwOTk4ZWNmODQyN2U="),
            (
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><Queue xmlns=\"http://mns.aliyuncs.com/doc/v1/\"></Queue>",
                "V3JvbmcgZGlnZXN0ISEhIQ=="
            ),
        ])
    func digest(body: String, md5: String) throws {
        let isWrong = md5.hasPrefix("V3Jvbmc")
        do {
            _ = try decode("PUT", "/queues/jobs", body, [("Content-MD5", md5)])
            #expect(!isWrong)
        } catch let refusal as ProtocolRefusal {
            #expect(isWrong && refusal.code == .invalidDegist && refusal.status == 400)
        }
    }

    @Test(
        "the digest of the signing example, in both forms",
        arguments: ["NzYzMTc5NDg2YWZkYjBhNWFhMThkYWQ1NTJmZDY0OWM=", "djF5SGr9sKWqGNrVUv1knA=="])
    func exampleDigest(md5: String) throws {
        let send = QueueOperation.send(OutgoingMessage(body: Array("SGVsbG8=".utf8), delay: .zero, priority: 8), to: "MyQueue")
        var request = send.encoded()
        request.headers.append(("content-md5", md5))
        #expect(try QueueOperation(decoding: request) == send)
    }

    @Test("peeks do not wait, and need no number")
    func peeks() throws {
        #expect(try decode("GET", "/queues/jobs/messages?peekonly=true&waitseconds=5") == .peek(at: "jobs"))
        #expect(try decode("GET", "/queues/jobs/messages?numOfMessages=3&PeekOnly=TRUE") == .batchPeek(at: "jobs", upTo: 3))
        #expect(try decode("GET", "/queues/jobs/messages?peekonly=false") == .receive(from: "jobs", wait: nil))
    }
}
