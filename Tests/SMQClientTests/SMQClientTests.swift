import HTTPTransport
import SMQProtocol
import Synchronization
import TestSupport
import Testing

@testable import SMQClient

@Suite("The client, operation by operation")
struct SMQClientTests {
    /// Thu, 09 Jul 2015 03:01:34 GMT
    private static let now = ServerTime(milliseconds: 1_436_410_894_000)

    private func client(
        receiving: ScriptedServer = ScriptedServer(), control: ScriptedServer = ScriptedServer(),
        clock: WallClock = WallClock { SMQClientTests.now }
    ) throws -> SMQClient {
        let credentials = Credentials(accessKeyID: "testAccessKeyId", secret: SecretText("testAccessKeySecret"))
        let configuration = SMQClientConfiguration(endpoint: try SMQEndpoint(parsing: "http://127.0.0.1:9324"), credentials: credentials)
        return SMQClient(configuration: configuration, receiving: receiving, control: control, clock: clock, logger: RecordingLog().logger)
    }

    private func error(_ body: () async throws(SMQError) -> Void) async -> SMQError? {
        do throws(SMQError) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    private let message = "<MessageId>ID</MessageId><MessageBody>b</MessageBody><ReceiptHandle>h</ReceiptHandle>"

    @Test("a receive is signed, goes by the receiving transport, and has a limit longer than its wait")
    func receive() async throws {
        let arrived = ContinuousClock.now
        let server = ScriptedServer(
            .service(200, "<Messages><Message>\(message)</Message></Messages>", arrived: arrived, travel: .milliseconds(30)),
            .service(200, "<Message>\(message)</Message>"))
        let client = try client(receiving: server)
        let batch = try await client.queue("MyQueue").receive(upTo: 16, wait: .seconds(20))
        #expect(batch.messages.map(\.id) == ["ID"])
        #expect(batch.leasedAt == arrived - .milliseconds(30))
        #expect(batch.serverDate == Self.now)
        _ = try await client.receive(from: "MyQueue", wait: .seconds(10))
        #expect(
            server.requests.map(\.url) == [
                "http://127.0.0.1:9324/queues/MyQueue/messages?numOfMessages=16&waitseconds=20",
                "http://127.0.0.1:9324/queues/MyQueue/messages?waitseconds=10",
            ])
        #expect(server.requests.map(\.exchangeLimit) == [.seconds(30), .seconds(20)])
        #expect(server.requests.allSatisfy { $0.isRepeatable && $0.body == nil && $0.method == "GET" })
        #expect(server.requests[1].header("Authorization") == "MNS testAccessKeyId:lU8FxVMmpjcrEDvTUWztQC2P4X4=")
    }

    @Test("nothing to receive is an empty batch; a missing queue, and a 404 of somebody else, are errors")
    func empty() async throws {
        let server = ScriptedServer(
            .refusal(.messageNotExist), .refusal(.queueNotExist), HTTPResponse(status: 404, body: Array("<html>".utf8)))
        let queue = try client(receiving: server).queue("jobs")
        #expect(try await queue.receive(upTo: 1, wait: .zero).messages.isEmpty)
        #expect(await error { () throws(SMQError) in _ = try await queue.receive(upTo: 1, wait: .zero) }?.code == .queueNotExist)
        #expect(await error { () throws(SMQError) in _ = try await queue.receive(upTo: 1, wait: .zero) }?.code == .malformedAnswer)
    }

    @Test("29: one handle goes as a delete, whose refusal is an entry; more go as a batch, each once")
    func deletes() async throws {
        let server = ScriptedServer(
            .service(204), .refusal(.receiptHandleError),
            .service(
                404,
                "<Errors><Error><ErrorCode>MessageNotExist</ErrorCode><ErrorMessage>m</ErrorMessage><ReceiptHandle>b</ReceiptHandle></Error></Errors>"
            ),
            .refusal(.queueNotExist))
        let queue = try client(control: server).queue("jobs")
        let (one, two) = (ReceiptHandle("a="), ReceiptHandle("b"))
        #expect(try await queue.delete([one]).isEmpty)
        let refused = try await queue.delete([one, one])
        #expect(refused.map(\.handle) == [one] && refused.map(\.failure.code) == [.receiptHandleError])
        let partly = try await queue.delete([one, two, one])
        #expect(partly.map(\.handle) == [two])
        #expect(await error { () throws(SMQError) in _ = try await queue.delete([one]) }?.code == .queueNotExist)
        #expect(try await queue.delete([]).isEmpty)
        #expect(server.requests.map(\.method) == ["DELETE", "DELETE", "DELETE", "DELETE"])
        #expect(server.requests[0].url.hasSuffix("/queues/jobs/messages?ReceiptHandle=a%3D"))
        let body = String(decoding: server.requests[2].body ?? [], as: UTF8.self)
        #expect(body.hasSuffix("<ReceiptHandle>a=</ReceiptHandle><ReceiptHandle>b</ReceiptHandle></ReceiptHandles>"))
        #expect(server.requests.allSatisfy { $0.isRepeatable })
    }

