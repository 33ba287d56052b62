import Foundation
import Settings
import Testing
import WorkerStore

@testable import StreamServices

@Suite("Wishes for streams") struct WishTests {
    private let now: Int64 = 1_773_478_800_000

    private func push(_ change: (inout StreamWish) -> Void = { _ in }) -> StreamWish {
        var wish = StreamWish(
            name: "stage7", region: .europe, until: .forever,
            converter: ConverterSpec(rawOptions: .init(rtcChannel: "stage", rtcStreamUid: 1), rtmpUrl: "rtmp://cdn.example.com/live/key"))
        change(&wish)
        return wish
    }

    private func pull(_ change: (inout StreamWish) -> Void = { _ in }) -> StreamWish {
        var wish = StreamWish(
            name: "stage7", region: .europe, until: .forever,
            player: PlayerSpec(streamUrl: "rtmp://source.example.com/live/key", channelName: "stage", uid: 901))
        change(&wish)
        return wish
    }

    private func problems(_ wish: StreamWish) -> [String] {
        do throws(InvalidCall) {
            try wish.check(appID: "app", now: now)
            return []
        } catch {
            return error.problems.map(\.field)
        }
    }

    @Test("backups are tasks of their own, to other addresses; isolated ones have Agora's suffixes 1 to 3")
    func backups() {
        let wish = push { $0.backups = ["rtmp://b.example.com/live/key", "rtmp://c.example.com/live/key"] }
        #expect(wish.tasks.map(\.name) == ["stage7", "stage7-b1", "stage7-b2"])
        #expect(wish.tasks.map(\.address) == [wish.address] + (wish.backups ?? []))
        let isolated = push {
            $0.backups = ["rtmp://b.example.com/live/key", "rtmp://c.example.com/live/key"]
            $0.isolated = true
        }
        #expect(isolated.tasks.map(\.name) == (1...3).map { "stage7-agora-isolate-\($0)" })
        #expect(Set(wish.tasks.map(\.group)) == ["stage7"] && problems(isolated).isEmpty)
    }

    @Test("backup players have other users than the main one, and so have replacements")
    func users() {
        let tasks = pull { $0.backups = ["https://b.example.com/x.m3u8"] }.tasks
        let uids = tasks.flatMap { task in (0...3).map { task.player(after: $0, began: nil, now: 0)?.uid } }
        #expect(Set(uids).count == 4 && uids[0] == 901 && uids[0] == uids[2] && uids[0] != uids[1])
        let spare = pull { $0.spareUids = [902, 903] }
        #expect((0...3).map { spare.player(after: $0, began: nil, now: 0)?.uid } == [901, 902, 903, 901])
        let account = pull {
            $0.player?.uid = nil
            $0.player?.account = "relay"
        }
        #expect((0...2).map { account.player(after: $0, began: nil, now: 0)?.account } == ["relay", "relay-2", "relay"])
        #expect(pull { $0.player?.uid = 0 }.player(after: 1, began: nil, now: 0)?.uid == 0, "the service chooses")
    }

    @Test("a given token is for the first user only")
    func token() {
        let wish = pull { $0.player?.token = "007first" }
        #expect((0...2).map { wish.player(after: $0, began: nil, now: 0)?.token } == ["007first", nil, "007first"])
    }

    @Test("on demand, a replacement goes on where the first player would be, as far back as the service allows")
    func resumes() {
        let wish = pull { $0.resumes = true }
        #expect(wish.player(after: 1, began: 1000, now: 5000)?.playTs == 1000)
        #expect(wish.player(after: 1, began: 1000, now: 200_000)?.playTs == 113_600)
        #expect(pull().player(after: 1, began: 1000, now: 5000)?.playTs == nil)
    }

    @Test("each replacement has a higher priority in the CDN's own field")
    func priority() {
        let wish = push { $0.priorityField = "priority" }
        #expect((0...2).map { wish.converter(after: $0)?.rtmpUrl?.suffix(11) } == ["?priority=1", "?priority=2", "?priority=3"])
        let query = push {
            $0.priorityField = "p"
            $0.converter?.rtmpUrl = "rtmp://cdn.example.com/live/key?a=b"
        }
        #expect(query.converter(after: 0)?.rtmpUrl?.hasSuffix("?a=b&p=1") == true)
    }

    private typealias Change = @Sendable (inout StreamWish) -> Void
    private static let mistakes: [(field: String, change: Change)] = [
        ("until", { $0.until = .moment(1) }), ("name", { $0.name = "a b" }), ("converter", { $0.converter = nil }),
        ("backups", { $0.backups = ["rtmp://cdn.example.com/live/key"] }), ("priorityField", { $0.priorityField = "a=b" }),
        ("converter", { $0.player = PlayerSpec(streamUrl: "rtmp://a/b", channelName: "c", uid: 1) }),
        ("spareUids", { $0.spareUids = [1] }), ("converter.rtmpUrl", { $0.converter?.rtmpUrl = "http://cdn.example.com/x" }),
        (
            "isolated",
            {
                $0.isolated = true
                $0.backups = (1...3).map { "rtmp://b\($0).example.com/live/key" }
            }
        ),
        (
            "converter.name",
            {
                $0.name = String(repeating: "n", count: 60)
                $0.isolated = true
            }
        ),
    ]

    @Test("what no wish may be is refused before anything is asked of Agora", arguments: mistakes.indices)
    func rules(index: Int) {
        #expect(problems(push(Self.mistakes[index].change)).contains(Self.mistakes[index].field))
    }

