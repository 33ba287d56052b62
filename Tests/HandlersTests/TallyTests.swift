import Handlers
import MediaEvents
import TestSupport
import Testing
import WorkerCore

@Suite("tally")
struct TallyTests {
    @Test("counts each type, from all tasks at once, and logs the totals at the end")
    func counts() async throws {
        let log = RecordingLog()
        let tally = Tally(logger: log.logger)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        _ = try await tally.handle(try .sample(number % 4 == 0 ? "SnapshotComplete" : "TranscodeComplete"), .fake())
                    } catch { Issue.record(error) }
                }
            }
        }
        #expect(tally.totals == ["SnapshotComplete": 25, "TranscodeComplete": 75])
        await tally.stop()
        #expect(log.lines == ["info: events counted SnapshotComplete=25 TranscodeComplete=75 total=100"])
    }

    @Test("leaves unknown types alone, so that they are not taken for handled")
    func unknown() {
        #expect(!Tally(logger: RecordingLog().logger).wants(.incoming(Array(#"{"EventType":"ThumbnailsExpired"}"#.utf8))))
    }
}
