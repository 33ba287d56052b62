import Testing

@testable import SMQProtocol

/// A small generator with a seed, so that a failure can be seen again.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {  // SplitMix64
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Bodies travel byte for byte")
struct RoundTripTests {
    private static let pieces = [
        "]]>", "\r\n", "\r", "\n", "\t", " ", "&", "<", ">", "&amp;", "&#13;", "<![CDATA[", "<!--", "\u{1F600}", "e\u{301}", "\u{85}",
        "\u{2028}",
        "\u{FEFF}", "\u{FFFD}", "\u{10FFFF}", "\"", "'", "{\"a\":1}", "abc", "=", "%41", "+", "\u{7F}", "</MessageBody>",
    ]

    private func text(_ random: inout SeededRandom, upTo count: Int) -> String {
        (0..<Int.random(in: 1...count, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
    }

    private func message(_ random: inout SeededRandom) -> OutgoingMessage {
        var message = OutgoingMessage(body: Array(text(&random, upTo: 40).utf8))
        if Bool.random(using: &random) { message.delay = .seconds(Int.random(in: 0...604_800, using: &random)) }
        if Bool.random(using: &random) { message.priority = Int.random(in: 1...16, using: &random) }
        if Bool.random(using: &random) {
            message.userProperties = [MessageProperty(name: "kind", value: text(&random, upTo: 5), type: "STRING")]
        }
        if Bool.random(using: &random) { message.systemProperties = [MessageProperty(name: "baggage", value: "b", type: "STRING")] }
        if Bool.random(using: &random) { message.groupID = "group" }
        return message
    }

    @Test("what is sent is what the server reads", arguments: 0..<40)
    func sends(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let one = QueueOperation.send(message(&random), to: "jobs")
        #expect(try QueueOperation(decoding: one.encoded()) == one)
        let many = QueueOperation.batchSend((0..<Int.random(in: 1...16, using: &random)).map { _ in message(&random) }, to: "jobs")
        #expect(try QueueOperation(decoding: many.encoded()) == many)
    }

    @Test("what the server delivers is what the client reads", arguments: 0..<40)
    func deliveries(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let messages = (0..<Int.random(in: 1...16, using: &random)).map { index in
            let sent = message(&random)
            return ReceivedMessage(
                id: "ID\(index)", bodyMD5: MessageBodyMD5.text(of: sent.body), body: sent.body,
                receiptHandle: ReceiptHandle("1-a+b/\(index)=="),
                enqueueTime: ServerTime(milliseconds: 1_790_299_723_992), firstDequeueTime: ServerTime(milliseconds: 1_790_299_723_993),
                nextVisibleTime: ServerTime(milliseconds: 1_790_299_753_993), dequeueCount: index + 1, priority: 8,
                userProperties: sent.userProperties, systemProperties: sent.systemProperties, groupID: sent.groupID)
        }
        let batch = Answer.batchReceived(messages).encoded(requestID: "R")
        let operation = QueueOperation.batchReceive(from: "jobs", upTo: 16, wait: nil)
        #expect(try IncomingAnswer(to: operation, status: batch.status, body: batch.body).receivedMessages() == messages)
        let single = Answer.received(messages[0]).encoded(requestID: "R")
        #expect(try IncomingAnswer(to: operation, status: single.status, body: single.body).receivedMessages() == [messages[0]])
    }

    @Test("a body of 64 KiB, in one or in many pieces of text")
    func large() throws {
        for piece in ["x", "&", "\u{1F600}", "a\r\n"] {
            let body = Array(String(repeating: piece, count: 65_536 / piece.utf8.count).utf8)
            let send = QueueOperation.send(OutgoingMessage(body: body), to: "jobs")
            #expect(try QueueOperation(decoding: send.encoded()) == send)
        }
    }

    @Test(
        "a body that XML cannot carry is refused before it is sent",
        arguments: [[0x00], [0x41, 0x1B], [0xFF], [0xEF, 0xBF, 0xBE], [0xEF, 0xBF, 0xBF], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func uncarriable(body: [UInt8]) {
        #expect {
            try QueueOperation.send(OutgoingMessage(body: body), to: "jobs").checkLimits()
        } throws: { error in
            (error as? ProtocolRefusal)?.code == .invalidArgument && (error as? ProtocolRefusal)?.message.contains("base64") == true
        }
    }
}