    @Test("sends and visibility changes are never repeated, and go by the control transport")
    func unrepeatable() async throws {
        let server = ScriptedServer(
            .service(201, "<Message><MessageId>A</MessageId><MessageBodyMD5>M</MessageBodyMD5></Message>"),
            .service(201, "<Messages><Message><MessageId>A</MessageId></Message><Message><MessageId>B</MessageId></Message></Messages>"),
            .service(200, "<ChangeVisibility><ReceiptHandle>n</ReceiptHandle><NextVisibleTime>7</NextVisibleTime></ChangeVisibility>"))
        let queue = try client(control: server).queue("jobs")
        let message = OutgoingMessage(body: [65])
        #expect(try await queue.send([message]) == [.success(SentMessage(id: "A", bodyMD5: "M"))])
        #expect(try await queue.send([message, message]).count == 2)
        let lease = try await queue.changeVisibility(of: ReceiptHandle("h"), to: .milliseconds(30_900))
        #expect(lease == RenewedLease(handle: ReceiptHandle("n"), nextVisibleTime: ServerTime(milliseconds: 7)))
        #expect(server.requests.allSatisfy { !$0.isRepeatable && $0.exchangeLimit == .seconds(15) })
        #expect(server.requests.map(\.method) == ["POST", "POST", "PUT"])
        #expect(server.requests[2].url.hasSuffix("?receiptHandle=h&visibilityTimeout=30"))
        #expect(server.requests[0].header("Content-Type") == "text/xml;charset=UTF-8" && server.requests[2].header("Content-Type") == nil)
    }

    @Test("queue calls")
    func queues() async throws {
        let server = ScriptedServer(
            .service(201), .service(204), .service(204), .service(200, "<Queue><VisibilityTimeout>4</VisibilityTimeout></Queue>"),
            .service(200, "<Queues><Queue><QueueURL>http://h/queues/jobs</QueueURL></Queue></Queues>"), .service(204),
            .refusal(.messageNotExist),
            .service(200, "<Messages><Message><MessageId>ID</MessageId><MessageBody>b</MessageBody></Message></Messages>"))
        let client = try client(control: server)
        #expect(try await client.createQueue("jobs") == true)
        #expect(try await client.createQueue("jobs") == false)
        try await client.setAttributes(QueueSettings(delay: .seconds(1)), of: "jobs")
        #expect(try await client.queue("jobs").attributes().visibilityTimeout == .seconds(4))
        #expect(try await client.listQueues().queues.map(\.name) == ["jobs"])
        try await client.deleteQueue("jobs")
        #expect(try await client.peek(at: "jobs") == nil)
        #expect(try await client.peek(at: "jobs", upTo: 16).map(\.id) == ["ID"])
        #expect(server.requests.map(\.method) == ["PUT", "PUT", "PUT", "GET", "GET", "DELETE", "GET", "GET"])
    }

    @Test("values out of range are refused before anything is sent")
    func ranges() async throws {
        let server = ScriptedServer()
        let client = try client(receiving: server, control: server)
        let queue = client.queue("jobs")
        let many = (0..<17).map { ReceiptHandle("h\($0)") }
        let errors = [
            await error { () throws(SMQError) in _ = try await queue.receive(upTo: 17, wait: .zero) },
            await error { () throws(SMQError) in _ = try await queue.receive(upTo: 1, wait: .seconds(31)) },
            await error { () throws(SMQError) in _ = try await queue.delete(many) },
            await error { () throws(SMQError) in _ = try await queue.changeVisibility(of: many[0], to: .zero) },
            await error { () throws(SMQError) in _ = try await queue.send([OutgoingMessage(body: [0])]) },
            await error { () throws(SMQError) in _ = try await client.queue("a/b").attributes() },
        ]
        #expect(errors.allSatisfy { $0?.code == .invalidRequest && $0?.effect == SMQError.Effect.none && $0?.isRetryable == false })
        #expect(server.requests.isEmpty)
    }

