import Foundation
import Handlers
import MediaEvents
import StreamServices
import Synchronization
import TestSupport
import Testing
import WorkerCore

@Suite("The handler that writes down what is heard of streams") struct StreamKeeperTests {
    private final class Notebook: StreamFactStore {
        let written = Mutex<[StreamFact]>([])

        func write(_ fact: StreamFact) async throws { written.withLock { $0.append(fact) } }
        func facts(of subject: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact] { [] }
        func facts(ofChannel channel: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact] { [] }
        func newest(_ service: StreamService) async throws -> StreamFact? { nil }
        func show(of sid: String) async throws -> LinkedRecordings { LinkedRecordings(show: nil, sids: [sid]) }
        func link(_ show: LinkedRecordings) async throws {}
    }

    @Test("an event of a task is kept with its id, its time and its text, and the handler is done")
    func kept() async throws {
        let notebook = Notebook()
        let keeper = StreamKeeper(facts: notebook) { Date(timeIntervalSince1970: 5) }
        let json = AgoraNotice<MediaPushDestroyed>.sample
        let verdict = try await HandlerTrial().run(keeper, onBody: Array(json.utf8))
        #expect(verdict == .done)
        let fact = try #require(notebook.written.withLock { $0 }.first)
        #expect(fact.service == .mediaPush && fact.subject == "4c014467d647bb87b60b719f6fa57686" && fact.eventType == "media-push.4")
        #expect(fact.happened == 1_603_460_100_777 && fact.received == 5000 && fact.body == Array(json.utf8))
    }

    @Test("events that are about no task are for others")
    func others() async throws {
        let keeper = StreamKeeper(facts: Notebook())
        let other = try await HandlerTrial().run(keeper, onBody: Array(FileUploadComplete.sample.utf8))
        let own = try await HandlerTrial().run(keeper, onBody: Array(AgoraNotice<MediaPullDestroyed>.sample.utf8))
        #expect(other == nil && own == .done)
    }
}
