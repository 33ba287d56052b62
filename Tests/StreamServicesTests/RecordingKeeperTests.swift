import Foundation
import Settings
import Synchronization
import TestSupport
import Testing
import WorkerStore

@testable import StreamServices

/// The engine over a real store and a service in memory, with time that leaps.
@Suite("Wanted recordings are kept alive", .timeLimit(.minutes(2))) struct RecordingKeeperTests {
    /// One project, its store, and a process that keeps its recordings.
    final class Project: Sendable {
        struct Tokens: TokenProvider {
            let lifetime: Duration
            func token(channel: String, user: TokenUser) async throws -> String { "token for \(user)" }
        }

        struct Addresses: StreamAddressCheck {
            func trouble(with address: String) async -> String? { nil }
        }

        let clock = LeapingClock()
        let agora = FakeRecordings()
        let store: SQLiteTasks
        let facts: SQLiteStreamFacts
        let told = Mutex<[Announcement]>([])
        private let log = RecordingLog()
        private let folder: String

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "keeper-tests-\(UUID().uuidString)").path
            let database = try StateDatabase.open(directory: folder)
            (store, facts) = (SQLiteTasks(database), SQLiteStreamFacts(database))
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        var client: AgoraClient {
            AgoraClient(
                http: agora, account: .init(key: "id", secret: Secret("secret")), directory: HostDirectory(AgoraSection()),
                rates: MemoryRates(), clock: clock, logger: log.logger, random: { 0.5 })
        }

        func studio(_ tokens: (any TokenProvider)? = nil) -> RecordingStudio {
            RecordingStudio(client, appID: "app", tokens: tokens, logger: log.logger)
        }

        func keeper(_ tokens: (any TokenProvider)? = nil) -> TaskKeeper {
            let hands = StreamHands(client, appID: "app", store: store, tokens: nil, addresses: Addresses(), clock: clock)
            let desk = TaskDesk(
                store: store, facts: facts, clock: clock, owner: "one", logger: log.logger, random: { 0.5 },
                listener: { announcement in self.told.withLock { $0.append(announcement) } })
            return TaskKeeper(desk, streams: hands, recordings: studio(tokens), outbox: nil)
        }

        func want(_ name: String, uids: [String] = ["1", "2"], _ change: (inout RecordingWish) -> Void = { _ in }) async throws {
            let storage = RecordingSpec.StorageConfig(vendor: 1, region: 1, bucket: "b", accessKey: "k", secretKey: "s")
            var wish = RecordingWish(
                name: name, cname: name, mode: .mix, uids: uids, until: .forever, start: RecordingSpec(storageConfig: storage))
            change(&wish)
            try await store.add([RecordingRecord(wish)], at: clock.unixMilliseconds) { _ in }
        }

        func show(_ name: String) async throws -> RecordingShow {
            try #require(try await store.all(RecordingRecord.self).first { $0.record.name == name }).record.show
        }

        /// Lets time pass, in steps of five seconds.
        func pass(_ seconds: Int, _ keeper: TaskKeeper, step: Int = 5) async throws {
            for _ in 0..<(seconds / step) {
                try await keeper.turn()
                await clock.sleep(until: clock.now + .seconds(step))
            }
            try await keeper.turn()
        }

        func hear(_ number: Int, _ sid: String, channel: String, uid: String, _ details: String = "{}", before: Int64 = 0) async throws {
            let time = clock.unixMilliseconds - before
            let payload = #"{"sid":"\#(sid)","cname":"\#(channel)","uid":"\#(uid)","sendts":\#(time),"details":\#(details)}"#
            try await facts.write(
                StreamFact(
                    service: .cloudRecording, subject: sid, channel: channel, eventType: "cloud-recording.\(number)",
                    identity: UUID().uuidString, happened: time, received: clock.unixMilliseconds,
                    body: Array(#"{"noticeId":"n","productId":3,"eventType":\#(number),"payload":\#(payload)}"#.utf8)))
        }
    }

    @Test("an event that names a recording of the channel wakes the show that waits for its name")
    func wakes() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want("evening")
        // The first start worked, and every answer is a 50x.
        project.agora.fail(nil, after: { $0.hasPrefix("start") ? 503 : nil })
        try await project.pass(1, keeper)
        #expect(project.agora.recordings.map(\.sid) == ["s1"])
        #expect(try await project.store.stop("evening", .cloudRecording, at: project.clock.unixMilliseconds))
        try await project.pass(20, keeper)
        #expect(project.agora.recordings.count == 1, "nobody knows its name")
        try await project.hear(40, "s1", channel: "evening", uid: "1")
        try await keeper.turn()
        #expect(project.agora.recordings.isEmpty && project.agora.count("stop s1") == 1)
    }

    @Test("a recording of the channel that was there before the start is left alone")
    func foreign() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want("evening")
        try await project.hear(40, "foreign", channel: "evening", uid: "1", before: 3_600_000)
        project.agora.fail { $0.hasPrefix("start") ? 504 : nil }
        try await project.pass(5, keeper)
        try await project.hear(42, "foreign", channel: "evening", uid: "1")
        project.agora.fail(nil)
        try await project.pass(300, keeper)
        #expect(!project.agora.calls.contains { $0.contains("foreign") })
        #expect(project.agora.recordings.count == 1)
        #expect(try await project.show("evening").main.sids == project.agora.recordings.map(\.sid))
    }

    @Test("while the service is in trouble no recording is replaced, and people are told once; what it reports as lost is replaced")
    func outage() async throws {
        let project = try Project()
        let keeper = project.keeper()
        let names = ["lost", "reported", "ill1", "ill2", "ill3", "ill4"]
        for (number, name) in names.enumerated() { try await project.want(name, uids: ["\(number + 1)1", "\(number + 1)2"]) }
        try await project.pass(130, keeper)
        var sids: [String: String] = [:]
        for name in names { sids[name] = try await project.show(name).main.sids.first }
        let (lost, reported, ill) = (
            try #require(sids["lost"]), try #require(sids["reported"]), Array(sids.filter { $0.key.hasPrefix("ill") })
        )
        project.agora.remove(lost)
        let failing = Set(ill.map { "query \($0.value)" })
        project.agora.fail { failing.contains($0) ? 503 : nil }
        for _ in 0..<60 {
            // What is heard of them has them asked for, and every answer is a 503.
            for (name, sid) in ill { try await project.hear(1, sid, channel: name, uid: "9", #"{"errorLevel":5}"#) }
            try await project.pass(5, keeper)
        }
        #expect(try await project.show("lost").main.sids == [lost])
        let kinds = project.told.withLock { $0.map(\.kind) }
        #expect(kinds.count == 1 && kinds.allSatisfy { if case .outageBegan = $0 { true } else { false } }, "\(kinds)")
        project.agora.change(reported) { $0.status = 20 }
        try await project.hear(11, reported, channel: "reported", uid: "21", #"{"exitStatus":1}"#)
        try await project.pass(10, keeper)
        #expect(try await project.show("reported").main.sids.count == 2)
        #expect(try await project.show("lost").main.sids == [lost])
    }

    @Test("a recording is replaced before its token ends, which cannot be renewed", arguments: [true, false])
    func tokens(hasTokens: Bool) async throws {
        let project = try Project()
        let keeper = project.keeper(hasTokens ? Project.Tokens(lifetime: .seconds(7200)) : nil)
        try await project.want("evening")
        try await project.pass(4000, keeper, step: 50)
        #expect(project.agora.recordings.map(\.uid) == [hasTokens ? "2" : "1"])
    }
}
