import Foundation
import Logging
import Synchronization
import TestSupport
import Testing
import WorkerStore

@testable import StreamServices

/// What is to be told reaches the queue, in order, whatever the queue says.
@Suite("Outbox of the stream services") final class OutboxTests {
    private struct Down: Error {}

    private final class Queue: Sendable {
        let taken = Mutex<[String]>([])
        let answer = Mutex<@Sendable (String) -> (any Error)?>({ _ in nil })

        func take(_ event: [UInt8]) throws {
            let text = String(decoding: event, as: UTF8.self)
            if let error = answer.withLock({ $0(text) }) { throw error }
            taken.withLock { $0.append(text) }
        }
    }

    private let queue = Queue()
    private let clock = LeapingClock()
    private let store: SQLiteTasks
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "outbox-tests-\(UUID().uuidString)").path
        store = SQLiteTasks(try StateDatabase.open(directory: folder))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func outbox() -> Outbox {
        Outbox(store, clock: clock, logger: RecordingLog().logger) { [queue] in try queue.take($0) }
    }

    private func post(_ texts: String...) async throws { for text in texts { try await store.post(Array(text.utf8)) } }

    @Test("events are sent in their order, and wait while the queue cannot be reached")
    func order() async throws {
        let outbox = outbox()
        try await post("a", "b", "c")
        queue.answer.withLock { $0 = { $0 == "b" ? Down() : nil } }
        await outbox.send()
        #expect(queue.taken.withLock { $0 } == ["a"])
        queue.answer.withLock { $0 = { _ in nil } }
        await outbox.send()
        #expect(queue.taken.withLock { $0 } == ["a", "b", "c"])
        #expect(try await store.unsent(atMost: 10).isEmpty)
    }

    @Test("an event that the queue refuses stays, is tried again after a minute, and keeps none behind it waiting")
    func refused() async throws {
        let outbox = outbox()
        try await post("a", "b", "c")
        let tries = Mutex(0)
        queue.answer.withLock {
            $0 = { text in
                guard text == "a" else { return nil }
                tries.withLock { $0 += 1 }
                return Outbox.Refusal("too long")
            }
        }
        for _ in 0..<3 { await outbox.send() }
        #expect(queue.taken.withLock { $0 } == ["b", "c"] && tries.withLock { $0 } == 1)
        queue.answer.withLock { $0 = { _ in nil } }
        await clock.sleep(until: clock.now + .seconds(61))
        await outbox.send()
        #expect(queue.taken.withLock { $0 } == ["b", "c", "a"])
    }

    @Test("one process sends at a time; another takes over when it is gone for a minute")
    func turns() async throws {
        try await post("a")
        let (first, second) = (outbox(), outbox())
        await first.send()
        try await post("b")
        await second.send()
        #expect(queue.taken.withLock { $0 } == ["a"])
        await clock.sleep(until: clock.now + .seconds(61))
        await second.send()
        #expect(queue.taken.withLock { $0 } == ["a", "b"])
    }
}
