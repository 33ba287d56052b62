import Foundation
import Synchronization
import TestSupport
import Testing
import WorkerStore

@testable import StreamServices

/// Over a real store, with time that leaps and a storage in memory.
@Suite("Manifests follow their recordings", .timeLimit(.minutes(1))) final class ManifestKeeperTests {
    /// Holds what a test puts there, and counts who asks.
    private final class Storage: IndexSource {
        let files = Mutex<[String: String]>([:])
        let looks = Mutex(0)

        func names(in folders: Set<String>) async throws(IndexSourceError) -> [String]? {
            looks.withLock { $0 += 1 }
            return files.withLock { Array($0.keys) }
        }

        func read(_ name: String) async throws(IndexSourceError) -> [UInt8] {
            guard let text = files.withLock({ $0[name] }) else { throw .missing }
            return Array(text.utf8)
        }

        func holds(_ name: String) async throws(IndexSourceError) -> Bool { files.withLock { $0[name] != nil } }
    }

    private let folder = NSTemporaryDirectory() + "manifest-keeper-" + UUID().uuidString
    private let clock = LeapingClock()
    private let log = RecordingLog()
    private let storage = Storage()
    private let database: StateDatabase
    private var facts: SQLiteStreamFacts { SQLiteStreamFacts(database) }
    private var queue: SQLiteManifestQueue { SQLiteManifestQueue(database) }
    private var out: String { folder + "/recordings" }
    private var looks: Int { storage.looks.withLock { $0 } }

    init() throws { database = try StateDatabase.open(directory: folder) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func keeper(_ source: (any IndexSource)?, out: String? = nil, owner: String = "one") -> ManifestKeeper {
        ManifestKeeper(
            RecordingManifestWriter(facts: facts, source: source, folder: out ?? self.out), queue: queue, clock: clock, owner: owner,
            logger: log.logger)
    }

    private func hear(_ facts: some Sequence<StreamFact>) async throws { for fact in facts { try await self.facts.write(fact) } }

    private func pass(_ seconds: Int) async { await clock.sleep(until: clock.now + .seconds(seconds)) }

    private func manifest(_ sid: String = RecordingBench.sid) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: "\(out)/\(sid).json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func begun() async throws -> RecordingBench {
        try await facts.link(LinkedRecordings(show: .init("evening"), sids: [RecordingBench.sid]))
        var bench = RecordingBench()
        bench.event(40, at: 0)
        return bench
    }

    private func put(_ files: [String: String]) { storage.files.withLock { $0.merge(files) { $1 } } }

    @Test("the last events come when nothing is wanted any more, and are in the manifest")
    func afterTheEnd() async throws {
        let wish = RecordingWish(
            name: "evening", cname: "room", mode: .mix, uids: ["700001", "700002"], until: .forever,
            start: RecordingSpec(storageConfig: .init(vendor: 1, region: 1, bucket: "b", accessKey: "k", secretKey: "s")))
        let tasks = SQLiteTasks(database)
        try await tasks.add([RecordingRecord(wish)], at: 0) { _ in }
        var bench = try await begun()
        try await hear(bench.facts)
        let keeper = keeper(storage)
        await keeper.turn()
        #expect(try manifest()["isComplete"] as? Bool == false)
        // Stopped by its own end time: nobody works on the wish again.
        let claimed: ClaimedTask<RecordingRecord>? = try await tasks.claim(
            RecordingRecord.self, named: "evening", .cloudRecording, by: "one", at: 1, until: 2)
        try await tasks.release(try #require(claimed), by: "one", at: 1, due: nil)
        put([bench.name(".m3u8"): bench.index(from: 0, count: 4)])
        bench.event(41, "\"leaveCode\":2", at: 60)
        bench.event(11, "\"exitStatus\":0", at: 61)
        bench.uploaded([bench.name(".m3u8")], at: 62)
        try await hear(bench.facts.dropFirst())
        await pass(30)
        await keeper.turn()
        #expect(try manifest()["isComplete"] as? Bool == true)
        #expect(try await tasks.all(RecordingRecord.self).map(\.due) == [nil], "what is over stays over")
    }

    @Test("a recording is written at once and then every 30 s at most, however much is heard of it, and not if nothing is")
    func coalesced() async throws {
        var bench = try await begun()
        for second in 1...20 { bench.event(33, "\"progress\":\(second)", at: Int64(second)) }
        let keeper = keeper(storage)
        for fact in bench.facts {
            try await hear([fact])
            await keeper.turn()
            await pass(2)
        }
        #expect(looks == 2)
        await pass(30)
        await keeper.turn()
        await pass(60)
        await keeper.turn()
        #expect(looks == 3)
    }

    @Test("what the storage gets without a word is found after 10 minutes, then ever more rarely; a complete recording is left alone")
    func deliveredLater() async throws {
        var bench = try await begun()
        bench.uploaded([bench.name(".m3u8")], event: 32, at: 60)
        try await hear(bench.facts)
        let keeper = keeper(storage)
        await keeper.turn()
        for minutes in [10, 20, 40, 80] {
            await pass(minutes * 60 - 1)
            await keeper.turn()
            let before = looks
            await pass(1)
            await keeper.turn()
            #expect(looks == before + 1, "after \(minutes) minutes")
        }
        let slices = (0..<2).map { (bench.slice(RecordingBench.start + $0 * 15_000), "x") }
        put([bench.name(".m3u8"): bench.index(from: 0, count: 2)].merging(slices) { $1 })
        await pass(160 * 60)
        await keeper.turn()
        #expect(try manifest()["isComplete"] as? Bool == true)
        let before = looks
        for _ in 0..<20 {
            await pass(6 * 3600)
            await keeper.turn()
        }
        #expect(looks == before)
    }

    @Test("what never gets complete is looked at for a week, and again when something is heard")
    func givenUp() async throws {
        var bench = try await begun()
        try await hear(bench.facts)
        let keeper = keeper(storage)
        for _ in 0..<60 {
            await keeper.turn()
            await pass(6 * 3600)
        }
        #expect(looks == 33)
        bench.event(41, at: 9)
        try await hear(bench.facts.dropFirst())
        await keeper.turn()
        #expect(looks == 34)
    }

    @Test("recordings that nobody here wants have no manifest until somebody asks for it; one that is ours by and by has")
    func others() async throws {
        var bench = RecordingBench()
        bench.event(40, at: 0)
        try await hear(bench.facts)
        let keeper = keeper(nil)
        await keeper.turn()
        #expect(!FileManager.default.fileExists(atPath: out))
        try await facts.link(LinkedRecordings(show: .init("evening"), sids: [bench.sid]))
        await keeper.turn()
        #expect(try manifest()["sid"] as? String == bench.sid)
    }

    @Test("a manifest that cannot be written is said once, tried again every minute, and nothing that was heard is lost")
    func failing() async throws {
        try await hear(try await begun().facts)
        try "x".write(toFile: folder + "/file", atomically: false, encoding: .utf8)
        let failing = keeper(storage, out: folder + "/file/out")
        for _ in 0..<3 {
            await failing.turn()
            await pass(60)
        }
        #expect(log.lines.count == 1 && log.lines[0].contains("sid=\(RecordingBench.sid)") && looks == 3)
        await keeper(storage).turn()
        #expect(try manifest()["sid"] as? String == RecordingBench.sid)
    }

    @Test("of several processes one has a recording's turn, and when it dies another one has")
    func claims() async throws {
        try await hear(try await begun().facts)
        let turn = try #require(try await queue.claim(by: "one", at: 1000, until: 181_000))
        #expect(turn.sid == RecordingBench.sid && turn.looks == 0)
        #expect(try await queue.claim(by: "two", at: 180_999, until: 400_000) == nil)
        #expect(try await queue.claim(by: "two", at: 181_000, until: 400_000) == turn)
        // Too late: it is somebody else's.
        try await queue.release(turn, by: "one", .init(isWritten: true, rest: 0, look: nil))
        #expect(try await queue.claim(by: "three", at: 399_999, until: 500_000) == nil)
        try await queue.release(turn, by: "two", .init(isWritten: false, rest: 200_000, look: nil))
        #expect(try await queue.claim(by: "three", at: 199_999, until: 500_000) == nil)
        #expect(try await queue.claim(by: "three", at: 200_000, until: 500_000) == turn)
        try await queue.release(turn, by: "three", .init(isWritten: true, rest: 0, look: nil))
        #expect(try await queue.claim(by: "one", at: 900_000, until: 910_000) == nil)
    }

    @Test("recordings of which nothing is known any more are forgotten")
    func pruned() async throws {
        try await hear(try await begun().facts)
        try await facts.prune(at: RecordingBench.start + 100 * 86_400_000)
        #expect(try await queue.claim(by: "one", at: 1000, until: 2000) == nil)
    }
}
