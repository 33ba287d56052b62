import Foundation
import SMQProtocol
import Synchronization
import TestSupport
import Testing
import WorkerCore
import WorkerStore

@testable import Bridge

@Suite("The pump", .timeLimit(.minutes(1))) struct PumpTests {
    private final class Claim: PumpClaim {
        let isFree = Mutex(true)
        func take(for time: Duration) async throws -> Bool { isFree.withLock { $0 } }
        func giveBack() async throws {}
    }

    private final class Folder: Sendable {
        let path = FileManager.default.temporaryDirectory.appending(path: "bridge-\(UUID().uuidString)").path
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private let folder = Folder()
    private let clock = ManualClock()
    private let queue: ScriptedQueue
    private let store: SQLiteDeadLetterStore
    private let claim = Claim()
    private let pump: Pump
    private let database: StateDatabase

    init() throws {
        queue = ScriptedQueue(clock: clock)
        database = try StateDatabase.open(directory: folder.path)
        store = SQLiteDeadLetterStore(database)
        pump = Pump(
            desk: store, claim: claim, queue: queue, label: "events", clock: clock,
            trouble: BridgeTrouble(logger: RecordingLog().logger, clock: clock))
    }

    private func keep(_ bodies: [String], _ reason: DeadLetter.Reason = .pushFailed, queue: String = "events") async throws {
        for body in bodies {
            try await store.keep(
                DeadLetter(
                    key: MessageKey(queue: queue, messageID: "bridge-\(UUID().uuidString)"), body: Array(body.utf8), eventType: nil,
                    reason: reason, error: nil, attempts: [], enqueued: Date(), firstReceived: Date(), lastReceived: Date(), dequeueCount: 0
                ))
        }
    }

    @Test("brings what could not be pushed to the queue, oldest first, each once, and nothing else")
    func brings() async throws {
        try await keep(["1", "2", "3"])
        try await keep(["large"], .tooLarge)
        try await keep(["other"], queue: "another")
        try await keep(["attempts"], .attemptsExhausted)
        #expect(await pump.round() == .idle)
        #expect(queue.bodies == ["1", "2", "3"])
        #expect(await pump.round() == .idle)
        #expect(queue.bodies == ["1", "2", "3"])
    }

    @Test("knows what waits for it, and what waits for queues of other names and stays there")
    func waiting() async throws {
        try await keep(["1", "2"])
        try await keep(["other"], queue: "another")
        try await keep(["large"], .tooLarge)
        #expect(try await pump.waiting() == (2, 1))
        #expect(await pump.round() == .idle)
        #expect(try await pump.waiting() == (0, 1))
    }

    @Test("stops at the first that the queue does not take, and begins there again")
    func outage() async throws {
        try await keep(["1", "2", "3"])
        queue.fail { call in
            if case .send(let bodies) = call, bodies == [Array("2".utf8)] { return .refuse(.internalError, status: 500) }
            return nil
        }
        #expect(await pump.round() == .failed)
        #expect(queue.bodies == ["1"])
        queue.fail(nil)
        #expect(await pump.round() == .idle)
        #expect(queue.bodies == ["1", "2", "3"])
    }

    @Test("goes past a notice that the queue refuses for what it is")
    func refused() async throws {
        try await keep(["bad", "1", "2"])
        queue.fail { call in
            if case .send(let bodies) = call, bodies == [Array("bad".utf8)] { return .refuse(.invalidArgument, status: 400) }
            return nil
        }
        #expect(await pump.round() == .idle)
        #expect(queue.bodies == ["1", "2"])
        let sends = queue.calls.count
        #expect(await pump.round() == .idle)
        #expect(queue.calls.count == sends, "it is not tried again and again")
    }

    @Test("does nothing while another process pumps")
    func claimed() async throws {
        try await keep(["1"])
        claim.isFree.withLock { $0 = false }
        #expect(await pump.round() == .idle)
        #expect(queue.count == 0)
    }

    @Test("a claim is one process's, until it gives it back or its time is over")
    func claims() async throws {
        let time = Mutex(Date())
        let now = { @Sendable in time.withLock { $0 } }
        let one = SQLiteClaim(database, name: "pump", owner: "one", now: now)
        let two = SQLiteClaim(database, name: "pump", owner: "two", now: now)
        #expect(try await one.take(for: .seconds(10)))
        #expect(try await one.take(for: .seconds(10)), "it may be kept")
        #expect(try await !two.take(for: .seconds(10)))
        try await two.giveBack()
        #expect(try await !two.take(for: .seconds(10)), "only its owner gives it back")
        try await one.giveBack()
        #expect(try await two.take(for: .seconds(10)))
        time.withLock { $0 += 11 }
        #expect(try await one.take(for: .seconds(10)), "after a crash")
    }
}
