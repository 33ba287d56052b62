import Foundation
import Testing
import WorkerCore

@testable import WorkerStore

struct SQLiteDeskTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteDeadLetterStore
    private let clock = TestClock()

    init() throws {
        directory = try TemporaryDirectory()
        store = SQLiteDeadLetterStore(try StateDatabase.open(directory: directory.path)) { [clock] in clock.now }
    }

    /// Letters 1 to 4, ten seconds apart; the third is replayed.
    private func fill() async throws {
        try await store.keep(Sample.letter("AA1", reason: .undecodable))
        clock.advance(by: 10)
        try await store.keep(Sample.letter("AB2", type: "FileUploadComplete"))
        clock.advance(by: 10)
        try await store.keep(Sample.letter("B_3", queue: "other"))
        clock.advance(by: 10)
        try await store.keep(Sample.letter("B%4", type: nil, reason: .undecodable))
        _ = try await store.replay("3", to: Outbox())
    }

    private static func selection(_ change: (inout DeadLetterSelection) -> Void) -> DeadLetterSelection {
        var selection = DeadLetterSelection()
        change(&selection)
        return selection
    }

    @Test(
        "each condition selects its letters, newest first",
        arguments: [
            (selection { _ in }, ["4", "3", "2", "1"]),
            (selection { $0.order = .oldestFirst }, ["1", "2", "3", "4"]),
            (selection { $0.queue = "other" }, ["3"]),
            (selection { $0.eventType = "FileUploadComplete" }, ["2"]),
            (selection { $0.reason = "undecodable" }, ["4", "1"]),
            (selection { $0.since = Sample.kept.addingTimeInterval(10) }, ["4", "3", "2"]),
            (selection { $0.until = Sample.kept.addingTimeInterval(10) }, ["1"]),
            (selection { $0.isReplayed = true }, ["3"]),
            (selection { $0.isReplayed = false }, ["4", "2", "1"]),
            (selection { $0.messageIDPrefix = "A" }, ["2", "1"]),
            (selection { $0.messageIDPrefix = "B%" }, ["4"]),
            (selection { $0.messageIDPrefix = "a" }, []),
            (selection { ($0.limit, $0.offset) = (2, 1) }, ["3", "2"]),
            (selection { $0.limit = 0 }, []),
            (selection { ($0.reason, $0.eventType) = ("undecodable", "TranscodeComplete") }, ["1"]),
            (selection { $0.reason = "' OR 1 = 1 --" }, []),
        ])
    func filters(selection: DeadLetterSelection, expected: [String]) async throws {
        try await fill()
        #expect(try await store.ids(selection) == expected)
        #expect(try await store.list(selection).map(\.id) == expected)
    }

    @Test("a listing longer than a page is complete, in order, and honours limit and offset", arguments: [true, false])
    func pages(newestFirst: Bool) async throws {
        for number in 1...250 { try await store.keep(Sample.letter("M\(number)")) }
        var selection = DeadLetterSelection()
        selection.order = newestFirst ? .newestFirst : .oldestFirst
        let all = newestFirst ? Array((1...250).reversed()) : Array(1...250)
        #expect(try await store.list(selection).map(\.id) == all.map { String($0) })
        (selection.limit, selection.offset) = (205, 30)
        #expect(try await store.list(selection).map(\.id) == all.dropFirst(30).prefix(205).map { String($0) })
    }

    @Test("letters that are dropped or kept during a listing neither hide nor double others", arguments: [true, false])
    func changesMeanwhile(newestFirst: Bool) async throws {
        for number in 1...150 { try await store.keep(Sample.letter("M\(number)")) }
        var selection = DeadLetterSelection()
        selection.order = newestFirst ? .newestFirst : .oldestFirst
        var seen: [String] = []
        try await store.forEach(selection) { letter in
            seen.append(letter.id)
            try #require(seen.count <= 150)
            _ = try await store.drop([letter.id])
            try await store.keep(Sample.letter("N\(seen.count)"))
        }
        #expect(Set(seen) == Set((1...150).map { String($0) }))
        #expect(seen.count == 150)
    }

    @Test("letters are counted by reason and type, the most frequent first")
    func counts() async throws {
        try await fill()
        try await store.keep(Sample.letter("C5", type: nil, reason: .undecodable))
        #expect(
            try await store.counts(DeadLetterSelection()) == [
                DeadLetterCount(reason: "undecodable", eventType: nil, count: 2),
                DeadLetterCount(reason: "attempts exhausted", eventType: "FileUploadComplete", count: 1),
                DeadLetterCount(reason: "attempts exhausted", eventType: "TranscodeComplete", count: 1),
                DeadLetterCount(reason: "undecodable", eventType: "TranscodeComplete", count: 1),
            ])
        #expect(try await store.counts(Self.selection { $0.queue = "other" }).map(\.count) == [1])
    }

    @Test("a letter is found by its number and by its message id")
    func show() async throws {
        try await fill()
        #expect(try await store.show("2").letter.key.messageID == "AB2")
        #expect(try await store.show("AB2").id == "2")
        await #expect(throws: DeadLetterDeskError.notFound("99")) { try await store.show("99") }
    }

    @Test("a message id that two queues share is not guessed")
    func ambiguous() async throws {
        try await store.keep(Sample.letter(queue: "one"))
        try await store.keep(Sample.letter(queue: "two"))
        await #expect(throws: DeadLetterDeskError.ambiguous("A1", ids: ["1", "2"])) { try await store.show("A1") }
        let report = try await store.drop(["A1"])
        #expect(report.failed.map(\.id) == ["A1"])
        #expect(try await store.ids(DeadLetterSelection()).count == 2)
    }

    @Test("drop removes exactly the letters named, says which were not there, and no number is given twice")
    func drop() async throws {
        try await fill()
        let report = try await store.drop(["4", "AA1", "77"])
        #expect(report == DropReport(dropped: ["4", "AA1"], missing: ["77"]))
        #expect(try await store.ids(DeadLetterSelection()) == ["3", "2"])
        try await store.keep(Sample.letter("Z"))
        #expect(try await store.ids(DeadLetterSelection()) == ["5", "3", "2"])
    }
}
