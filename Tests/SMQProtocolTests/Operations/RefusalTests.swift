import Testing

@testable import SMQProtocol

/// Each refusal that a request can earn by what it says.
@Suite("Refusals")
struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var method: String
        var target: String
        var body = ""
        var header: (name: String, value: String)?
        var code: SMQError.Code

        init(_ method: String, _ target: String, _ body: String = "", header: (name: String, value: String)? = nil, is code: SMQError.Code)
        {
            (self.method, self.target, self.body, self.header, self.code) = (method, target, body, header, code)
        }

        var testDescription: String { "\(method) \(target) \(body.prefix(80)) \(code.name)" }
    }

    private static let messages = "/queues/jobs/messages"

    static let cases: [Case] = [
        // Names and places.
        Case("PUT", "/queues/-jobs", is: .invalidQueueName),
        Case("PUT", "/queues/jo_bs", is: .invalidQueueName),
        Case("GET", "/queues/", is: .invalidQueueName),
        Case("GET", "/queues/j%C3%BCbs", is: .invalidQueueName),
        Case("GET", "/queues//messages", is: .invalidQueueName),
        Case("PUT", "/queues/" + String(repeating: "a", count: 121), is: .queueNameLengthError),
        Case("GET", "/", is: .invalidRequestURL),
        Case("GET", "/topics", is: .invalidRequestURL),
        Case("GET", "/queues/jobs/message", is: .invalidRequestURL),
        Case("GET", "/queues/jobs/messages/1", is: .invalidRequestURL),
        Case("PATCH", "/queues/jobs", is: .invalidRequestURL),
        Case("POST", "/queues", is: .invalidRequestURL),
        Case("HEAD", messages, is: .invalidRequestURL),
        Case("GET", "queues", is: .invalidRequestURL),
        Case("GET", "/queues/%zz", is: .invalidRequestURL),
        Case("GET", "/queues/jobs#x", is: .invalidRequestURL),
        // Queries.
        Case("DELETE", messages + "?ReceiptHandle=%", is: .invalidQueryString),
        Case("GET", messages + "?waitseconds=1&WaitSeconds=2", is: .invalidQueryString),
        Case("GET", messages + "?peekonly=maybe", is: .invalidQueryString),
        Case("PUT", "/queues/jobs?metaoverride=1", is: .invalidQueryString),
        Case("GET", messages + "?waitseconds=31", is: .invalidArgument),
        Case("GET", messages + "?waitseconds=-1", is: .invalidArgument),
        Case("GET", messages + "?waitseconds=soon", is: .invalidArgument),
        Case("GET", messages + "?numOfMessages=0", is: .invalidArgument),
        Case("GET", messages + "?numOfMessages=17", is: .invalidArgument),
        Case("GET", messages + "?numOfMessages=", is: .invalidArgument),
        Case("GET", messages + "?peekonly=true&numOfMessages=17", is: .invalidArgument),
        Case("GET", "/queues", header: ("x-mns-ret-number", "1001"), is: .invalidArgument),
        Case("GET", "/queues", header: ("x-mns-ret-number", "0"), is: .invalidArgument),
        Case("GET", "/queues", header: ("x-mns-ret-number", "many"), is: .invalidArgument),
        // Handles and times.
        Case("DELETE", messages, is: .missingReceiptHandle),
        Case("DELETE", messages + "?ReceiptHandle=", is: .missingReceiptHandle),
        Case("PUT", messages, is: .missingReceiptHandle),
        Case("PUT", messages + "?visibilityTimeout=30", is: .missingReceiptHandle),
        Case("PUT", messages + "?receiptHandle=h", is: .missingVisibilityTimeout),
        Case("PUT", messages + "?receiptHandle=h&visibilityTimeout=", is: .missingVisibilityTimeout),
        Case("PUT", messages + "?receiptHandle=h&visibilityTimeout=0", is: .invalidArgument),
        Case("PUT", messages + "?receiptHandle=h&visibilityTimeout=43201", is: .invalidArgument),
        Case("PUT", messages + "?receiptHandle=h&visibilityTimeout=99999999999999999999", is: .invalidArgument),
        // Documents.
        Case("POST", messages, is: .malformedXML),
        Case("POST", messages, "<Message>", is: .malformedXML),
        Case("POST", messages, "{}", is: .malformedXML),
        Case("POST", messages, "<!DOCTYPE x><Message><MessageBody>x</MessageBody></Message>", is: .malformedXML),
        Case("PUT", "/queues/jobs", "<Queue>", is: .malformedXML),
        Case("DELETE", messages, "<ReceiptHandles>", is: .malformedXML),
        Case("POST", messages, "<Queue/>", is: .invalidArgument),
        Case("PUT", "/queues/jobs", "<Message/>", is: .invalidArgument),
        Case("DELETE", messages, "<Messages/>", is: .invalidArgument),
        Case("POST", messages, "<Message/>", is: .invalidArgument),
        Case("POST", messages, "<Message><MessageBody/></Message>", is: .invalidArgument),
        Case("POST", messages, "<Messages/>", is: .invalidArgument),
        Case("POST", messages, "<Message><MessageBody>a</MessageBody><MessageBody>b</MessageBody></Message>", is: .invalidArgument),
        Case("POST", messages, "<Message><MessageBody>a<b/></MessageBody></Message>", is: .invalidArgument),
        Case("POST", messages, "<Messages>" + String(repeating: message(), count: 17) + "</Messages>", is: .invalidArgument),
        Case("DELETE", messages, "<ReceiptHandles/>", is: .invalidArgument),
        Case(
            "DELETE", messages, "<ReceiptHandles>" + String(repeating: "<ReceiptHandle>h</ReceiptHandle>", count: 17) + "</ReceiptHandles>",
            is: .invalidArgument),
        Case(
            "POST", messages, "<Message><MessageBody>\(String(repeating: "x", count: 65_537))</MessageBody></Message>", is: .invalidArgument
        ),
        Case(
            "POST", messages, "<Messages>" + String(repeating: message(String(repeating: "x", count: 32_769)), count: 2) + "</Messages>",
            is: .invalidArgument),
        Case("POST", messages, message("x", "<Priority>0</Priority>"), is: .invalidArgument),
        Case("POST", messages, message("x", "<Priority>17</Priority>"), is: .invalidArgument),
        Case("POST", messages, message("x", "<Priority>high</Priority>"), is: .invalidArgument),
        Case("POST", messages, message("x", "<DelaySeconds>604801</DelaySeconds>"), is: .invalidArgument),
        Case("POST", messages, message("x", "<DelaySeconds>-1</DelaySeconds>"), is: .invalidArgument),
        Case("POST", messages, message("x", property("a b", "v")), is: .invalidArgument),
        Case("POST", messages, message("x", property("a", "v", "TEXT")), is: .invalidArgument),
        Case("POST", messages, message("x", property("a", "v", "NUMBER")), is: .invalidArgument),
        Case("POST", messages, message("x", property("a", "1", "BOOLEAN")), is: .invalidArgument),
        Case("POST", messages, message("x", property("a", "*", "BINARY")), is: .invalidArgument),
        Case("POST", messages, message("x", property("a", String(repeating: "v", count: 4_097))), is: .invalidArgument),
        Case("PUT", "/queues/jobs", "<Queue><VisibilityTimeout>0</VisibilityTimeout></Queue>", is: .invalidArgument),
        Case("PUT", "/queues/jobs", "<Queue><VisibilityTimeout>43201</VisibilityTimeout></Queue>", is: .invalidArgument),
        Case("PUT", "/queues/jobs", "<Queue><MaximumMessageSize>1023</MaximumMessageSize></Queue>", is: .invalidArgument),
        Case("PUT", "/queues/jobs", "<Queue><MessageRetentionPeriod>59</MessageRetentionPeriod></Queue>", is: .invalidArgument),
        Case("PUT", "/queues/jobs?metaoverride=true", "<Queue><PollingWaitSeconds>31</PollingWaitSeconds></Queue>", is: .invalidArgument),
        Case("PUT", "/queues/jobs", "<Queue><LoggingEnabled>yes</LoggingEnabled></Queue>", is: .invalidArgument),
        Case("PUT", "/queues/jobs", "<Queue><DelaySeconds>1.5</DelaySeconds></Queue>", is: .invalidArgument),
        // Headers of the body.
        Case("POST", messages, message(), header: ("Content-Type", "application/json"), is: .invalidContentType),
        Case("POST", messages, message(), header: ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="), is: .invalidDegist),
    ]

    private static func message(_ body: String = "x", _ more: String = "") -> String {
        "<Message><MessageBody>\(body)</MessageBody>\(more)</Message>"
    }

    private static func property(_ name: String, _ value: String, _ type: String = "STRING") -> String {
        "<UserProperties><PropertyValue><Name>\(name)</Name><Value>\(value)</Value><Type>\(type)</Type></PropertyValue></UserProperties>"
    }

    @Test("each bad request is refused with its code", arguments: cases)
    func refused(bad: Case) {
        let request = WireRequest(
            method: bad.method, target: bad.target, headers: bad.header.map { [$0] } ?? [], body: Array(bad.body.utf8))
        do throws(ProtocolRefusal) {
            let operation = try QueueOperation(decoding: request)
            Issue.record("accepted as \(operation.name)")
        } catch {
            #expect(error.code == bad.code, "\(error.message)")
            #expect(error.status == 400)
            #expect(!error.message.isEmpty && error.message.count < 300)
        }
    }

    @Test("a property may appear once, and fifty of them")
    func properties() throws {
        func send(_ properties: [MessageProperty]) throws {
            try QueueOperation.send(OutgoingMessage(body: [65], userProperties: properties), to: "jobs").checkLimits()
        }
        let fifty = (0..<50).map { MessageProperty(name: "p\($0)", value: "v") }
        try send(fifty)
        try send([
            MessageProperty(name: "n", value: "-1.5e3", type: "NUMBER"), MessageProperty(name: "b", value: "True", type: "BOOLEAN"),
            MessageProperty(name: "d", value: "AAE=", type: "BINARY"),
        ])
        #expect(throws: ProtocolRefusal.self) { try send(fifty + [MessageProperty(name: "more", value: "v")]) }
        #expect(throws: ProtocolRefusal.self) { try send([fifty[0], fifty[0]]) }
    }

    @Test("names of 120 characters and values at the ends of their ranges are accepted")
    func bounds() throws {
        for target in ["?receiptHandle=h&visibilityTimeout=1", "?receiptHandle=h&visibilityTimeout=43200"] {
            _ = try QueueOperation(decoding: WireRequest(method: "PUT", target: Self.messages + target))
        }
        _ = try QueueOperation(decoding: WireRequest(method: "GET", target: "/queues/" + String(repeating: "9", count: 120)))
        let half = Self.message(String(repeating: "x", count: 32_768))
        _ = try QueueOperation(
            decoding: WireRequest(method: "POST", target: Self.messages, body: Array("<Messages>\(half)\(half)</Messages>".utf8)))
    }

    @Test("a negative time is refused before it is rounded to zero")
    func negative() {
        #expect(throws: ProtocolRefusal.self) { try QueueOperation.receive(from: "jobs", wait: .milliseconds(-1)).checkLimits() }
        #expect(throws: ProtocolRefusal.self) {
            try QueueOperation.changeVisibility(of: ReceiptHandle("h"), to: .milliseconds(999), in: "jobs").checkLimits()
        }
    }
}
