import Testing

@testable import SMQProtocol

@Suite("Requests of the client")
struct OperationEncodingTests {
    private let start = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
    private let space = " xmlns=\"http://mns.aliyuncs.com/doc/v1/\""

    @Test(
        "method, target and body of every operation",
        arguments: [
            (.deleteQueue("jobs"), "DELETE /queues/jobs"), (.getAttributes(of: "jobs"), "GET /queues/jobs"),
            (.listQueues(QueueListRequest()), "GET /queues"),
            (.receive(from: "jobs", wait: nil), "GET /queues/jobs/messages"),
            (.receive(from: "jobs", wait: .zero), "GET /queues/jobs/messages?waitseconds=0"),
            (
                .batchReceive(from: "jobs", upTo: 16, wait: .milliseconds(20_900)),
                "GET /queues/jobs/messages?numOfMessages=16&waitseconds=20"
            ),
            (.peek(at: "jobs"), "GET /queues/jobs/messages?peekonly=true"),
            (.batchPeek(at: "jobs", upTo: 5), "GET /queues/jobs/messages?peekonly=true&numOfMessages=5"),
            (.delete(ReceiptHandle("1-a+b/c=="), from: "jobs"), "DELETE /queues/jobs/messages?ReceiptHandle=1-a%2Bb%2Fc%3D%3D"),
            (
                .changeVisibility(of: ReceiptHandle("h="), to: .seconds(30), in: "jobs"),
                "PUT /queues/jobs/messages?receiptHandle=h%3D&visibilityTimeout=30"
            ),
        ] as [(QueueOperation, String)])
    func withoutBody(operation: QueueOperation, line: String) {
        let request = operation.encoded()
        #expect("\(request.method) \(request.target)" == line)
        #expect(request.body.isEmpty)
    }

    @Test("the body of the signing example, byte for byte")
    func send() {
        let request = QueueOperation.send(OutgoingMessage(body: Array("SGVsbG8=".utf8), delay: .zero, priority: 8), to: "MyQueue").encoded()
        #expect(request.method == "POST" && request.target == "/queues/MyQueue/messages")
        #expect(request.body.count == 184)
        #expect(MessageBodyMD5.text(of: request.body) == "763179486AFDB0A5AA18DAD552FD649C")
    }

    @Test("batches and settings")
    func bodies() {
        func body(_ operation: QueueOperation) -> String { String(decoding: operation.encoded().body, as: UTF8.self) }
        #expect(
            body(.batchSend([OutgoingMessage(body: Array("a&b\r".utf8)), OutgoingMessage(body: Array("c".utf8), priority: 1)], to: "q"))
                == start + "<Messages\(space)><Message><MessageBody>a&amp;b&#13;</MessageBody></Message>"
                + "<Message><MessageBody>c</MessageBody><Priority>1</Priority></Message></Messages>")
        #expect(
            body(.batchDelete([ReceiptHandle("h1"), ReceiptHandle("h2")], from: "q"))
                == start + "<ReceiptHandles\(space)><ReceiptHandle>h1</ReceiptHandle><ReceiptHandle>h2</ReceiptHandle></ReceiptHandles>")
        let settings = QueueSettings(visibilityTimeout: .seconds(60), pollingWait: .seconds(20), loggingEnabled: true)
        #expect(
            body(.createQueue("q", settings))
                == start + "<Queue\(space)><VisibilityTimeout>60</VisibilityTimeout><PollingWaitSeconds>20</PollingWaitSeconds>"
                + "<LoggingEnabled>True</LoggingEnabled></Queue>")
        #expect(QueueOperation.setAttributes(settings, of: "q").encoded().target == "/queues/q?metaoverride=true")
    }

    @Test("list parameters travel as headers")
    func list() {
        let request = QueueOperation.listQueues(QueueListRequest(prefix: "j", marker: "m", limit: 3, withAttributes: true)).encoded()
        #expect(request.header("x-mns-prefix") == "j" && request.header("x-mns-marker") == "m")
        #expect(request.header("x-mns-ret-number") == "3" && request.header("x-mns-with-meta") == "true")
    }

    @Test("only what may reach the server twice is repeatable")
    func repeatable() {
        let message = OutgoingMessage(body: [65])
        let handle = ReceiptHandle("h")
        for operation in [.send(message, to: "q"), .batchSend([message], to: "q"), .changeVisibility(of: handle, to: .seconds(1), in: "q")]
            as [QueueOperation]
        {
            #expect(!operation.isRepeatable, "\(operation.name)")
        }
        for operation in [
            .delete(handle, from: "q"), .batchDelete([handle], from: "q"), .batchReceive(from: "q", upTo: 1, wait: nil),
            .createQueue("q", QueueSettings()),
        ] as [QueueOperation] {
            #expect(operation.isRepeatable, "\(operation.name)")
        }
    }
}
