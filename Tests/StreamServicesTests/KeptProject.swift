import Foundation
import Logging
import MediaEvents
import Settings
import Synchronization
import TestSupport
import Testing
import WorkerStore

@testable import StreamServices

/// One project, its store, and processes that keep its streams.
final class KeptProject: Sendable {
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

extension StreamWish {
    static func push(_ name: String, backups: [String]? = nil) -> StreamWish {
        var wish = StreamWish(
            name: name, region: .europe, until: .forever,
            converter: ConverterSpec(
                rawOptions: .init(rtcChannel: "stage", rtcStreamUid: 1), rtmpUrl: "rtmp://cdn.example.com/live/\(name)"))
        wish.backups = backups
        return wish
    }

    static func pull(_ name: String, uid: UInt32 = 901) -> StreamWish {
        StreamWish(
            name: name, region: .europe, until: .forever,
            player: PlayerSpec(streamUrl: "rtmp://source.example.com/live/\(name)", channelName: "stage", uid: uid))
    }
}
