import Handlers
import MediaEvents
import TestSupport
import Testing
import WorkerCore

@Suite("The handler that says alarms") struct StreamAlarmsTests {
    private func lines(_ sample: String) async throws -> [String]? {
        let log = RecordingLog()
        let verdict = try await HandlerTrial().run(StreamAlarms(logger: log.logger), onBody: Array(sample.utf8))
        return verdict == .done ? log.lines : nil
    }

    @Test(
        "every alarm is an error with what happened and what to do",
        arguments: [
            StreamNotice<StreamBadAddress>.sample, StreamNotice<StreamForeignName>.sample, StreamNotice<StreamRefused>.sample,
            StreamNotice<StreamTooManyReplacements>.sample, StreamNotice<StreamRecordingLost>.sample, StreamNotice<StreamOutage>.sample,
        ])
    func alarms(sample: String) async throws {
        let lines = try #require(try await lines(sample))
        #expect(lines.count == 1 && lines[0].hasPrefix("error: ") && lines[0].contains("advice="))
    }

    @Test("a changed role is a notice with both users")
    func role() async throws {
        let lines = try #require(try await lines(StreamNotice<StreamRoleChanged>.sample))
        #expect(lines.count == 1 && lines[0].hasPrefix("notice: "))
        #expect(lines[0].contains("old=uid 101") && lines[0].contains("new=uid 102"))
    }

    @Test("events of others are for others")
    func others() async throws {
        #expect(try await lines(AgoraNotice<MediaPullDestroyed>.sample) == nil)
    }
}
