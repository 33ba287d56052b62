import Foundation
import HTTPTransport
import Settings
import Synchronization
import TestSupport
import Testing
import WorkerStore

@testable import StreamServices

/// What answers say of files, from the call to the store that the manifests are made from.
@Suite("Answers that name files") final class RecordingRepliesTests {
    private static let sid = "fc1c7dfef7815804fa81feb4e7f16c13"
    private let folder = NSTemporaryDirectory() + "recording-replies-" + UUID().uuidString
    private let clock = LeapingClock()
    private let log = RecordingLog()
    private let facts: SQLiteStreamFacts
    private let target = RecordingTask.Target(uid: "700001", resourceID: "r1", sid: RecordingRepliesTests.sid)

    init() throws { facts = SQLiteStreamFacts(try StateDatabase.open(directory: folder)) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func hands(_ http: ScriptedHTTP) -> RecordingHands {
        var section = AgoraSection()
        section.region = .euCentral
        let client = AgoraClient(
            http: http, account: .init(key: "k", secret: Secret("s")), directory: HostDirectory(section), rates: MemoryRates(),
            clock: clock, logger: log.logger, random: { 0.5 })
        let plan = RecordingHands.Plan(
            cname: "stage7", mode: .mix,
            spec: RecordingSpec(storageConfig: .init(vendor: 1, region: 1, bucket: "b", accessKey: "k", secretKey: "s")))
        return RecordingHands(
            client, CloudRecordingCalls(appID: "app"), plan, logger: log.logger,
            replies: RecordingReplies(facts, clock: clock, logger: log.logger), token: { _ in nil })
    }

    private func recorded(_ name: String) throws -> Result<HTTPResponse, TransportError> {
        let exchange = try Exchange.named("cloud-recording.\(name)")
        return .success(HTTPResponse(status: exchange.status, body: try exchange.responseBytes()))
    }

    private func status(_ status: Int, _ body: String) -> Result<HTTPResponse, TransportError> {
        .success(HTTPResponse(status: status, body: Array(body.utf8)))
    }

    private func kept() async throws -> [StreamFact] { try await facts.facts(of: Self.sid, .cloudRecording, after: 0) }

    @Test("an answer is written down when it says something new, and not every 2 minutes; others do not hear it as a notification")
    func news() async throws {
        let starting = #"{"sid":"\#(Self.sid)","serverResponse":{"status":3,"fileList":""}}"#
        let http = ScriptedHTTP(
            status(200, starting), try recorded("query-mix-hls"), try recorded("query-mix-hls"), status(404, "{}"),
            try recorded("query-mix-mp4"), try recorded("query-mix-hls"), try recorded("stop"))
        let hands = hands(http)
        for status in [3, 5, 5] { #expect(await hands.query(target) == .status(status)) }
        #expect(await hands.query(target) == .missing)
        for _ in 0..<2 { _ = await hands.query(target) }
        #expect(await hands.stop(target) == .done)
        #expect(try await kept().map(\.eventType) == ["cloud-recording.query", "cloud-recording.query", "cloud-recording.stop"])
        #expect(try await facts.facts(ofChannel: "stage7", .cloudRecording, after: 0).isEmpty)
        #expect(try await facts.newest(.cloudRecording) == nil)
        let manifest = RecordingManifest(await RecordingView.read(RecordingStory(sid: Self.sid, facts: try await kept()), nil))
        #expect(manifest.end.uploadingStatus == "uploaded" && manifest.end.isUploaded && manifest.cname == "stage7")
        #expect(manifest.files.map(\.name).contains("bak0_\(Self.sid)_stage7.m3u8") && manifest.mp4 == ["\(Self.sid)_stage7_0.mp4"])
    }

    @Test("that there are no files is written down, whatever status the answer has; other refusals say nothing", arguments: [206, 400])
    func noFiles(code: Int) async throws {
        let body = #"{"code":435,"reason":"no recorded data"}"#
        let hands = hands(ScriptedHTTP(status(400, #"{"code":2}"#), status(code, body)))
        _ = await hands.stop(target)
        #expect(try await kept().isEmpty)
        #expect(await hands.stop(target) == .nothingRecorded)
        #expect(RecordingManifest(await RecordingView.read(RecordingStory(sid: Self.sid, facts: try await kept()), nil)).isComplete)
    }

    @Test("an answer about another recording is none about this one")
    func other() async throws {
        let body = #"{"sid":"another","serverResponse":{"status":5,"fileList":"another_stage7.m3u8"}}"#
        _ = await hands(ScriptedHTTP(status(200, body))).query(target)
        #expect(try await kept().isEmpty)
    }

    @Test("a reply makes no wanted task due, and puts its recording among those whose manifests are to be written")
    func wakesNobody() async throws {
        let database = try StateDatabase.open(directory: folder)
        let (tasks, queue) = (SQLiteTasks(database), SQLiteManifestQueue(database))
        let wish = RecordingWish(
            name: "evening", cname: "stage7", mode: .mix, uids: ["700001", "700002"], until: .forever,
            start: RecordingSpec(storageConfig: .init(vendor: 1, region: 1, bucket: "b", accessKey: "k", secretKey: "s")))
        var record = RecordingRecord(wish, at: 1)
        record.show.take(.main) { $0.sessions = [.init(sid: Self.sid, uid: "700001", began: 1)] }
        try await tasks.add([record], at: 1) { _ in }
        var claimed = try #require(
            try await tasks.claim(RecordingRecord.self, by: "one", at: 1, until: 2, atMost: 1).first)
        claimed.record = record
        try await tasks.release(claimed, by: "one", at: 1, due: 777)
        _ = await hands(ScriptedHTTP(try recorded("query-mix-hls"))).query(target)
        #expect(try await tasks.all(RecordingRecord.self).map(\.due) == [777])
        #expect(try await queue.claim(by: "one", at: 1, until: 2)?.sid == Self.sid)
    }
}
