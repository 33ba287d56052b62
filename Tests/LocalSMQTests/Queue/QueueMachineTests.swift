import SMQProtocol
import Testing

@testable import LocalSMQ

/// Section 4 of the API facts, rule by rule. Times are milliseconds after `Sample.start`.
@Suite struct QueueMachineTests {
    private let start = Sample.start

    @Test("a message sent without delay can be received at once, with every element as sent")
    func sendAndReceive() throws {
        var queue = try Sample.machine()
        let message = StoredMessage(
            id: "A", body: [1, 2], bodyMD5: "D", priority: 3, userProperties: [MessageProperty(name: "n", value: "v")],
            systemProperties: [MessageProperty(name: "traceparent", value: "t")], groupID: "g")
        let sent = queue.send(message, at: start)
        #expect(sent == SentMessage(id: "A", bodyMD5: "D", receiptHandle: nil))
        let received = try #require(queue.receive(upTo: 16, at: start + 5).first)
        #expect(received.body == [1, 2])
        #expect(received.bodyMD5 == "D")
        #expect(received.priority == 3)
        #expect(received.userProperties == message.userProperties)
        #expect(received.systemProperties == message.systemProperties)
        #expect(received.groupID == "g")
        #expect(received.enqueueTime.milliseconds == start)
        #expect(received.firstDequeueTime.milliseconds == start + 5)
        #expect(received.nextVisibleTime.milliseconds == start + 5 + 30_000)
        #expect(received.dequeueCount == 1)
    }

    @Test(
        "a leased message is hidden until its visibility timeout is over, to the millisecond",
        arguments: [
            (29_999, []), (30_000, ["A"]),
        ] as [(Int64, [String])])
    func leaseEnds(after: Int64, visible: [String]) throws {
        var queue = try Sample.machine()
        _ = queue.send(Sample.message("A"), at: start)
        _ = queue.receive(upTo: 1, at: start)
        #expect(queue.receive(upTo: 1, at: start + after).ids == visible)
    }

    @Test("each receive counts, keeps the first dequeue time and gives a new handle")
    func receivedAgain() throws {
        var queue = try Sample.machine()
        _ = queue.send(Sample.message("A"), at: start)
        let first = queue.receive(upTo: 1, at: start + 7)[0]
        let second = queue.receive(upTo: 1, at: start + 40_000)[0]
        #expect(second.dequeueCount == 2)
        #expect(second.firstDequeueTime == first.firstDequeueTime)
        #expect(second.nextVisibleTime.milliseconds == start + 70_000)
        #expect(second.receiptHandle != first.receiptHandle)
    }

    @Test("messages leave by priority, those of one priority by age")
    func order() throws {
        var queue = try Sample.machine()
        for (name, priority) in [("A8", 8), ("B16", 16), ("C1", 1), ("D8", 8), ("E1", 1)] {
            _ = queue.send(Sample.message(name, priority: priority), at: start)
        }
        #expect(queue.receive(upTo: 16, at: start).ids == ["C1", "E1", "A8", "D8", "B16"])
    }

    @Test("a message whose lease ended goes before younger ones")
    func returnedGoesFirst() throws {
        var queue = try Sample.machine()
        _ = queue.send(Sample.message("old"), at: start)
        _ = queue.receive(upTo: 1, at: start)
        _ = queue.send(Sample.message("young"), at: start + 1)
        #expect(queue.receive(upTo: 2, at: start + 30_000).ids == ["old", "young"])
    }

    @Test("a receive takes what is there, up to what was asked for")
    func partialBatch() throws {
        var queue = try Sample.machine()
        for name in ["A", "B", "C"] { _ = queue.send(Sample.message(name), at: start) }
        #expect(queue.receive(upTo: 2, at: start).count == 2)
        #expect(queue.receive(upTo: 16, at: start).count == 1)
        #expect(queue.receive(upTo: 16, at: start).isEmpty)
    }

    @Test(
        "a delayed message is invisible until its delay is over; its own delay goes before the queue's",
        arguments: [
            (nil, 9_999, 0), (nil, 10_000, 1), (2, 1_999, 0), (2, 2_000, 1), (0, 0, 1),
        ] as [(Int?, Int64, Int)])
    func delay(own: Int?, after: Int64, visible: Int) throws {
        var queue = try Sample.machine(QueueSettings(delay: .seconds(10)))
        let sent = queue.send(Sample.message("A"), delay: own, at: start)
        #expect((sent.receiptHandle == nil) == (own == 0), "a handle for delayed messages only")
        #expect(queue.receive(upTo: 1, at: start + after).count == visible)
    }

    @Test("the handle of a delayed message deletes or re-times it, and dies when the message becomes visible")
    func delayedHandle() throws {
        var queue = try Sample.machine()
        let deleted = try #require(queue.send(Sample.message("A"), delay: 10, at: start).receiptHandle)
        let retimed = try #require(queue.send(Sample.message("B"), delay: 10, at: start).receiptHandle)
        let lapsed = try #require(queue.send(Sample.message("C"), delay: 10, at: start).receiptHandle)
        try queue.delete(deleted, at: start + 9_999)
        let renewed = try queue.changeVisibility(of: retimed, to: 60, at: start + 5_000)
        #expect(renewed.nextVisibleTime.milliseconds == start + 65_000)
        #expect(queue.counts == QueueCounts(delayed: 2))
        #expect(throws: QueueRefusal.messageNotExist) { try queue.delete(lapsed, at: start + 10_000) }
        #expect(queue.receive(upTo: 3, at: start + 64_999).ids == ["C"])
        #expect(queue.receive(upTo: 3, at: start + 65_000).ids == ["B"])
    }

