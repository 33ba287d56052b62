import Foundation
import Logging
import MediaEvents
import Settings
import Synchronization
import TestSupport
import Testing
import WorkerStore

@testable import StreamServices

/// The engine over a real store and a service in memory, with time that leaps.
@Suite("Wanted streams are kept alive", .timeLimit(.minutes(2))) struct TaskKeeperTests {
    /// One project, its store, and processes that keep its streams.
    final class Project: Sendable {
        struct Addresses: StreamAddressCheck {
            let trouble: @Sendable () async -> String?
            func trouble(with address: String) async -> String? { await trouble() }
        }

        struct Tokens: TokenProvider {
            func token(channel: String, user: TokenUser) async throws -> String { "token for \(user)" }
        }

        let clock = LeapingClock()
        let agora: FakeAgora
        let store: SQLiteTasks
        let facts: SQLiteStreamFacts
        let log = RecordingLog()
        let told = Mutex<[Announcement]>([])
        let addressTrouble = Mutex<String?>(nil)
        /// Runs once while the next address is checked.
        let meanwhile = Mutex<(@Sendable () async throws -> Void)?>(nil)
        private let folder: String

        init() throws {
            agora = FakeAgora(clock)
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

        func keeper(_ owner: String = "one") -> TaskKeeper {
            let client = client
            let hands = StreamHands(
                client, appID: "app", store: store, tokens: Tokens(),
                addresses: Addresses {
                    let meanwhile = self.meanwhile.withLock { known in
                        defer { known = nil }
                        return known
                    }
                    do { try await meanwhile?() } catch { return "\(error)" }
                    return self.addressTrouble.withLock { $0 }
                }, clock: clock)
            let desk = TaskDesk(
                store: store, facts: facts, clock: clock, owner: owner, logger: log.logger, random: { 0.5 },
                listener: { announcement in self.told.withLock { $0.append(announcement) } })
            let studio = RecordingStudio(client, appID: "app", tokens: nil, logger: log.logger)
            return TaskKeeper(desk, streams: hands, recordings: studio, outbox: nil)
        }

        func want(_ wish: StreamWish) async throws {
            try await store.add(wish.tasks.map { TaskRecord($0) }, at: clock.unixMilliseconds) { _ in }
        }

        /// Lets time pass, in steps of five seconds.
        func pass(_ seconds: Int, _ keeper: TaskKeeper) async throws {
            for _ in 0..<(seconds / 5) {
                try await keeper.turn()
                await clock.sleep(until: clock.now + .seconds(5))
            }
            try await keeper.turn()
        }

        func record(_ name: String) async throws -> TaskRecord? {
            try await store.all(TaskRecord.self).first { $0.record.name == name }?.record
        }

        func hear(_ id: String, _ event: String, _ payload: String, identity: String = UUID().uuidString) async throws {
            let product = event.hasPrefix("media-push") ? 5 : 4
            let number = event.split(separator: ".").last ?? ""
            let json = #"{"noticeId":"n","productId":\#(product),"eventType":\#(number),"payload":\#(payload)}"#
            try await facts.write(
                StreamFact(
                    service: product == 5 ? .mediaPush : .mediaPull, subject: id, eventType: event, identity: identity,
                    happened: clock.unixMilliseconds, received: clock.unixMilliseconds, body: Array(json.utf8)))
        }
    }

    private func push(_ name: String, backups: [String]? = nil) -> StreamWish {
        var wish = StreamWish(
            name: name, region: .europe, until: .forever,
            converter: ConverterSpec(
                rawOptions: .init(rtcChannel: "stage", rtcStreamUid: 1), rtmpUrl: "rtmp://cdn.example.com/live/\(name)"))
        wish.backups = backups
        return wish
    }

    private func pull(_ name: String, uid: UInt32 = 901) -> StreamWish {
        StreamWish(
            name: name, region: .europe, until: .forever,
            player: PlayerSpec(streamUrl: "rtmp://source.example.com/live/\(name)", channelName: "stage", uid: uid))
    }

    @Test("a wanted stream is created once, whichever of several processes is first")
    func once() async throws {
        let project = try Project()
        let keepers = ["one", "two", "three"].map { project.keeper($0) }
        for number in 0..<10 { try await project.want(push("s\(number)")) }
        await withThrowingTaskGroup(of: Void.self) { group in
            for keeper in keepers { group.addTask { try await keeper.turn() } }
        }
        for keeper in keepers { try await project.pass(30, keeper) }
        #expect(project.agora.jobs.count == 10 && project.agora.count("create") == 10)
    }

    @Test("a failed stream is replaced under the same name after its old task was deleted; a pull gets another user and a token for it")
    func replaced() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        try await project.want(pull("p"))
        try await project.pass(30, keeper)
        let push = try #require(project.agora.jobs.first { $0.name == "s" }?.id)
        let pull = try #require(project.agora.jobs.first { $0.name == "p" }?.id)
        for id in [push, pull] { project.agora.change(id) { $0.state = "failed" } }
        try await project.hear(push, "media-push.3", #"{"converter":{"id":"\#(push)","state":"failed"}}"#)
        try await project.hear(pull, "media-pull.4", #"{"player":{"id":"\#(pull)","status":"failed"}}"#)
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.map(\.name).sorted() == ["p", "s"] && project.agora.count("create") == 4)
        #expect(project.agora.count("delete \(push)") == 1 && project.agora.count("delete \(pull)") == 1)
        #expect(project.agora.jobs.first { $0.name == "p" }?.uid == 1_000_000_901)
        #expect(project.agora.jobs.first { $0.name == "p" }?.token == "token for \(TokenUser.uid(1_000_000_901))")
        let told = project.told.withLock { $0 }
        guard case .roleChanged(let old, let new)? = told.first?.kind, told.count == 1 else {
            Issue.record("\(told)")
            return
        }
        #expect(old.uid == 901 && new.uid == 1_000_000_901 && new.id == project.agora.jobs.first { $0.name == "p" }?.id)
    }

    @Test("a task that comes back after it was replaced is deleted; the one that replaced it runs on, and is watched meanwhile")
    func stray() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        try await project.want(pull("p"))
        try await project.pass(30, keeper)
        let old = project.agora.jobs
        for job in old { project.agora.remove(job.id) }
        try await project.pass(900, keeper)
        let new = project.agora.jobs.map(\.id).sorted()
        #expect(new.count == 2 && project.agora.count("create") == 4)
        for job in old { project.agora.add(job) }
        try await project.pass(200, keeper)
        #expect(project.agora.jobs.map(\.id).sorted() == new && project.agora.count("create") == 4)
        // It answers 404 from now on, and its deletion stays owed for a while: the stream itself is replaced in the middle of that.
        for job in old { project.agora.add(job) }
        project.agora.fail { call in old.contains { call == "delete \($0.id)" } ? .status(500) : nil }
        try await project.pass(130, keeper)
        for id in new { project.agora.change(id) { $0.state = "failed" } }
        try await project.pass(130, keeper)
        project.agora.fail(nil)
        try await project.pass(300, keeper)
        #expect(project.agora.jobs.count == 2 && Set(project.agora.jobs.map(\.id)).isDisjoint(with: new + old.map(\.id)))
    }

    @Test("a process that dies between a create and its answer leaves one stream, not two", arguments: [true, false])
    func diesInTheMiddle(isDone: Bool) async throws {
        let project = try Project()
        try await project.want(push("s"))
        // What the dead process had done: the intent is stored, and the call was made or was not.
        let claimed = try await project.store.claim(
            TaskRecord.self, by: "dead", at: project.clock.unixMilliseconds, until: project.clock.unixMilliseconds + 180_000, atMost: 1)
        var record = try #require(claimed.first?.record)
        #expect(record.life.next(at: project.clock.unixMilliseconds, .mediaPush) == .create)
        record.unresolvedSince = project.clock.unixMilliseconds
        #expect(
            try await project.store.save(
                record, by: "dead", at: project.clock.unixMilliseconds, until: project.clock.unixMilliseconds + 180_000))
        if isDone {
            project.agora.add(
                .init(id: "c77", name: "s", kind: "push", channel: "stage", created: project.clock.unixMilliseconds / 1000))
        }
        let keeper = project.keeper()
        try await project.pass(170, keeper)
        #expect(project.agora.calls.isEmpty, "the claim holds while its owner may be alive")
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.count == 1 && project.agora.count("create") == (isDone ? 0 : 1))
        if isDone { #expect(try await project.record("s")?.life.instance?.id == "C77") }
    }

    @Test("an answer that was lost, or 504 after success, leads to one stream", arguments: [true, false])
    func lostAnswer(isLost: Bool) async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        project.agora.fail { $0.hasPrefix("create") ? (isLost ? .lostAfter : .statusAfter(504)) : nil }
        try await project.pass(5, keeper)
        project.agora.fail(nil)
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.count == 1 && project.agora.count("create") == 1)
    }

    @Test("a create that failed with 5xx and was done all the same is taken over, also after a long outage")
    func doneThoughFailed() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        project.agora.fail { $0.hasPrefix("create") ? .statusAfter(500) : nil }
        try await project.pass(1, keeper)
        project.agora.fail { _ in .status(503) }
        try await project.pass(600, keeper)
        project.agora.fail(nil)
        try await project.pass(120, keeper)
        #expect(project.agora.jobs.map(\.id) == ["c1"])
        #expect(try await project.record("s")?.life.instance?.id == "C1")
        #expect(project.told.withLock { !$0.contains { $0.kind == .alarm(.foreignName) } })
    }

    @Test("a name that a foreign task has is left alone, and people are told once")
    func foreign() async throws {
        let project = try Project()
        let keeper = project.keeper()
        project.agora.add(.init(id: "x1", name: "s", kind: "push", channel: "stage", created: project.clock.unixMilliseconds / 1000 - 3600))
        try await project.want(push("s"))
        try await project.pass(900, keeper)
        #expect(project.agora.jobs.map(\.id) == ["x1"] && project.agora.count("delete") == 0)
        #expect(project.told.withLock { $0.map(\.kind) } == [.alarm(.foreignName)])
    }

    @Test(
        "a task that somebody else made while a create of ours was open is not taken for ours",
        arguments: ["another channel", "another key", "another channel, and a List that does not say it"])
    func foreignMeanwhile(difference: String) async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(pull("p"))
        project.agora.fail { $0.hasPrefix("create") ? .status(503) : nil }
        try await project.pass(60, keeper)
        var job = FakeAgora.Job(id: "x1", name: "p", kind: "pull", channel: "stage", created: project.clock.unixMilliseconds / 1000)
        job.address = "rtmp://source.example.com/live/p"
        switch difference {
        case "another key": job.address = "rtmp://source.example.com/live/q"
        case "another channel": job = .init(id: "x1", name: "p", kind: "pull", channel: "else", created: job.created)
        default:
            job = .init(id: "x1", name: "p", kind: "pull", channel: "else", created: job.created)
            job.isSparse = true
        }
        project.agora.add(job)
        project.agora.fail(nil)
        try await project.pass(120, keeper)
        #expect(try await project.store.stop("p", .mediaPull, at: project.clock.unixMilliseconds))
        try await project.pass(600, keeper)
        #expect(project.agora.jobs.map(\.id) == ["x1"] && project.agora.count("delete x1") == 0)
        #expect(project.told.withLock { $0.map(\.kind) }.contains(.alarm(.foreignName)))
    }

    @Test("a create that was refused in so many words makes nothing ours that comes later")
    func refusedThenForeign() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        project.agora.fail { $0.hasPrefix("create") ? .status(403) : nil }
        try await project.pass(30, keeper)
        var job = FakeAgora.Job(id: "x1", name: "s", kind: "push", channel: "stage", created: project.clock.unixMilliseconds / 1000)
        job.address = "rtmp://cdn.example.com/live/s"
        project.agora.add(job)
        project.agora.fail(nil)
        try await project.pass(700, keeper)
        #expect(try await project.record("s")?.life.instance == nil && project.agora.jobs.map(\.id) == ["x1"])
    }

    @Test("a List that says little leads to the List of the channel, and a create of ours is found there")
    func sparse() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(pull("p"))
        project.agora.fail { $0.hasPrefix("create") ? .lostAfter : nil }
        try await project.pass(5, keeper)
        project.agora.fail(nil)
        for job in project.agora.jobs { project.agora.change(job.id) { $0.isSparse = true } }
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.count == 1 && project.agora.count("create") == 1)
        #expect(try await project.record("p")?.life.instance?.id == "p1")
    }

    @Test("a key that does not hold is told once, whatever the call, and asked rarely")
    func wrongKey() async throws {
        let project = try Project()
        let keeper = project.keeper()
        for number in 0..<3 { try await project.want(push("s\(number)")) }
        try await project.want(pull("p"))
        try await project.pass(30, keeper)
        let before = project.agora.calls.count
        project.agora.fail { _ in .status(401) }
        #expect(try await project.store.stop("s0", .mediaPush, at: project.clock.unixMilliseconds))
        try await project.pass(900, keeper)
        #expect(project.agora.calls.count - before < 20)
        let told = project.told.withLock { $0 }
        #expect(told.count == 4 && told.allSatisfy { $0.kind == .alarm(.refused) && $0.happened.contains("customer_key") })
        project.agora.fail(nil)
        try await project.pass(400, keeper)
        #expect(project.agora.jobs.map(\.name).sorted() == ["p", "s1", "s2"])
    }

    @Test("a project that may have no more tasks is told; the others are kept at their usual rate")
    func quota() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        project.agora.fail { $0.hasPrefix("create") ? .quota : nil }
        try await project.pass(300, keeper)
        #expect(project.told.withLock { $0.map(\.kind) } == [.alarm(.notStarting)])
        project.agora.fail(nil)
        try await project.pass(20, keeper)
        #expect(project.agora.jobs.count == 1)
    }

    @Test("who lost its claim while it stood still does nothing more")
    func lostClaim() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        try await project.pass(30, keeper)
        project.agora.change("c1") { $0.state = "failed" }
        let other = project.keeper("two")
        project.meanwhile.withLock {
            $0 = {
                await project.clock.sleep(until: project.clock.now + .seconds(200))
                try await project.pass(60, other)
            }
        }
        try await project.pass(130, keeper)
        #expect(project.meanwhile.withLock { $0 == nil })
        #expect(project.agora.jobs.map(\.id) == ["c2"])
        #expect(project.agora.count("delete") == 1 && project.agora.count("create") == 2)
    }

    @Test("while the service is down nothing is replaced, one alarm says so, and all goes on after it")
    func outage() async throws {
        let project = try Project()
        let keeper = project.keeper()
        for number in 0..<5 { try await project.want(push("s\(number)")) }
        for number in 0..<3 { try await project.want(pull("p\(number)", uid: UInt32(number + 1))) }
        try await project.pass(30, keeper)
        let jobs = project.agora.jobs
        project.agora.fail { _ in .status(503) }
        try await project.pass(600, keeper)
        project.agora.fail(nil)
        try await project.pass(300, keeper)
        #expect(project.agora.jobs == jobs && project.agora.count("delete") == 0)
        let told = project.told.withLock { $0 }
        #expect(told.count == 4)
        for service in [StreamService.mediaPush, .mediaPull] {
            let ofIt = told.filter { $0.service == service }
            guard case .outageBegan = ofIt.first?.kind, case .outageEnded = ofIt.last?.kind else {
                Issue.record("\(told)")
                return
            }
        }
    }

    @Test("a pull that is missing from two complete lists for longer than a move takes is replaced; one that comes back is not")
    func missingPulls() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(pull("gone", uid: 1))
        try await project.want(pull("moving", uid: 2))
        try await project.pass(150, keeper)
        let ids = Dictionary(uniqueKeysWithValues: project.agora.jobs.map { ($0.name, $0.id) })
        project.agora.remove(try #require(ids["gone"]))
        project.agora.change(try #require(ids["moving"])) { $0.isHidden = true }
        try await project.pass(230, keeper)
        #expect(project.agora.count("delete") == 0 && project.agora.count("create") == 2)
        project.agora.change(try #require(ids["moving"])) { $0.isHidden = false }
        try await project.pass(420, keeper)
        #expect(project.agora.count("create gone") == 2 && project.agora.count("create moving") == 1)
        #expect(project.agora.jobs.map(\.name).sorted() == ["gone", "moving"])
    }

    @Test("many losses at once are replaced a few at a time, all of them in the end")
    func manyLosses() async throws {
        let project = try Project()
        let keeper = project.keeper()
        for number in 0..<12 { try await project.want(push("s\(number)")) }
        try await project.pass(30, keeper)
        for job in project.agora.jobs { project.agora.change(job.id) { $0.state = "failed" } }
        project.agora.fail { $0.hasPrefix("create") ? .quota : nil }
        try await project.pass(200, keeper)
        #expect(project.agora.count("delete") == 3)
        project.agora.fail(nil)
        try await project.pass(400, keeper)
        #expect(project.agora.jobs.count == 12 && project.agora.jobs.allSatisfy { $0.state == "running" })
    }

    @Test("what nobody wants any more is deleted; what was never ours is not")
    func stopped() async throws {
        let project = try Project()
        let keeper = project.keeper()
        project.agora.add(.init(id: "x1", name: "other", kind: "push", channel: "stage", created: 1))
        try await project.want(push("s"))
        try await project.pass(30, keeper)
        #expect(try await project.store.stop("s", .mediaPush, at: project.clock.unixMilliseconds))
        try await project.pass(10, keeper)
        #expect(project.agora.jobs.map(\.id) == ["x1"])
        #expect(try await project.store.all(TaskRecord.self).map(\.due) == [nil])
        try await project.want(push("s"))
    }

    @Test("a bad address alarms and replaces nothing until it is good again")
    func badAddress() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        try await project.pass(30, keeper)
        project.addressTrouble.withLock { $0 = "the name has no address" }
        project.agora.change("c1") { $0.state = "failed" }
        try await project.pass(400, keeper)
        #expect(project.agora.count("create") == 1 && project.agora.count("delete") == 0)
        #expect(project.told.withLock { $0.map(\.kind) } == [.alarm(.badAddress)])
        #expect(project.told.withLock { $0.first?.happened.contains("live/s") } == false, "the key is hidden")
        project.addressTrouble.withLock { $0 = nil }
        try await project.pass(120, keeper)
        #expect(project.agora.count("create") == 2)
    }

    @Test("when the main stream fails viewers are sent to the backup at once, and stay there")
    func backups() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s", backups: ["rtmp://other.example.com/live/k"]))
        try await project.pass(30, keeper)
        #expect(project.agora.jobs.map(\.name).sorted() == ["s", "s-b1"])
        let main = try #require(project.agora.jobs.first { $0.name == "s" })
        project.agora.change(main.id) { $0.state = "failed" }
        try await project.hear(main.id, "media-push.3", #"{"converter":{"id":"\#(main.id)","state":"failed"}}"#)
        try await project.pass(300, keeper)
        let told = project.told.withLock { $0 }
        guard case .roleChanged(let old, let new)? = told.first?.kind, told.count == 1 else {
            Issue.record("\(told)")
            return
        }
        #expect(old.address == "rtmp://cdn.example.com/live/<hidden>" && new.address == "rtmp://other.example.com/live/<hidden>")
        #expect(old.task == "s" && new.task == "s-b1")
        let event = try #require(try await project.store.unsent(atMost: 1).first?.event)
        #expect(EventDecoder().decode(event).event is StreamNotice<StreamRoleChanged>)
        #expect(project.agora.jobs.count == 2)
    }

    @Test("each update has a greater number than all before it, also those that failed, and later tasks have its address")
    func sequence() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want(push("s"))
        try await project.pass(30, keeper)
        let change = AddressChange(project.client, appID: "app", store: project.store, clock: project.clock, owner: "command")
        try await change.change("s", .mediaPush, to: "rtmp://cdn.example.com/live/second")
        project.agora.fail { $0.hasPrefix("update") ? .status(400) : nil }
        await #expect(throws: AgoraError.self) { try await change.change("s", .mediaPush, to: "rtmp://cdn.example.com/live/third") }
        project.agora.fail(nil)
        try await change.change("s", .mediaPush, to: "rtmp://cdn.example.com/live/fourth")
        #expect(
            project.agora.calls.filter { $0.hasPrefix("update") } == [
                "update c1 sequence=0", "update c1 sequence=1", "update c1 sequence=2",
            ])
        #expect(try await project.record("s")?.wish.address == "rtmp://cdn.example.com/live/fourth")
        await #expect(throws: InvalidCall.self) { try await change.change("s", .mediaPush, to: "https://cdn.example.com/live") }
        project.agora.fail { $0.hasPrefix("update") ? .lostAfter : nil }
        await #expect(throws: AgoraError.self) { try await change.change("s", .mediaPush, to: "rtmp://cdn.example.com/live/fifth") }
        project.agora.fail(nil)
        // What was certainly not done is not kept; what may have been done is.
        #expect(try await project.record("s")?.wish.address == "rtmp://cdn.example.com/live/fifth")
        await #expect(throws: AddressChange.Refusal.notWanted("t")) { try await change.change("t", .mediaPush, to: "rtmp://a/b") }
    }
}
