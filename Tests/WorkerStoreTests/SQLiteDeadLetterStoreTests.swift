import Foundation
import SMQProtocol
import Testing
import WorkerCore

@testable import WorkerStore

struct SQLiteDeadLetterStoreTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteDeadLetterStore
    private let clock = TestClock()

    init() throws {
        directory = try TemporaryDirectory()
        store = SQLiteDeadLetterStore(try StateDatabase.open(directory: directory.path)) { [clock] in clock.now }
    }

    @Test("a letter comes back with everything that was kept, byte by byte")
    func everything() async throws {
        let properties = [MessageProperty(name: "kind", value: "a\u{0}b/ü"), MessageProperty(name: "n", value: "7", type: "NUMBER")]
        let letter = Sample.letter(body: Array(0...255), properties: properties, replayedFrom: "F0")
        try await store.keep(letter)
        let stored = try await store.show("1")
        #expect(stored.letter == letter)
        #expect(stored.kept == clock.now)
        #expect(stored.replay == nil)
    }

    @Test("bodies of any size are kept exactly", arguments: [0, 1, 65_536, 1_000_000])
    func sizes(count: Int) async throws {
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await store.keep(Sample.letter(body: body))
        #expect(try await store.show("A1").letter.body == body)
    }

    @Test("a letter without type, error and attempts is kept")
    func sparse() async throws {
        let letter = Sample.letter(type: nil, reason: .undecodable, error: nil, attempts: [])
        try await store.keep(letter)
        #expect(try await store.show("1").letter == letter)
    }

    @Test("a zero character in an error does not cut the rest off")
    func zeroCharacter() async throws {
        try await store.keep(Sample.letter(error: "a\u{0}b"))
        #expect(try await store.show("1").letter.error == "a\u{FFFD}b")
    }

    @Test("keeping the same message again changes nothing, from another process and with other content neither")
    func idempotence() async throws {
        try await store.keep(Sample.letter())
        let first = try await store.show("1")
        clock.advance(by: 5)
        let other = SQLiteDeadLetterStore(try StateDatabase.open(directory: directory.path)) { [clock] in clock.now }
        try await other.keep(Sample.letter(reason: .undecodable, error: "another"))
        #expect(try await store.list(DeadLetterSelection()) == [first])
    }

    @Test("the same message id in two queues makes two letters")
    func queuesApart() async throws {
        try await store.keep(Sample.letter(queue: "one"))
        try await store.keep(Sample.letter(queue: "two"))
        #expect(try await store.ids(DeadLetterSelection()) == ["2", "1"])
    }

    @Test("a letter of a cancelled task is kept when keep returns")
    func cancelled() async throws {
        let store = store
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            #expect(Task.isCancelled)
            try await store.keep(Sample.letter())
        }
        try await task.value
        #expect(try await store.ids(DeadLetterSelection()).count == 1)
    }

    @Test("a letter that cannot be written is an error, not a success")
    func failure() async throws {
        let database = try StateDatabase.open(directory: directory.path)
        try database.close()
        await #expect(throws: StateDatabaseError.self) { try await SQLiteDeadLetterStore(database).keep(Sample.letter()) }
    }
}
