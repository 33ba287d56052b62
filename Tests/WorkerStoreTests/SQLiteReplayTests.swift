import Foundation
import SMQProtocol
import Testing
import WorkerCore

@testable import WorkerStore

struct SQLiteReplayTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteDeadLetterStore
    private let clock = TestClock()
    private let outbox = Outbox()

    init() throws {
        directory = try TemporaryDirectory()
        store = SQLiteDeadLetterStore(try StateDatabase.open(directory: directory.path)) { [clock] in clock.now }
    }

    @Test("a replay sends the exact body to its queue with its own properties and where it came from")
    func message() async throws {
        let kind = MessageProperty(name: "kind", value: "aGk=", type: "BINARY")
        try await store.keep(Sample.letter(body: Array("ünï".utf8), properties: [kind]))
        #expect(try await store.replay("1", to: outbox)?.summary == "sent R1")
        let sent = try #require(outbox.sent.first)
        #expect(sent.queue == "media-events")
        #expect(sent.message.body == Array("ünï".utf8))
        #expect(
            sent.message.userProperties == [
                kind, MessageProperty(name: "mediaworker-replayed-from", value: "A1"),
                MessageProperty(name: "mediaworker-replays", value: "1"),
            ])
    }

    @Test("the letter is marked after the send, not before")
    func order() async throws {
        try await store.keep(Sample.letter())
        var markedDuringSend: Bool?
        try await store.replay(["1"], force: false) { message, queue in
            markedDuringSend = try await store.show("1").replay != nil
            return try outbox.send(message, queue)
        } report: { _, _ in
        }
        #expect(markedDuringSend == false)
        #expect(try await store.show("1").replay == StoredDeadLetter.Replay(time: clock.now, messageID: "R1"))
    }

    @Test("a send that fails leaves the letter unmarked and free for the next try")
    func failedSend() async throws {
        try await store.keep(Sample.letter())
        outbox.refuse(true)
        #expect(try await store.replay("1", to: outbox)?.summary == "failed: Refusal()")
        #expect(try await store.show("1").replay == nil)
        outbox.refuse(false)
        #expect(try await store.replay("1", to: outbox)?.summary == "sent R1")
    }

    @Test("a letter that was replayed is left alone, unless forced")
    func again() async throws {
        try await store.keep(Sample.letter())
        _ = try await store.replay("1", to: outbox)
        #expect(try await store.replay("1", to: outbox)?.summary == "replayed as R1")
        #expect(outbox.sent.count == 1)
        #expect(try await store.replay("1", force: true, to: outbox)?.summary == "sent R2")
        #expect(outbox.sent.last?.message.userProperties.last == MessageProperty(name: ReplayProperty.count, value: "2"))
        #expect(try await store.show("1").replay?.messageID == "R2")
    }

    @Test("two replays at the same time send a letter once", arguments: [false, true])
    func concurrent(force: Bool) async throws {
        try await store.keep(Sample.letter())
        let second = SQLiteDeadLetterStore(try StateDatabase.open(directory: directory.path)) { [clock] in clock.now }
        var inner: ReplayOutcome?
        try await store.replay(["1"], force: force) { message, queue in
            inner = try await second.replay("1", force: force, to: outbox)
            return try outbox.send(message, queue)
        } report: { _, _ in
        }
        #expect(inner?.summary == "claimed")
        #expect(outbox.sent.count == 1)
    }

    @Test("a replay that died in the middle holds the letter for two minutes, no longer")
    func crashedReplay() async throws {
        try await store.keep(Sample.letter())
        let second = SQLiteDeadLetterStore(try StateDatabase.open(directory: directory.path)) { [clock] in clock.now }
        var outcomes: [String?] = []
        try await store.replay(["1"], force: false) { _, _ in
            clock.advance(by: 119)
            outcomes.append(try await second.replay("1", to: outbox)?.summary)
            clock.advance(by: 1)
            outcomes.append(try await second.replay("1", to: outbox)?.summary)
            throw Outbox.Refusal()
        } report: { _, _ in
        }
        #expect(outcomes == ["claimed", "sent R1"])
        #expect(try await store.show("1").replay?.messageID == "R1")
    }

    @Test("a letter that no queue takes is reported, and the others are sent")
    func tooLarge() async throws {
        try await store.keep(Sample.letter("big", body: [UInt8](repeating: 65, count: 65_537)))
        try await store.keep(Sample.letter("many", properties: (0..<49).map { MessageProperty(name: "p\($0)", value: "v") }))
        try await store.keep(Sample.letter("fits", body: [UInt8](repeating: 65, count: 65_536)))
        var outcomes: [String: String] = [:]
        try await store.replay(["big", "many", "none", "fits"], force: false) {
            try outbox.send($0, $1)
        } report: {
            outcomes[$0] = $1.summary
        }
        #expect(
            outcomes == [
                "big": "unsendable: its body has 65537 bytes; a message holds 65536 at most",
                "many": "unsendable: it would have 51 user properties; a message has 50 at most",
                "none": "not found", "fits": "sent R1",
            ])
    }

    @Test("a message that dies again after a replay keeps the first message id, and the count goes on")
    func provenance() async throws {
        try await store.keep(Sample.letter("A1"))
        _ = try await store.replay("A1", to: outbox)
        let first = try #require(outbox.sent.first)
        let again = Sample.letter("R1", properties: first.message.userProperties, replayedFrom: "A1")
        try await store.keep(again)
        _ = try await store.replay("R1", to: outbox)
        #expect(
            outbox.sent.last?.message.userProperties == [
                MessageProperty(name: ReplayProperty.from, value: "A1"), MessageProperty(name: ReplayProperty.count, value: "2"),
            ])
        #expect(try await store.show("R1").letter.replayedFrom == "A1")
    }

    @Test("a replayed message starts with no attempts")
    func freshAttempts() async throws {
        let ledger = SQLiteDeliveryLedger(try StateDatabase.open(directory: directory.path))
        for _ in 1...3 { _ = try await ledger.record(LedgerEntry(badEnd: Sample.attempt()), of: Sample.key()) }
        try await store.keep(Sample.letter())
        guard case .sent(let message) = try await store.replay("1", to: outbox) else { throw Outbox.Refusal() }
        #expect(try await ledger.history(of: Sample.key(message.id)) == DeliveryHistory())
    }

    @Test("a letter that was sent but could not be marked is reported as such")
    func markFails() async throws {
        let database = try StateDatabase.open(directory: directory.path)
        let doomed = SQLiteDeadLetterStore(database)
        try await doomed.keep(Sample.letter())
        var outcome: String?
        try await doomed.replay(["1"], force: false) { message, queue in
            try database.close()
            return try outbox.send(message, queue)
        } report: {
            outcome = $1.summary
        }
        #expect(outcome == "sent R1, not marked")
    }
}
