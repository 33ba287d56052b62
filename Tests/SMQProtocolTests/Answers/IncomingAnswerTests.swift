import Testing

@testable import SMQProtocol

@Suite("Answers as the client reads them")
struct IncomingAnswerTests {
    private func answer(
        _ status: Int, _ body: String = "", to operation: QueueOperation = .batchReceive(from: "jobs", upTo: 16, wait: nil),
        requestID: String? = nil
    ) -> IncomingAnswer {
        IncomingAnswer(
            to: operation, status: status, requestID: requestID, serverDate: ServerTime(milliseconds: 5_000), body: Array(body.utf8))
    }

    private func error<Value>(_ read: () throws(SMQError) -> Value) -> SMQError? {
        do throws(SMQError) {
            _ = try read()
            return nil
        } catch {
            return error
        }
    }

    private let whole = """
        <MessageId>ID</MessageId><MessageBodyMD5>MD5</MessageBodyMD5><MessageBody> a b </MessageBody><ReceiptHandle>1-a+b/c==</ReceiptHandle>
        <EnqueueTime>1790299000001</EnqueueTime><FirstDequeueTime>1790299000002</FirstDequeueTime>
        <NextVisibleTime>1790299030002</NextVisibleTime><DequeueCount>3</DequeueCount><Priority>1</Priority>
        """

    @Test(
        "a list is read with any namespace, with unknown elements and attributes, with blanks around values",
        arguments: [
            " xmlns=\"http://mns.aliyuncs.com/doc/v1\"", " xmlns=\"http://mns.aliyuncs.com/doc/v1/\"", "", " xmlns=\"urn:other\" x=\"1\"",
        ])
    func namespaces(namespace: String) throws {
        let body =
            "<?xml version=\"1.0\" ?>\n<Messages\(namespace)>\n  <Other><Message/></Other><Message>\n\(whole)<New><Priority>9</Priority></New></Message></Messages>"
        let message = ReceivedMessage(
            id: "ID", bodyMD5: "MD5", body: Array(" a b ".utf8), receiptHandle: ReceiptHandle("1-a+b/c=="),
            enqueueTime: ServerTime(milliseconds: 1_790_299_000_001), firstDequeueTime: ServerTime(milliseconds: 1_790_299_000_002),
            nextVisibleTime: ServerTime(milliseconds: 1_790_299_030_002), dequeueCount: 3, priority: 1)
        #expect(try answer(200, body).receivedMessages() == [message])
        #expect(try answer(200, "<m:Message xmlns:m=\"x\">\(whole)</m:Message>").receivedMessages() == [message])
    }

    @Test("properties and group are read, optional elements may be absent or empty")
    func optional() throws {
        let body = """
            <Message><MessageId>ID</MessageId><MessageBody/><ReceiptHandle>h</ReceiptHandle><Priority></Priority><MessageGroupId>g</MessageGroupId>
            <UserProperties><Odd/><PropertyValue><Name>n</Name><Value> v </Value><Type>STRING</Type><Odd>x</Odd></PropertyValue></UserProperties>
            <SystemProperties><SystemPropertyValue><Name>s</Name><Value/><Type>STRING</Type></SystemPropertyValue></SystemProperties></Message>
            """
        let message = try #require(try answer(200, body).receivedMessages().first)
        #expect(message.body.isEmpty && message.bodyMD5.isEmpty && message.dequeueCount == 1 && message.priority == 8)
        #expect(message.enqueueTime.milliseconds == 0 && message.groupID == "g")
        #expect(message.userProperties == [MessageProperty(name: "n", value: " v ")])
        #expect(message.systemProperties == [MessageProperty(name: "s", value: "")])
    }

    @Test(
        "a success that cannot be read is an error with an unknown effect",
        arguments: [
            "", "<html>", "<html></html>", "<Messages><Message>", "<Messages><Message><MessageId>x</MessageId></Message></Messages>",
            "<Message><MessageId>a</MessageId><MessageBody>b</MessageBody></Message>",
            "<Message><MessageId>a</MessageId><MessageBody>b</MessageBody><ReceiptHandle>h</ReceiptHandle><Priority>x</Priority></Message>",
            "<Message><MessageId>a</MessageId><MessageId>b</MessageId></Message>", "<!DOCTYPE a><Messages/>", "<Queue/>",
        ])
    func unreadable(body: String) {
        let error = error { () throws(SMQError) in try answer(200, body).receivedMessages() }
        #expect(error?.code == .malformedAnswer && error?.effect == .unknown && error?.status == 200 && error?.isRetryable == true)
    }

    @Test("a refusal carries code, request id, text and the server's date")
    func refusal() {
        let body = """
            <Error xmlns="http://mns.aliyuncs.com/doc/v1/"><Code>QueueNotExist</Code><Message>gone</Message>
            <RequestId>6A01</RequestId><HostId>http://h</HostId><Recommend>x</Recommend></Error>
            """
        let error = error { () throws(SMQError) in try answer(404, body).receivedMessages() }
        #expect(error?.code == .queueNotExist && error?.effect == SMQError.Effect.none && error?.status == 404)
        #expect(error?.requestID == "6A01" && error?.message == "gone" && error?.serverDate?.milliseconds == 5_000)
        #expect(error?.operation == "BatchReceiveMessage" && error?.queue == "jobs" && error?.isRetryable == false)
        #expect(answer(404, body, requestID: "FROM-HEADER").failure().requestID == "FROM-HEADER")
        #expect("\(answer(404, body).failure())" == "BatchReceiveMessage on jobs: QueueNotExist (404): gone [request 6A01]")
    }

