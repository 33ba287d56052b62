import SMQProtocol
import Synchronization
import Testing

@testable import LocalSMQ

/// The broker with a clock that stands still and alarms that go off when the test says so.
@Suite(.timeLimit(.minutes(1))) struct MessageBrokerTests {
    private final class World: Sendable {
        let now = Mutex(Sample.start)
        let alarms = Mutex<[(at: Int64, action: @Sendable () -> Void)]>([])

        func broker() throws -> MessageBroker {
            let broker = MessageBroker(
                directory: try QueueDirectory(newTicket: Sample.tickets()), now: { self.now.withLock { $0 } },
                alarm: { delay, action in self.alarms.withLock { $0.append((self.now.withLock { $0 } + delay, action)) } })
            _ = try broker.create("jobs", QueueSettings())
            return broker
        }

        /// Moves the clock and lets the alarms that are due go off.
        func pass(_ milliseconds: Int64) {
            let now = now.withLock { now in
                now += milliseconds
                return now
            }
            let due = alarms.withLock { alarms in
                defer { alarms.removeAll { $0.at <= now } }
                return alarms.filter { $0.at <= now }
            }
            for alarm in due { alarm.action() }
        }
    }

    private let world = World()

    private func poll(_ broker: MessageBroker, upTo maximum: Int = 16) throws -> LongPoll {
        guard case .waiting(let poll, 20) = try broker.receive(from: "jobs", upTo: maximum, wait: 20) else {
            throw NotWaiting()
        }
        return poll
    }

    private func send(_ name: String, delay: Int = 0, to broker: MessageBroker) throws {
        _ = try broker.with("jobs") { queue, now in queue.send(Sample.message(name), delay: delay, at: now) }
    }

    private struct NotWaiting: Error {}

    @Test("a send wakes the poll that has waited longest, and only that one")
    func sendWakes() async throws {
        let broker = try world.broker()
        let first = try poll(broker)
        let second = try poll(broker)
        try send("A", to: broker)
        #expect(await first.outcome().ids == ["A"])
        try send("B", to: broker)
        #expect(await second.outcome().ids == ["B"])
    }

    @Test("a batch is shared out over those in line")
    func batchShared() async throws {
        let broker = try world.broker()
        let first = try poll(broker, upTo: 2)
        let second = try poll(broker, upTo: 2)
        try broker.with("jobs") { queue, now in
            for name in ["A", "B", "C"] { _ = queue.send(Sample.message(name), at: now) }
        }
        #expect(await first.outcome().ids == ["A", "B"])
        #expect(await second.outcome().ids == ["C"])
    }

    @Test("a delay that ends wakes a poll, whether the message or the poll was there first", arguments: [false, true])
    func delayWakes(pollFirst: Bool) async throws {
        let broker = try world.broker()
        let waiting = pollFirst ? try poll(broker) : nil
        try send("A", delay: 5, to: broker)
        let poll = try waiting ?? poll(broker)
        world.pass(4_999)
        #expect(try broker.attributes(of: "jobs").delayedMessages == 1)
        world.pass(1)
        #expect(await poll.outcome().ids == ["A"])
    }

    @Test("a lease that ends wakes a poll, also one that a visibility change shortened", arguments: [false, true])
    func leaseWakes(shortened: Bool) async throws {
        let broker = try world.broker()
        try send("A", to: broker)
        guard case .messages(let leased) = try broker.receive(from: "jobs", upTo: 1, wait: 0) else { throw NotWaiting() }
        let poll = try poll(broker)
        if shortened {
            _ = try broker.with("jobs") { queue, now throws(QueueRefusal) in
                try queue.changeVisibility(of: leased[0].receiptHandle, to: 1, at: now)
            }
        }
        world.pass(shortened ? 1_000 : 30_000)
        #expect(await poll.outcome().ids == ["A"])
    }

    @Test("a receive that comes later does not overtake a poll when a lease has just ended")
    func noOvertaking() async throws {
        let broker = try world.broker()
        try send("A", to: broker)
        _ = try broker.receive(from: "jobs", upTo: 1, wait: 0)
        let waiting = try poll(broker)
        world.now.withLock { $0 += 30_000 }  // the alarm has not gone off yet
        guard case .empty = try broker.receive(from: "jobs", upTo: 1, wait: 0) else { throw NotWaiting() }
        #expect(await waiting.outcome().ids == ["A"])
    }

    @Test("a poll that has left leases nothing")
    func gone() async throws {
        let broker = try world.broker()
        let left = try poll(broker)
        let staying = try poll(broker)
        broker.leave(left)
        #expect(await left.outcome().ids == [])
        try send("A", to: broker)
        #expect(await staying.outcome().ids == ["A"])
        broker.leave(staying)
        #expect(try broker.attributes(of: "jobs").inactiveMessages == 1, "leaving afterwards has no effect")
    }

    @Test("messages handed back go to the next in line as if never received")
    func handedBack() async throws {
        let broker = try world.broker()
        try send("A", to: broker)
        guard case .messages(let lost) = try broker.receive(from: "jobs", upTo: 1, wait: 0) else { throw NotWaiting() }
        let poll = try poll(broker)
        broker.handBack(lost, to: "jobs")
        guard case .messages(let received) = await poll.outcome() else { throw NotWaiting() }
        #expect(received.map(\.dequeueCount) == [1])
    }

    @Test("deleting the queue ends its polls")
    func queueDeleted() async throws {
        let broker = try world.broker()
        let poll = try poll(broker)
        try broker.delete(queue: "jobs")
        guard case .queueDeleted = await poll.outcome() else { throw NotWaiting() }
    }

    @Test("an absent wait is the queue's polling wait, and a wait of 0 answers at once")
    func waits() throws {
        let broker = try world.broker()
        try broker.set(QueueSettings(pollingWait: .seconds(7)), of: "jobs")
        guard case .waiting(_, seconds: 7) = try broker.receive(from: "jobs", upTo: 1, wait: nil) else { throw NotWaiting() }
        guard case .empty = try broker.receive(from: "jobs", upTo: 1, wait: 0) else { throw NotWaiting() }
    }

    @Test("alarms are set only while somebody waits, and not once more for each poll")
    func alarms() throws {
        let broker = try world.broker()
        try send("A", delay: 5, to: broker)
        #expect(world.alarms.withLock { $0.count } == 0)
        for _ in 0..<10 { _ = try poll(broker) }
        #expect(world.alarms.withLock { $0.count } == 1)
    }
}

extension LongPoll.Outcome {
    /// Of the messages leased; nil for a deleted queue.
    fileprivate var ids: [String]? {
        switch self {
        case .messages(let messages): messages.ids
        case .empty: []
        case .queueDeleted: nil
        }
    }
}
