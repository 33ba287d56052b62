import Foundation
import Handlers
import MediaEvents
import TestSupport
import Testing
import WorkerCore

@Suite("rehearsal")
struct RehearsalTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func plan(_ change: (inout RehearsalPlan) -> Void) -> RehearsalPlan {
        var plan = RehearsalPlan()
        plan.logFile = folder.file("rehearsal.log")
        change(&plan)
        return plan
    }

    private func both(_ plan: RehearsalPlan) -> [any CatchAllHandler] { [Rehearsal(plan), BlockingRehearsal(plan)] }

    @Test("ends each type as told, and writes down start and end")
    func endings() async throws {
        let plan = plan { plan in
            plan.failOn = ["TranscodeComplete"]
            plan.retryOn = ["SnapshotComplete"]
            plan.deadLetterOn = ["StreamTranscodeComplete"]
        }
        for handler in both(plan) {
            try await handler.start()
            #expect(try await handler.handle(try .sample("FileUploadComplete"), .fake(attempt: 2)) == .done)
            #expect(try await handler.handle(try .sample("SnapshotComplete"), .fake()) == .retry(after: nil, reason: "as retry_on says"))
            let verdict = try await handler.handle(try .sample("StreamTranscodeComplete"), .fake())
            #expect(verdict == .deadLetter(reason: "rehearsed dead letter of StreamTranscodeComplete"))
            let error = await #expect(throws: (any Error).self) { try await handler.handle(try .sample("TranscodeComplete"), .fake()) }
            #expect("\(try #require(error))" == "rehearsed failure of TranscodeComplete")
            await handler.stop()
        }
        let lines = try folder.lines(of: "rehearsal.log").map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        let pid = ProcessInfo.processInfo.processIdentifier
        let id = "7B9A1C2D3E4F50617283940A1B2C3D4E"
        #expect(lines.count == 16)
        #expect(lines[0] == "start pid=\(pid) message=\(id) attempt=2")
        #expect(lines[1] == "end pid=\(pid) message=\(id) attempt=2 result=done")
        #expect(
            lines.filter { $0.hasPrefix("end") }.compactMap { $0.split(separator: "=").last } == [
                "done", "retry", "dead-letter", "failed", "done", "retry", "dead-letter", "failed",
            ])
    }

    @Test("a long sleep ends when it is cancelled", .timeLimit(.minutes(1)))
    func cancellation() async throws {
        for handler in both(plan { $0.sleep = .seconds(3600) }) {
            let task = Task { try await handler.handle(try .sample("SnapshotComplete"), .fake()) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(try folder.lines(of: "rehearsal.log").filter { $0.hasSuffix("result=cancelled") }.count == 2)
    }

    @Test("sleeps to the end when told to ignore cancellation")
    func ignoredCancellation() async throws {
        let plan = plan { plan in
            plan.sleep = .milliseconds(30)
            plan.ignoresCancellation = true
        }
        for handler in both(plan) {
            let start = ContinuousClock.now
            let task = Task { try await handler.handle(try .sample("SnapshotComplete"), .fake()) }
            task.cancel()
            #expect(try await task.value == .done)
            #expect(ContinuousClock.now - start >= .milliseconds(30))
        }
    }

    @Test("a type of trap_on ends the process")
    func trap() async throws {
        await #expect(processExitsWith: .signal(SIGABRT)) {
            var plan = RehearsalPlan()
            plan.trapOn = ["SnapshotComplete"]
            _ = try await Rehearsal(plan).handle(try .sample("SnapshotComplete"), .fake())
        }
    }

    @Test("reads its settings")
    func settingsAreRead() async throws {
        let text = """
            [handlers.rehearsal]
            events = ["TranscodeComplete"]
            sleep = "1ms"
            fail_on = ["TranscodeComplete"]
            retry_on = []
            dead_letter_on = []
            trap_on = []
            ignore_cancellation = false
            log_file = "r.log"
            """
        let made = try settings(text, section: "rehearsal", stateDirectory: folder.path) { Rehearsal($0) }
        #expect(made.problems.isEmpty)
        #expect(!made.value.wants(try .sample("SnapshotComplete")))
        await #expect(throws: (any Error).self) { try await made.value.handle(try .sample("TranscodeComplete"), .fake()) }
        #expect(try folder.lines(of: "r.log").count == 2)
        #expect(try settings("[handlers.rehearsal]\nsleep = \"2d\"", section: "rehearsal") { _ = Rehearsal($0) }.problems.count == 1)
    }
}
