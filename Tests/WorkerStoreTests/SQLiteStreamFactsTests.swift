import Foundation
import MediaEvents
import StreamServices
import Testing
import WorkerStore

@Suite("What was heard of streams", .timeLimit(.minutes(1))) struct SQLiteStreamFactsTests {
    private func fact(_ subject: String, _ identity: String, service: StreamService = .mediaPush, received: Int64 = 1) -> StreamFact {
        StreamFact(
            service: service, subject: subject, eventType: "media-push.3", identity: identity, happened: 1, received: received,
            body: Array("{}".utf8))
    }

    private func store() throws -> (SQLiteStreamFacts, remove: () -> Void) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "worker-store-tests-\(UUID().uuidString)").path
        let state = LazyState(directory: folder)
        return (SQLiteStreamFacts { try state.database() }, { try? FileManager.default.removeItem(atPath: folder) })
    }

    @Test("copies of one event are one fact, and ids are told apart without regard to case")
    func copies() async throws {
        let (facts, remove) = try store()
        defer { remove() }
        for identity in ["a", "b", "a"] { try await facts.write(fact("4C01", identity)) }
        try await facts.write(fact("4c01", "c"))
        try await facts.write(fact("4c01", "a", service: .mediaPull))
        let all = try await facts.facts(of: "4c01", .mediaPush, after: 0)
        #expect(all.map(\.identity) == ["a", "b", "c"])
        #expect(try await facts.facts(of: "4c01", .mediaPush, after: all[1].number).map(\.identity) == ["c"])
        #expect(try await facts.newest(.mediaPull)?.identity == "a")
    }

    @Test("recordings of one show are found by any of them, in their order")
    func shows() async throws {
        let (facts, remove) = try store()
        defer { remove() }
        try await facts.link(LinkedRecordings(show: .init("evening"), sids: ["s2", "s1"]))
        #expect(try await facts.show(of: "S1") == LinkedRecordings(show: .init("evening"), sids: ["s2", "s1"]))
        #expect(try await facts.show(of: "s9") == LinkedRecordings(show: nil, sids: ["s9"]))
    }

    @Test("a show's name may be used again, and by a second recording: each has its own recordings, in the folder that it says")
    func showsOfOneName() async throws {
        let (facts, remove) = try store()
        defer { remove() }
        let old = LinkedRecordings(show: .init("evening", wanted: 1), sids: ["a"])
        let new = LinkedRecordings(show: .init("evening", wanted: 2), sids: ["b", "c"], folder: "d/")
        let backup = LinkedRecordings(show: .init("evening", wanted: 2, isBackup: true), sids: ["e"])
        let unknown = LinkedRecordings(show: .init("evening"), sids: ["f"])
        for show in [old, new, backup, unknown] { try await facts.link(show) }
        for (sid, show) in [("a", old), ("b", new), ("c", new), ("E", backup), ("f", unknown)] {
            #expect(try await facts.show(of: sid) == show)
        }
        try await facts.link(LinkedRecordings(show: .init("evening", wanted: 2), sids: ["c"]))
        #expect(try await facts.show(of: "c").sids == ["c"])
        #expect(try await facts.show(of: "b").show == nil)
    }

    @Test("facts of streams are forgotten after two days, those of recordings after ninety")
    func pruned() async throws {
        let (facts, remove) = try store()
        defer { remove() }
        try await facts.write(fact("c1", "old"))
        try await facts.write(fact("r1", "old", service: .cloudRecording))
        try await facts.prune(at: 3 * 86_400_000)
        #expect(try await facts.facts(of: "c1", .mediaPush, after: 0).isEmpty)
        #expect(try await facts.facts(of: "r1", .cloudRecording, after: 0).count == 1)
    }
}
