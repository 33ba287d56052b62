import Foundation
import Testing
import WorkerCore

@testable import WorkerStore

struct SQLiteDeliveryLedgerTests {
    private let directory: TemporaryDirectory
    private let clock = TestClock()

    init() throws { directory = try TemporaryDirectory() }

    /// A ledger over connections of its own, as another process has them.
    private func ledger() throws -> SQLiteDeliveryLedger {
        SQLiteDeliveryLedger(try StateDatabase.open(directory: directory.path)) { [clock] in clock.now }
    }

    @Test("a message that never ended badly has an empty history")
    func unknown() async throws {
        #expect(try await ledger().history(of: Sample.key()) == DeliveryHistory())
    }

    @Test("processes count the bad ends of a message together, and number them")
    func sharedCount() async throws {
        let (first, second) = (try ledger(), try ledger())
        let counts = [
            try await first.record(LedgerEntry(badEnd: Sample.attempt(error: "one")), of: Sample.key()).attempts.count,
            try await second.record(LedgerEntry(badEnd: Sample.attempt(error: "two")), of: Sample.key()).attempts.count,
            try await first.record(LedgerEntry(badEnd: Sample.attempt(error: "three")), of: Sample.key()).attempts.count,
        ]
        #expect(counts == [1, 2, 3])
        let attempts = try await second.history(of: Sample.key()).attempts
        #expect(attempts.map(\.number) == [1, 2, 3])
        #expect(attempts.map(\.error) == ["one", "two", "three"])
    }

    @Test("no bad end is lost when processes record at the same moment")
    func concurrentRecords() async throws {
        let ledgers = [try ledger(), try ledger(), try ledger()]
        let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<30 {
                let ledger = ledgers[index % 3]
                group.addTask { try await ledger.record(LedgerEntry(badEnd: Sample.attempt()), of: Sample.key()).attempts.count }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(numbers == Set(1...30))
    }

    @Test("succeeded handlers add up, a new waiting time replaces the old one")
    func succeededAndNotBefore() async throws {
        let ledger = try ledger()
        _ = try await ledger.record(LedgerEntry(succeeded: ["a"], notBefore: Sample.kept), of: Sample.key())
        let second = try await ledger.record(LedgerEntry(badEnd: Sample.attempt(), succeeded: ["b"]), of: Sample.key())
        #expect(second.succeeded == ["a", "b"])
        #expect(second.notBefore == nil)
        let third = try await ledger.record(LedgerEntry(notBefore: Sample.start), of: Sample.key())
        #expect(third.notBefore == Sample.start)
        #expect(try await ledger.history(of: Sample.key()) == third)
        #expect(third.attempts == [Sample.attempt(1).at(Sample.attempt().time)])
    }

    @Test("the same message id in another queue is another message")
    func queuesApart() async throws {
        let ledger = try ledger()
        _ = try await ledger.record(LedgerEntry(badEnd: Sample.attempt()), of: Sample.key("A1", queue: "one"))
        #expect(try await ledger.history(of: Sample.key("A1", queue: "two")).attempts.isEmpty)
    }

    @Test("a message whose letter is kept, in the database or in a queue, is known to be dead-lettered")
    func deadLettered() async throws {
        let database = try StateDatabase.open(directory: directory.path)
        let ledger = try ledger()
        #expect(try await !ledger.history(of: Sample.key()).isDeadLettered)
        try await SQLiteDeadLetterStore(database).keep(Sample.letter())
        #expect(try await ledger.history(of: Sample.key()).isDeadLettered)
        try await SentDeadLetters(database).add(Sample.key("B2"), sentAs: "D1")
        #expect(try await ledger.history(of: Sample.key("B2")).isDeadLettered)
        #expect(try await !ledger.history(of: Sample.key("A1", queue: "other")).isDeadLettered)
    }

    @Test("a forgotten message starts anew, its dead letter stays")
    func forget() async throws {
        let database = try StateDatabase.open(directory: directory.path)
        let ledger = try ledger()
        _ = try await ledger.record(LedgerEntry(badEnd: Sample.attempt()), of: Sample.key())
        _ = try await ledger.record(LedgerEntry(badEnd: Sample.attempt()), of: Sample.key("B2"))
        try await SQLiteDeadLetterStore(database).keep(Sample.letter())
        try await ledger.forget(Sample.key())
        let history = try await ledger.history(of: Sample.key())
        #expect(history.attempts.isEmpty)
        #expect(history.isDeadLettered)
        #expect(try await ledger.history(of: Sample.key("B2")).attempts.count == 1)
    }

    @Test("pruning removes what is older than any message can be, and nothing else")
    func prune() async throws {
        let ledger = try ledger()
        _ = try await ledger.record(LedgerEntry(badEnd: Sample.attempt()), of: Sample.key("old"))
        clock.advance(by: 7 * 86_400)
        _ = try await ledger.record(LedgerEntry(badEnd: Sample.attempt()), of: Sample.key("new"))
        #expect(try await ledger.prune() == 0)
        clock.advance(by: 86_401)
        #expect(try await ledger.prune() == 1)
        #expect(try await ledger.history(of: Sample.key("old")).attempts.isEmpty)
        #expect(try await ledger.history(of: Sample.key("new")).attempts.count == 1)
    }
}

extension AttemptRecord {
    fileprivate func at(_ time: Date) -> AttemptRecord {
        var attempt = self
        attempt.time = time
        return attempt
    }
}
