import Foundation
import Testing

@testable import StreamServices

/// A wanted recording and its clock: lets time pass, and puts in what came of its actions.
final class RecordingLife {
    var task: RecordingTask
    var now: Int64 = 1_773_478_800_000
    var isOutage = false
    var rules = RecordingTaskRules()
    private var last = 0

    init(_ task: RecordingTask = RecordingTask(uid: "1", otherUID: "2", wantedUntil: nil)) { self.task = task }

    var next: RecordingTask.Action { task.next(at: now, isOutage: isOutage, rules) }

    /// Lets time pass until there is something to do.
    func nextWork(within seconds: Int64 = 7200) -> RecordingTask.Action {
        let end = now + seconds * 1000
        while true {
            let action = next
            guard case .wait(let until) = action, until <= end else { return action }
            now = until
        }
    }

    /// Seconds.
    func pass(_ seconds: Int64) { now += seconds * 1000 }

    /// Gets a resource id, and the start that is made with it at once.
    func acquire(_ uid: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(nextWork() == .acquire(uid: uid, excluding: []), sourceLocation: sourceLocation)
        last += 1
        task.acquired(.resource("r\(last)"), uid: uid, at: now, rules)
        #expect(next == .start(uid: uid, resourceID: "r\(last)", before: now + 2000), sourceLocation: sourceLocation)
    }

    func started(_ start: RecordingTask.Start) { task.started(start, at: now, rules) }

    /// From nothing to a recording that is asked for.
    func begin(_ sid: String = "s1", uid: String = "1", sourceLocation: SourceLocation = #_sourceLocation) {
        acquire(uid, sourceLocation: sourceLocation)
        started(.started(sid: sid))
    }

    /// From nothing to a recording that was seen to run.
    func run(_ sid: String = "s1", uid: String = "1", sourceLocation: SourceLocation = #_sourceLocation) {
        begin(sid, uid: uid, sourceLocation: sourceLocation)
        query(.status(5), sourceLocation: sourceLocation)
    }

    /// Waits for the query of the recording at hand, and answers it.
    func query(_ answer: RecordingTask.Query, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .query(let target) = nextWork() else {
            Issue.record("no query, but \(next)", sourceLocation: sourceLocation)
            return
        }
        task.queried(target.sid, answer, at: now, rules)
    }

    /// Waits for a stop, and answers it.
    func stop(_ sid: String, _ answer: RecordingTask.Stop, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .stop(let target) = nextWork(), target.sid == sid else {
            Issue.record("no stop of \(sid), but \(next)", sourceLocation: sourceLocation)
            return
        }
        task.stopped(sid, answer, at: now, rules)
    }

    func hear(_ event: RecordingTask.Event, of sid: String = "s1", uid: String? = "1", order: Int64? = nil, since: Int64? = nil) {
        task.heard(event, of: sid, uid: uid, order: order ?? now, since: since, at: now, rules)
    }

    /// As another process reads it from the store.
    func crash() throws { task = try JSONDecoder().decode(RecordingTask.self, from: try JSONEncoder().encode(task)) }
}