    @Test("the code of a refusal counts, not the status: even with 200")
    func codeFirst() {
        let body = "<Error><Code>TimeExpired</Code><Message>m</Message></Error>"
        for status in [200, 400, 408] {
            #expect(error { () throws(SMQError) in try answer(status, body).receivedMessages() }?.code == .timeExpired)
            #expect(error { () throws(SMQError) in try answer(status, body).checkSuccess() }?.code == .timeExpired)
        }
    }

    @Test(
        "a page of a proxy is never taken for the service's word",
        arguments: [
            (404, false, SMQError.Effect.none), (403, false, .none), (429, true, .none), (502, true, .unknown), (503, true, .unknown),
            (301, false, .none),
        ])
    func proxy(status: Int, isRetryable: Bool, effect: SMQError.Effect) {
        for page in ["<html><head></head><body><h1>secret page</h1></body></html>", "Not Found", "", "<br>"] {
            let failure = answer(status, page).failure()
            #expect(failure.code == .malformedAnswer && failure.status == status)
            #expect(failure.effect == effect && failure.isRetryable == isRetryable)
            #expect(!failure.message.contains("secret"))
        }
    }

    @Test("codes that mean a lost lease, throttling, another try")
    func meanings() {
        #expect(SMQError.Code.messageNotExist.meansLeaseLost && SMQError.Code.receiptHandleError.meansLeaseLost)
        #expect(!SMQError.Code.queueNotExist.meansLeaseLost)
        #expect(SMQError.Code.tooManyRequests.isThrottling && SMQError.Code.qpsLimitExceeded.isThrottling)
        for code in [.tooManyRequests, .qpsLimitExceeded, .internalError, .internalServerError, .timeout, .transport, .unreachable]
            as [SMQError.Code]
        {
            #expect(code.isRetryable, "\(code.name)")
        }
        for code in [.accessDenied, .signatureDoesNotMatch, .queueNotExist, .cancelled, .invalidRequest, .untrusted] as [SMQError.Code] {
            #expect(!code.isRetryable, "\(code.name)")
        }
    }

    @Test("sends: one result for each message, in order, also when only some were stored")
    func sends() throws {
        let message = OutgoingMessage(body: [65])
        let batch = QueueOperation.batchSend([message, message], to: "jobs")
        let partly = """
            <Messages><Message><MessageId>A</MessageId><MessageBodyMD5>M</MessageBodyMD5></Message>
            <Message><ErrorCode>InternalError</ErrorCode><ErrorMessage>full</ErrorMessage></Message></Messages>
            """
        for status in [500, 400, 201] {
            let results = try answer(status, partly, to: batch).sentMessages(count: 2)
            #expect(
                results == [.success(SentMessage(id: "A", bodyMD5: "M")), .failure(EntryFailure(code: .internalError, message: "full"))])
        }
        #expect(error { () throws(SMQError) in try answer(201, partly, to: batch).sentMessages(count: 3) }?.code == .malformedAnswer)
        let delayed = "<Message><MessageId>A</MessageId><MessageBodyMD5>M</MessageBodyMD5><ReceiptHandle>h</ReceiptHandle></Message>"
        let single = try answer(201, delayed, to: .send(message, to: "jobs")).sentMessages(count: 1)
        #expect(single == [.success(SentMessage(id: "A", bodyMD5: "M", receiptHandle: ReceiptHandle("h")))])
        let refused = error { () throws(SMQError) in
            try answer(500, "<Error><Code>InternalError</Code><Message>m</Message></Error>", to: batch).sentMessages(count: 2)
        }
        #expect(refused?.code == .internalError && refused?.effect == SMQError.Effect.none)
        #expect(error { () throws(SMQError) in try answer(502, "<html/>", to: batch).sentMessages(count: 2) }?.effect == .unknown)
    }

    @Test("leases, attributes, lists")
    func documents() throws {
        let lease =
            "<ChangeVisibility xmlns=\"x\"><ReceiptHandle>new</ReceiptHandle><NextVisibleTime>1790299723992</NextVisibleTime></ChangeVisibility>"
        #expect(
            try answer(200, lease).renewedLease()
                == RenewedLease(handle: ReceiptHandle("new"), nextVisibleTime: ServerTime(milliseconds: 1_790_299_723_992)))
        #expect(error { () throws(SMQError) in try answer(200, "<ChangeVisibility/>").renewedLease() }?.code == .malformedAnswer)

        let attributes = QueueAttributes(
            name: "jobs", delay: .seconds(1), maximumMessageSize: 1_024, retention: .seconds(60), visibilityTimeout: .seconds(4),
            pollingWait: .seconds(20), loggingEnabled: true, created: ServerTime(milliseconds: 1_790_299_000_000),
            lastModified: ServerTime(milliseconds: 1_790_299_001_000), activeMessages: 4, inactiveMessages: 5, delayedMessages: 6)
        let encoded = Answer.attributes(attributes).encoded(requestID: "R")
        #expect(try IncomingAnswer(to: .getAttributes(of: "jobs"), status: 200, body: encoded.body).queueAttributes() == attributes)
        let odd = try answer(200, "<Queue><MessageType>0</MessageType><EnableSSE>False</EnableSSE></Queue>", to: .getAttributes(of: "jobs"))
            .queueAttributes()
        #expect(odd.name == "jobs" && odd.visibilityTimeout == .seconds(30))

        let list = QueueList(
            queues: [.init(url: "http://h/queues/a"), .init(url: "http://h/queues/jobs", attributes: attributes)], nextMarker: "bQ==")
        let listed = Answer.queues(list).encoded(requestID: "R")
        #expect(try IncomingAnswer(to: .listQueues(QueueListRequest()), status: 200, body: listed.body).queueList() == list)
        #expect(list.queues.map(\.name) == ["a", "jobs"])
    }
}
