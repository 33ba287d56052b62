import SMQProtocol
import Testing

@testable import LocalSMQ

@Suite struct BacklogTests {
    private let start = Sample.start

    /// Seconds for `rounds` batches of send, receive and delete while `backlog` other messages wait.
    private func cost(backlog: Int, rounds: Int) throws -> Double {
        var queue = try Sample.machine()
        let message = Sample.message("A")
        for _ in 0..<backlog { _ = queue.send(message, at: start) }
        let began = ContinuousClock.now
        for round in 0..<rounds {
            let now = start + Int64(round)
            for _ in 0..<16 { _ = queue.send(message, at: now) }
            for received in queue.receive(upTo: 16, at: now) { try queue.delete(received.receiptHandle, at: now) }
        }
        #expect(queue.counts == QueueCounts(active: backlog))
        return (ContinuousClock.now - began) / .seconds(1)
    }

    @Test("the receive rate does not fall with the backlog", .timeLimit(.minutes(1)))
    func rate() throws {
        let small = try cost(backlog: 100, rounds: 300)
        let large = try cost(backlog: 200_000, rounds: 300)
        // A cost that grew with the backlog would be 2,000 times higher; the margin is for a busy machine and cold caches.
        #expect(large < small * 40 + 0.5)
    }

    @Test("deleted messages leave nothing behind, however long the retention")
    func flat() throws {
        var queue = try Sample.machine()
        let message = Sample.message("A")
        var most = 0
        for round in 0..<20_000 {
            let now = start + Int64(round)
            _ = queue.send(message, delay: round % 3 == 0 ? 1 : 0, at: now)
            if let received = queue.receive(upTo: 1, at: now).first {
                let renewed = try queue.changeVisibility(of: received.receiptHandle, to: 43_200, at: now)
                try queue.delete(renewed.handle, at: now)
            }
            most = max(most, queue.heapElements - 4 * queue.counts.total)
        }
        #expect(most < 300)
    }

    @Test("renewing one lease again and again leaves nothing behind", arguments: [0, 1] as [Int64])
    func renewals(step: Int64) throws {
        var queue = try Sample.machine()
        _ = queue.send(Sample.message("A"), at: start)
        var handle = queue.receive(upTo: 1, at: start)[0].receiptHandle
        for round in 0..<10_000 { handle = try queue.changeVisibility(of: handle, to: 60, at: start + Int64(round) * step).handle }
        #expect(queue.heapElements < 200)
    }

    @Test("messages whose retention is over leave nothing behind")
    func expired() throws {
        var queue = try Sample.machine(QueueSettings(retention: .seconds(60)))
        for number in 0..<10_000 { _ = queue.send(Sample.message("A"), at: start + Int64(number)) }
        _ = queue.receive(upTo: 500, at: start + 10_000)
        queue.advance(to: start + 70_000)
        #expect(queue.counts.total == 0)
        _ = queue.send(Sample.message("B"), at: start + 70_000)
        #expect(queue.heapElements < 300)
    }
}