    @Test(
        "an exchange without an answer says what is known of its effect",
        arguments: [
            (.timedOut, .timeout, true), (.couldNotConnect, .unreachable, true), (.couldNotResolve, .unreachable, true),
            (.connectionLost, .transport, true), (.cancelled, .cancelled, false), (.stopped, .cancelled, false),
            (.responseTooLarge, .malformedAnswer, false), (.invalidRequest, .invalidRequest, false),
        ] as [(TransportError.Kind, SMQError.Code, Bool)])
    func transport(kind: TransportError.Kind, code: SMQError.Code, isRetryable: Bool) async throws {
        for effect in [TransportError.Effect.none, .unknown] {
            let server = ScriptedServer([.failure(TransportError(kind, effect: effect, peer: "h:1", detail: "d"))])
            let queue = try client(control: server).queue("jobs")
            let error = await error { () throws(SMQError) in _ = try await queue.attributes() }
            #expect(error?.code == code && error?.isRetryable == isRetryable)
            #expect(error?.effect == (effect == .none ? SMQError.Effect.none : .unknown))
            #expect(error?.message.contains("h:1") == true && error?.operation == "GetQueueAttributes" && error?.queue == "jobs")
        }
    }

    @Test("a clock that is off: refused once, then signed by the server's time, for good")
    func skew() async throws {
        let server = ScriptedServer(
            .refusal(.timeExpired, date: "Thu, 09 Jul 2015 04:01:34 GMT"), .service(204, date: "Thu, 09 Jul 2015 04:01:35 GMT"),
            .service(204, date: "Thu, 09 Jul 2015 04:01:36 GMT"))
        let client = try client(control: server)
        try await client.deleteQueue("a")
        try await client.deleteQueue("b")
        #expect(
            server.requests.map { $0.header("Date") } == [
                "Thu, 09 Jul 2015 03:01:34 GMT", "Thu, 09 Jul 2015 04:01:34 GMT", "Thu, 09 Jul 2015 04:01:34 GMT",
            ])
    }

    @Test("a refusal that is not cured by the server's time is thrown, not asked again for ever")
    func skewOnce() async throws {
        let server = ScriptedServer(
            .refusal(.timeExpired, date: "Thu, 09 Jul 2015 04:01:34 GMT"), .refusal(.timeExpired, date: "Thu, 09 Jul 2015 04:01:34 GMT"))
        let client = try client(control: server)
        #expect(await error { () throws(SMQError) in try await client.deleteQueue("a") }?.code == .timeExpired)
        #expect(server.requests.count == 2)
    }

    @Test(
        "an answer that shows the offset corrects the next request, and a clock set right takes it back; a proxy's date counts for nothing")
    func learning() async throws {
        let local = Mutex(Self.now)
        let server = ScriptedServer(
            HTTPResponse(status: 502, headers: HTTPHeaders([("Date", "Thu, 09 Jul 2015 12:00:00 GMT")])),
            .service(204, date: "Thu, 09 Jul 2015 03:02:30 GMT"), .service(204, date: "Thu, 09 Jul 2015 03:11:34 GMT"),
            .service(204, date: "Thu, 09 Jul 2015 03:11:34 GMT"),
            .service(204, date: "Thu, 09 Jul 2015 03:11:36 GMT"))
        let client = try client(control: server, clock: WallClock { local.withLock { $0 } })
        _ = await error { () throws(SMQError) in try await client.deleteQueue("a") }
        for _ in 0..<2 { try await client.deleteQueue("a") }
        local.withLock { $0.milliseconds += 600_000 }
        for _ in 0..<2 { try await client.deleteQueue("a") }
        #expect(
            server.requests.compactMap { $0.header("Date")?.dropFirst(17).prefix(8) }
                == ["03:01:34", "03:01:34", "03:01:34", "03:21:34", "03:11:34"])
    }
}
