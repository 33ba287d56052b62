import Foundation
import GRDB
import Logging
import SMQProtocol
import Testing
import WorkerCore

@testable import WorkerStore

struct QueueDeadLetterStoreTests {
    private let directory: TemporaryDirectory
    private let database: StateDatabase
    private let queue = ScriptedQueue()
    private let store: QueueDeadLetterStore

    init() throws {
        directory = try TemporaryDirectory()
        database = try StateDatabase.open(directory: directory.path)
        store = QueueDeadLetterStore(queue, sent: SentDeadLetters(database), logger: Logger(label: "test")) { Sample.kept }
    }

    private func kept() throws -> StoredDeadLetter {
        StoredDeadLetter(try #require(queue.peek(1).first), in: queue.name)
    }

    @Test("a letter in a queue has the exact body, and reads back with everything")
    func roundTrip() async throws {
        let letter = Sample.letter(
            body: Array("exact ü".utf8), properties: [MessageProperty(name: "k", value: "1", type: "NUMBER")], replayedFrom: "F0")
        try await store.keep(letter)
        #expect(queue.with { $0.sent.map(\.body) } == [letter.body])
        #expect(try kept() == StoredDeadLetter(id: "D1", letter: letter, kept: Sample.kept))
    }

    @Test("a letter without type, error and attempts reads back so")
    func sparse() async throws {
        let letter = Sample.letter(type: nil, reason: .undecodable, error: nil, attempts: [])
        try await store.keep(letter)
        #expect(try kept().letter == letter)
    }

    @Test("the same message is put there once, also after a restart")
    func idempotence() async throws {
        try await store.keep(Sample.letter())
        let restarted = QueueDeadLetterStore(
            queue, sent: SentDeadLetters(try StateDatabase.open(directory: directory.path)), logger: Logger(label: "test"))
        try await restarted.keep(Sample.letter())
        #expect(queue.with { $0.sent.count } == 1)
    }

    @Test("a refusal is an error, and the next keep tries again")
    func refusal() async throws {
        let refusal = EntryFailure(code: SMQError.Code("InternalError"), message: "no")
        queue.with { $0.refusesSend = refusal }
        await #expect(throws: refusal) { try await store.keep(Sample.letter()) }
        queue.with { $0.refusesSend = nil }
        try await store.keep(Sample.letter())
        #expect(queue.with { $0.sent.count } == 1)
    }

    @Test("a lost answer is an error: the letter is then sent again with the same key")
    func lostAnswer() async throws {
        queue.with { $0.losesAnswer = true }
        await #expect(throws: SMQError.self) { try await store.keep(Sample.letter()) }
        queue.with { $0.losesAnswer = false }
        try await store.keep(Sample.letter())
        let keys = queue.with { $0.sent }.map { $0.userProperties.value(DeadLetterProperty.messageID) }
        #expect(keys == ["A1", "A1"])
    }

    @Test("a letter that is in the queue is kept, even if that cannot be noted")
    func noteFails() async throws {
        let store = QueueDeadLetterStore(queue, sent: SentDeadLetters(database), logger: Logger(label: "test"))
        let trigger = "CREATE TRIGGER refuse BEFORE INSERT ON sentDeadLetter BEGIN SELECT RAISE(FAIL, 'refused'); END"
        try await database.write { try $0.execute(sql: trigger) }
        try await store.keep(Sample.letter())
        #expect(queue.with { $0.sent.count } == 1)
    }

    @Test("a body larger than the queue takes is refused before it is sent")
    func tooLarge() async throws {
        let body = [UInt8](repeating: 65, count: 65_537)
        let expected = DeadLetterTooLarge(messageID: "A1", size: 65_537, queue: "dead-events", limit: 65_536)
        await #expect(throws: expected) { try await store.keep(Sample.letter(body: body)) }
        #expect(queue.with { $0.sent.isEmpty })
    }

    @Test(
        "metadata is cut to fit, the body never; queue, message id and reason are always there",
        arguments: [0, 30_000, 60_000, 64_900, 65_300, 65_536])
    func cut(bodySize: Int) async throws {
        let long = String(repeating: "ü\u{1}é", count: 3000)
        let properties = (0..<50).map { MessageProperty(name: "p\($0)", value: String(repeating: "v", count: 300)) }
        let attempts = (1...40).map { Sample.attempt($0, error: long) }
        let letter = Sample.letter(body: [UInt8](repeating: 65, count: bodySize), error: long, attempts: attempts, properties: properties)
        try await store.keep(letter)
        let sent = try #require(queue.with { $0.sent.first })
        #expect(sent.body == letter.body)
        #expect(sent.userProperties.count <= 50)
        #expect(Set(sent.userProperties.map(\.name)).count == sent.userProperties.count)
        for property in sent.userProperties {
            #expect(property.value.utf8.count <= 4096)
            #expect(!property.value.unicodeScalars.contains { $0.value < 0x20 })
            #expect(property.name.utf8.allSatisfy { Character(Unicode.Scalar($0)).isLetter || $0 < 0x3A })
        }
        let size = sent.body.count + sent.userProperties.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        let essential = 200
        #expect(size <= max(65_536, bodySize + essential))
        let read = try kept().letter
        #expect(read.key == letter.key)
        #expect(read.reason == letter.reason)
        let lost = sent.userProperties.value(DeadLetterProperty.lost).flatMap { Int($0) } ?? 0
        #expect(read.userProperties.count + lost == properties.count)
        if bodySize < 40_000 {
            #expect(read.error?.hasSuffix(DeadLetterEnvelope.cutMark) == true)
            #expect(read.attempts.last?.number == 40)
        }
    }

    @Test("a message that no worker put there is shown as foreign")
    func foreign() {
        let message = ScriptedQueue.received(OutgoingMessage(body: [65]), id: "F1")
        let stored = StoredDeadLetter(message, in: "dead-events")
        #expect(stored.isForeign)
        #expect(stored.letter.key == MessageKey(queue: "dead-events", messageID: "F1"))
    }
}
