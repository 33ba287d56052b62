import Testing

@testable import SMQProtocol

/// Answers of the server, byte for byte as the live service writes them.
@Suite("Answers of the server")
struct AnswerEncodingTests {
    private let start = "<?xml version=\"1.0\" ?>\n"
    private let space = " xmlns=\"http://mns.aliyuncs.com/doc/v1\""

    private func text(_ answer: WireAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

    private let message = ReceivedMessage(
        id: "5F290C926D472878-2-14D9529A8FA-200000001", bodyMD5: "0733351879B2FA9BD05C7CA3061529C0", body: Array("aGVsbG8=".utf8),
        receiptHandle: ReceiptHandle("1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg=="), enqueueTime: ServerTime(milliseconds: 1_790_299_000_001),
        firstDequeueTime: ServerTime(milliseconds: 1_790_299_000_002), nextVisibleTime: ServerTime(milliseconds: 1_790_299_030_002),
        dequeueCount: 1, priority: 8)

    @Test("a received message has its elements in the order of the service")
    func received() {
        let answer = Answer.received(message).encoded(requestID: "6A0000000000000000000001")
        #expect(answer.status == 200)
        #expect(
            text(answer) == start + """
                <Message\(space)>
                  <MessageId>5F290C926D472878-2-14D9529A8FA-200000001</MessageId>
                  <MessageBodyMD5>0733351879B2FA9BD05C7CA3061529C0</MessageBodyMD5>
                  <MessageBody>aGVsbG8=</MessageBody>
                  <ReceiptHandle>1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==</ReceiptHandle>
                  <EnqueueTime>1790299000001</EnqueueTime>
                  <FirstDequeueTime>1790299000002</FirstDequeueTime>
                  <NextVisibleTime>1790299030002</NextVisibleTime>
                  <DequeueCount>1</DequeueCount>
                  <Priority>8</Priority>
                </Message>
                """)
    }

    @Test("a peeked message has neither handle nor next visible time")
    func peeked() {
        let body = text(Answer.batchPeeked([message]).encoded(requestID: "R"))
        #expect(body.contains("<Messages\(space)>\n  <Message>\n    <MessageId>"))
        #expect(!body.contains("ReceiptHandle") && !body.contains("NextVisibleTime"))
        #expect(body.contains("<FirstDequeueTime>"))
    }

