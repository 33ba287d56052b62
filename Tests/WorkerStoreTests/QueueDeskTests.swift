import Foundation
import Logging
import SMQProtocol
import Testing
import WorkerCore

@testable import WorkerStore

struct QueueDeskTests {
    private let queue = ScriptedQueue()
    private let outbox = Outbox()
    private let desk: QueueDeadLetterDesk

    init() {
        let queue = queue
        desk = QueueDeadLetterDesk(queue, logger: Logger(label: "test")) { queue.peek($0) }
    }

    /// Letters `D1`... of messages `M1`..., kept a second apart.
    private func fill(_ count: Int) async throws {
        for number in 1...count {
            let kept = Sample.kept.addingTimeInterval(Double(number))
            let envelope = try DeadLetterEnvelope(Sample.letter("M\(number)"), kept: kept, maximumSize: 65_536)
            _ = try await queue.send([envelope.message])
        }
    }

    @Test("a listing shows all letters, filtered and in order, and hands back what it had to receive")
    func list() async throws {
        try await fill(40)
        var selection = DeadLetterSelection()
        #expect(try await desk.ids(selection) == (1...40).reversed().map { "D\($0)" })
        #expect(queue.with { $0.leased.isEmpty && $0.handedBack.count == 40 })
        (selection.order, selection.limit, selection.offset) = (.oldestFirst, 2, 1)
        #expect(try await desk.ids(selection) == ["D2", "D3"])
        selection = DeadLetterSelection()
        selection.messageIDPrefix = "M16"
        #expect(try await desk.list(selection).map(\.letter.key.messageID) == ["M16"])
        #expect(desk.limitation?.contains("in hand") == true)
    }

    @Test("what a peek shows whole is not received")
    func peeked() async throws {
        try await fill(5)
        #expect(try await desk.ids(DeadLetterSelection()).count == 5)
        #expect(queue.with { $0.handedBack.isEmpty })
    }

    @Test("counting is refused with a way out")
    func counts() async throws {
        let error = await #expect(throws: DeadLetterDeskError.self) { try await desk.counts(DeadLetterSelection()) }
        #expect(error?.description.contains("mediaworker queue attributes") == true)
    }

    @Test("a letter is found by its own id and by that of its message")
    func show() async throws {
        try await fill(3)
        #expect(try await desk.show("D2") == desk.show("M2"))
        await #expect(throws: DeadLetterDeskError.notFound("M9")) { try await desk.show("M9") }
    }

    @Test("a drop finds letters behind the head, deletes them, and hands all others back for a second later")
    func drop() async throws {
        try await fill(40)
        let report = try await desk.drop(["M35", "D2", "none"])
        #expect(report.dropped.sorted() == ["D2", "M35"])
        #expect(report.missing == ["none"])
        #expect(queue.with { $0.messages.count } == 38)
        #expect(queue.with { $0.leased.subtracting(["D35", "D2"]) }.isEmpty)
        #expect(queue.with { $0.handedBack } == Array(repeating: .seconds(1), count: 38))
    }

    @Test("a replay sends, then deletes")
    func replay() async throws {
        try await fill(2)
        #expect(try await desk.replay("M1", to: outbox)?.summary == "sent R1")
        #expect(outbox.sent.map(\.queue) == ["media-events"])
        #expect(outbox.sent.first?.message.userProperties.map(\.name) == [ReplayProperty.from, ReplayProperty.count])
        #expect(queue.with { $0.messages.map(\.id) } == ["D2"])
    }

    @Test("a letter whose send failed stays and is handed back")
    func failedSend() async throws {
        try await fill(1)
        outbox.refuse(true)
        #expect(try await desk.replay("D1", to: outbox)?.summary == "failed: Refusal()")
        #expect(queue.peek(16).map(\.id) == ["D1"])
    }

    @Test("a letter that was sent but not deleted is reported as such")
    func failedDelete() async throws {
        try await fill(1)
        queue.with { $0.refusesDelete = true }
        #expect(try await desk.replay("D1", to: outbox)?.summary == "sent R1, not marked")
        let report = try await desk.drop(["D1"])
        #expect(report.failed.isEmpty && report.missing == ["D1"])
    }

    @Test("a message that no worker put there is not sent anywhere, but can be dropped")
    func foreign() async throws {
        _ = try await queue.send([OutgoingMessage(body: [65])])
        #expect(try await desk.replay("D1", to: outbox)?.summary == "unsendable: no worker put it here, so its queue is not known")
        #expect(outbox.sent.isEmpty)
        #expect(try await desk.drop(["D1"]).dropped == ["D1"])
    }

    @Test("a search ends when leases end behind it, and gives everything back")
    func goesRound() async throws {
        try await fill(10)
        queue.with { $0.forgetsLeases = true }
        #expect(try await desk.drop(["none"]).missing == ["none"])
        #expect(queue.with { $0.handedBack.count } == 10)
    }

    @Test("a search that is broken off gives everything back")
    func brokenOff() async throws {
        try await fill(10)
        await #expect(throws: Outbox.Refusal.self) {
            try await desk.replay(["D3"], force: false) {
                try outbox.send($0, $1)
            } report: { _, _ in
                throw Outbox.Refusal()
            }
        }
        #expect(queue.peek(16).count == 9)
    }
}