    @Test("retention counts from the send, in every state", arguments: ["delayed", "active", "inactive", "re-timed"])
    func retention(state: String) throws {
        var queue = try Sample.machine(QueueSettings(retention: .seconds(60)))
        _ = queue.send(Sample.message("A"), delay: state == "delayed" ? 100 : 0, at: start)
        if state == "inactive" || state == "re-timed" {
            let handle = queue.receive(upTo: 1, at: start + 50_000)[0].receiptHandle
            if state == "re-timed" { _ = try queue.changeVisibility(of: handle, to: 43_200, at: start + 50_000) }
        }
        queue.advance(to: start + 59_999)
        #expect(queue.counts.total == 1)
        queue.advance(to: start + 60_000)
        #expect(queue.counts.total == 0)
        #expect(queue.receive(upTo: 1, at: start + 200_000).isEmpty)
    }

    @Test("new settings hold for later sends and receives, not for messages there")
    func settingsHoldForLater() throws {
        var queue = try Sample.machine()
        _ = queue.send(Sample.message("A"), at: start)
        let leased = queue.receive(upTo: 1, at: start)[0]
        queue.set(QueueSettings(delay: .seconds(5), visibilityTimeout: .seconds(2)))
        #expect(queue.receive(upTo: 1, at: start + 29_999).isEmpty)
        try queue.delete(leased.receiptHandle, at: start + 29_999)
        #expect(queue.send(Sample.message("B"), at: start).receiptHandle != nil)
        #expect(queue.receive(upTo: 1, at: start + 40_000)[0].nextVisibleTime.milliseconds == start + 42_000)
    }

    @Test("peek shows active messages in order and changes nothing")
    func peek() throws {
        var queue = try Sample.machine()
        for (name, priority) in [("A", 8), ("B", 2), ("C", 8)] { _ = queue.send(Sample.message(name, priority: priority), at: start) }
        _ = queue.send(Sample.message("late"), delay: 5, at: start)
        let before = queue.counts
        let peeked = queue.peek(upTo: 16, at: start + 1)
        #expect(peeked.ids == ["B", "A", "C"])
        #expect(queue.peek(upTo: 2, at: start + 1).ids == ["B", "A"])
        #expect(peeked.allSatisfy { $0.dequeueCount == 0 && $0.firstDequeueTime == $0.enqueueTime })
        #expect(queue.counts == before)
        #expect(queue.receive(upTo: 16, at: start + 1).map(\.dequeueCount) == [1, 1, 1])
        #expect(queue.peek(upTo: 16, at: start + 1).isEmpty, "leased messages are not shown")
    }

    @Test("counts follow the states")
    func counts() throws {
        var queue = try Sample.machine()
        for name in ["A", "B", "C"] { _ = queue.send(Sample.message(name), at: start) }
        _ = queue.send(Sample.message("D"), delay: 10, at: start)
        let leased = queue.receive(upTo: 2, at: start)
        #expect(queue.counts == QueueCounts(active: 1, inactive: 2, delayed: 1))
        try queue.delete(leased[0].receiptHandle, at: start)
        #expect(queue.counts == QueueCounts(active: 1, inactive: 1, delayed: 1))
        queue.advance(to: start + 10_000)
        #expect(queue.counts == QueueCounts(active: 2, inactive: 1))
        queue.advance(to: start + 30_000)
        #expect(queue.counts == QueueCounts(active: 3))
    }

    @Test("the next wake is the first end of a delay or a lease that still holds")
    func nextWake() throws {
        var queue = try Sample.machine()
        #expect(queue.nextWake(at: start) == nil)
        _ = queue.send(Sample.message("A"), at: start)
        #expect(queue.nextWake(at: start) == nil, "an active message needs no wake")
        let leased = queue.receive(upTo: 1, at: start)[0]
        #expect(queue.nextWake(at: start) == start + 30_000)
        _ = queue.send(Sample.message("B"), delay: 5, at: start)
        #expect(queue.nextWake(at: start) == start + 5_000)
        #expect(queue.nextWake(at: start + 5_000) == start + 30_000)
        let renewed = try queue.changeVisibility(of: leased.receiptHandle, to: 100, at: start + 5_000)
        #expect(queue.nextWake(at: start + 5_000) == start + 105_000)
        try queue.delete(renewed.handle, at: start + 5_000)
        #expect(queue.nextWake(at: start + 5_000) == nil)
    }

    @Test("a lease handed back leaves no trace: active again, not counted, its handle dead")
    func handBack() throws {
        var queue = try Sample.machine()
        _ = queue.send(Sample.message("A"), at: start)
        let lost = queue.receive(upTo: 1, at: start + 1)[0]
        queue.handBack(lost.receiptHandle, at: start + 2)
        #expect(queue.counts == QueueCounts(active: 1))
        #expect(throws: QueueRefusal.messageNotExist) { try queue.delete(lost.receiptHandle, at: start + 2) }
        let next = queue.receive(upTo: 1, at: start + 9)[0]
        #expect(next.dequeueCount == 1)
        #expect(next.firstDequeueTime.milliseconds == start + 9)
        queue.handBack(lost.receiptHandle, at: start + 10)
        #expect(queue.counts == QueueCounts(inactive: 1), "a dead handle has nothing to hand back")
    }
}