    @Test("a delayed message's answer carries a handle, another's does not; a partly stored batch is 500 with root Messages")
    func sent() {
        let plain = SentMessage(id: "A", bodyMD5: "B")
        let delayed = SentMessage(id: "A", bodyMD5: "B", receiptHandle: ReceiptHandle("h"))
        #expect(
            text(Answer.sent(plain).encoded(requestID: "R"))
                == start + "<Message\(space)>\n  <MessageId>A</MessageId>\n  <MessageBodyMD5>B</MessageBodyMD5>\n</Message>")
        #expect(text(Answer.sent(delayed).encoded(requestID: "R")).contains("<ReceiptHandle>h</ReceiptHandle>"))
        let whole = Answer.batchSent([.success(plain), .success(delayed)]).encoded(requestID: "R")
        #expect(whole.status == 201)
        let partly = Answer.batchSent([.success(plain), .failure(EntryFailure(code: .internalError, message: "full"))]).encoded(
            requestID: "R")
        #expect(partly.status == 500)
        #expect(
            text(partly) == start + """
                <Messages\(space)>
                  <Message>
                    <MessageId>A</MessageId>
                    <MessageBodyMD5>B</MessageBodyMD5>
                  </Message>
                  <Message>
                    <ErrorCode>InternalError</ErrorCode>
                    <ErrorMessage>full</ErrorMessage>
                  </Message>
                </Messages>
                """)
    }

    @Test("a partly failed batch delete is 404 with root Errors")
    func notDeleted() {
        let failure = DeleteFailure(
            handle: ReceiptHandle("h2"), failure: EntryFailure(code: .messageNotExist, message: "Message not exist."))
        let answer = Answer.notDeleted([failure]).encoded(requestID: "R")
        #expect(answer.status == 404)
        #expect(
            text(answer) == start + """
                <Errors\(space)>
                  <Error>
                    <ErrorCode>MessageNotExist</ErrorCode>
                    <ErrorMessage>Message not exist.</ErrorMessage>
                    <ReceiptHandle>h2</ReceiptHandle>
                  </Error>
                </Errors>
                """)
    }

    @Test("attributes: times in seconds, logging with a capital letter, all twelve elements in order")
    func attributes() {
        let attributes = QueueAttributes(
            name: "jobs", created: ServerTime(milliseconds: 1_790_299_000_999), lastModified: ServerTime(milliseconds: 1_790_299_001_000),
            activeMessages: 1, inactiveMessages: 2, delayedMessages: 3)
        #expect(
            text(Answer.attributes(attributes).encoded(requestID: "R")) == start + """
                <Queue\(space)>
                  <QueueName>jobs</QueueName>
                  <DelaySeconds>0</DelaySeconds>
                  <MaximumMessageSize>65536</MaximumMessageSize>
                  <MessageRetentionPeriod>345600</MessageRetentionPeriod>
                  <VisibilityTimeout>30</VisibilityTimeout>
                  <CreateTime>1790299000</CreateTime>
                  <LastModifyTime>1790299001</LastModifyTime>
                  <PollingWaitSeconds>0</PollingWaitSeconds>
                  <ActiveMessages>1</ActiveMessages>
                  <InactiveMessages>2</InactiveMessages>
                  <DelayMessages>3</DelayMessages>
                  <LoggingEnabled>False</LoggingEnabled>
                </Queue>
                """)
    }

    @Test("the marker of a list is left out when nothing follows")
    func list() {
        let url = "http://127.0.0.1:9324/queues/jobs"
        let last = text(Answer.queues(QueueList(queues: [.init(url: url)])).encoded(requestID: "R"))
        #expect(last == start + "<Queues\(space)>\n  <Queue>\n    <QueueURL>\(url)</QueueURL>\n  </Queue>\n</Queues>")
        #expect(
            text(Answer.queues(QueueList(queues: [], nextMarker: "bQ==")).encoded(requestID: "R")).contains("<NextMarker>bQ==</NextMarker>")
        )
        #expect(!text(Answer.queues(QueueList(queues: [], nextMarker: "")).encoded(requestID: "R")).contains("NextMarker"))
    }

    @Test("a renewed lease, a created queue, and answers without a body")
    func others() {
        let lease = RenewedLease(handle: ReceiptHandle("new"), nextVisibleTime: ServerTime(milliseconds: 1_790_299_723_992))
        #expect(
            text(Answer.visibilityChanged(lease).encoded(requestID: "R"))
                == start
                + "<ChangeVisibility\(space)>\n  <ReceiptHandle>new</ReceiptHandle>\n  <NextVisibleTime>1790299723992</NextVisibleTime>\n</ChangeVisibility>"
        )
        for isNew in [true, false] {
            let created = Answer.queueCreated(location: "http://h/queues/jobs", isNew: isNew).encoded(requestID: "R")
            #expect(created.status == (isNew ? 201 : 204) && created.body.isEmpty)
            #expect(created.headers.contains { $0 == ("Location", "http://h/queues/jobs") })
        }
        #expect(Answer.done.encoded(requestID: "R").status == 204)
    }

    @Test("an error has all four elements, and the headers that every answer has")
    func error() {
        let refusal = ProtocolRefusal(.messageNotExist, "Message <not> exist.\u{1}")
        let answer = refusal.encoded(requestID: "6A0000000000000000000001", hostID: "http://127.0.0.1:9324")
        #expect(answer.status == 404)
        #expect(
            text(answer) == start + """
                <Error\(space)>
                  <Code>MessageNotExist</Code>
                  <Message>Message &lt;not&gt; exist.?</Message>
                  <RequestId>6A0000000000000000000001</RequestId>
                  <HostId>http://127.0.0.1:9324</HostId>
                </Error>
                """)
        #expect(answer.headers.contains { $0 == ("Content-Type", "text/xml;charset=utf-8") })
        #expect(answer.headers.contains { $0 == ("x-mns-request-id", "6A0000000000000000000001") })
        #expect(answer.headers.contains { $0 == ("x-mns-version", "2015-06-06") })
        #expect(text(ProtocolRefusal(.internalError, "").encoded(requestID: "R", hostID: "h")).contains("<Message>InternalError</Message>"))
    }

    @Test(
        "codes and their status",
        arguments: [
            (.messageNotExist, 404), (.queueNotExist, 404), (.queueAlreadyExist, 409), (.accessDenied, 403), (.invalidAccessKeyID, 403),
            (.signatureDoesNotMatch, 403), (.timeExpired, 408), (.tooManyRequests, 429), (.internalError, 500), (.qpsLimitExceeded, 400),
            (.receiptHandleError, 400), (.malformedXML, 400), (.invalidDegist, 400), (.queueDeletedRecently, 400),
        ] as [(SMQError.Code, Int)])
    func statuses(code: SMQError.Code, status: Int) { #expect(code.httpStatus == status) }
}