    @Test("a file of wishes is read strictly: what no wish has is an error that names it")
    func reader() throws {
        let good = #"[{"name":"a","region":"eu","until":"2026-06-01T22:00:00Z","converter":{"rtmpUrl":"rtmp://c/d/e"}}]"#
        guard case .stream(let wish) = try #require(try WishReader.wishes(Array(good.utf8)).first) else {
            Issue.record("it is a stream")
            return
        }
        #expect(wish.until == .moment(1_780_351_200_000) && wish.converter?.rtmpUrl == "rtmp://c/d/e")
        for (bad, word) in [
            (#"{"name":"a","region":"eu","until":"forever","convertor":{}}"#, "convertor"), (#"{"name":"a","region":"eu"}"#, "until"),
            (#"{"name":"a","region":"EU","until":"forever"}"#, "region"), (#"{"name":"a","region":"eu","until":"soon"}"#, "forever"),
            ("nothing", "not"),
        ] {
            #expect { try WishReader.wishes(Array(bad.utf8)) } throws: { "\($0)".contains(word) }
        }
    }

    @Test("the project's limit refuses a wish that goes beyond it, and one that is over makes room")
    func limits() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wish-tests-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tasks = SQLiteTasks(try StateDatabase.open(directory: folder))
        var section = AgoraSection()
        section.limits.mediaPush = 2
        let clock = LeapingClock()
        let registry = WishRegistry(appID: "app", section: section, tasks: tasks, clock: clock)
        #expect(try await registry.register(push { $0.backups = ["rtmp://b.example.com/live/key"] }) == ["stage7", "stage7-b1"])
        await #expect { try await registry.register(push { $0.name = "other" }) } throws: { "\($0)".contains("media_push") }
        await #expect { try await registry.register(push { $0.name = "stage7-b1" }) } throws: { _ in true }
        try await registry.register(pull())
        #expect(try await registry.end("stage7", .mediaPush).count == 2)
        for task in try await tasks.claim(
            TaskRecord.self, by: "one", at: clock.unixMilliseconds, until: clock.unixMilliseconds + 1000, atMost: 9)
        {
            try await tasks.release(task, by: "one", at: clock.unixMilliseconds, due: nil)
        }
        try await registry.register(push { $0.name = "other" })
    }

    @Test("two tasks neither push to one address nor are one user of a channel, not even after a loss")
    func alone() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wish-tests-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tasks = SQLiteTasks(try StateDatabase.open(directory: folder))
        let registry = WishRegistry(appID: "app", section: AgoraSection(), tasks: tasks, clock: LeapingClock())
        try await registry.register(push { _ in })
        await #expect { try await registry.register(push { $0.name = "other" }) } throws: { "\($0)".contains("same address") }
        try await registry.register(pull { $0.spareUids = [902] })
        for (uid, spares) in [(UInt32(901), [UInt32]?.none), (902, nil), (903, [901])] {
            let second = pull {
                $0.name = "second"
                $0.player?.uid = uid
                $0.spareUids = spares
            }
            await #expect { try await registry.register(second) } throws: { "\($0)".contains("take another user") }
        }
        try await registry.register(
            pull {
                $0.name = "second"
                $0.player?.uid = 903
            })
        #expect(try await tasks.all(TaskRecord.self).count == 3)
    }

    @Test("spare users are others than the first one", arguments: [[], [901], [902, 902], [0]])
    func spares(_ spares: [UInt32]) {
        #expect { try pull { $0.spareUids = spares }.check(appID: "app", now: 0) } throws: { "\($0)".contains("spareUids") }
    }

    @Test("a wish that got another backup gets its task, and keeps those that it has")
    func extended() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wish-tests-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tasks = SQLiteTasks(try StateDatabase.open(directory: folder))
        let registry = WishRegistry(appID: "app", section: AgoraSection(), tasks: tasks, clock: LeapingClock())
        try await registry.register(push { _ in })
        try await registry.extend(push { $0.backups = ["rtmp://b.example.com/live/key"] })
        #expect(try await tasks.all(TaskRecord.self).map(\.record.name) == ["stage7", "stage7-b1"])
    }

    @Test("a project with a certificate and no way to make tokens takes no players")
    func tokens() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wish-tests-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var section = AgoraSection()
        section.hasCertificate = true
        let tasks = SQLiteTasks(try StateDatabase.open(directory: folder))
        let registry = WishRegistry(appID: "app", section: section, tasks: tasks, clock: LeapingClock())
        await #expect(throws: TokenNeed.self) { try await registry.register(pull()) }
        #expect(try await tasks.all(TaskRecord.self).isEmpty)
    }

    @Test(
        "a recording is refused whose tokens end within less than an hour; a page that is recorded needs none",
        arguments: [(3599, RecordingMode.mix, true), (3600, .mix, false), (60, .web, false)])
    func shortTokens(seconds: Int, mode: RecordingMode, isRefused: Bool) {
        var section = AgoraSection()
        section.token = AgoraTokenSection(source: .certificate(Secret("0123456789abcdef0123456789abcdef")))
        section.token.lifetime = .seconds(seconds)
        let storage = RecordingSpec.StorageConfig(vendor: 1, region: 1, bucket: "b", accessKey: "k", secretKey: "s")
        let wish = RecordingWish(
            name: "evening", cname: "stage", mode: mode, uids: ["1", "2"], until: .forever, start: RecordingSpec(storageConfig: storage))
        do throws(TokenNeed) {
            try TokenNeed.checkLifetime(section, of: wish)
            #expect(!isRefused)
        } catch {
            #expect(isRefused && error.description.contains("[agora.token]") && error.description.contains("evening"))
        }
    }
}
