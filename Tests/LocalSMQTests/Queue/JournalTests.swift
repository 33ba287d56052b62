import SMQProtocol
import Testing

@testable import LocalSMQ

@Suite struct JournalTests {
    @Test("a journal replayed makes the same queue: counts, leases, delays, handles")
    func replay() throws {
        let start = Sample.start
        var queue = try Sample.machine(QueueSettings(retention: .seconds(3_600)), isJournaled: true)
        for (index, name) in ["A", "B", "C", "D", "E", "F"].enumerated() {
            _ = queue.send(Sample.message(name, priority: 1 + index % 2), delay: name == "E" ? 500 : nil, at: start + Int64(index))
        }
        let first = queue.receive(upTo: 4, at: start + 100)
        try queue.delete(first[0].receiptHandle, at: start + 200)
        let kept = try queue.changeVisibility(of: first[1].receiptHandle, to: 300, at: start + 300)
        queue.handBack(first[2].receiptHandle, at: start + 400)
        _ = queue.peek(upTo: 5, at: start + 31_000)
        _ = queue.receive(upTo: 1, at: start + 31_000)
        queue.set(QueueSettings(visibilityTimeout: .seconds(7)))
        _ = queue.receive(upTo: 1, at: start + 32_000)

        var copy = try Sample.machine(QueueSettings(retention: .seconds(3_600)))
        for change in queue.takeChanges() { copy.replay(change) }
        #expect(queue.takeChanges().isEmpty)
        #expect(copy.options == queue.options)
        for now in [start + 32_000, start + 39_000, start + 61_000, start + 301_000, start + 501_000] {
            queue.advance(to: now)
            copy.advance(to: now)
            #expect(copy.counts == queue.counts)
            #expect(copy.peek(upTo: 16, at: now) == queue.peek(upTo: 16, at: now))
            #expect(copy.nextWake(at: now) == queue.nextWake(at: now))
            if now == start + 61_000 {
                try copy.delete(kept.handle, at: now)
                try queue.delete(kept.handle, at: now)
            }
        }
    }
}
