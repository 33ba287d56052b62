import Foundation
import Testing

@testable import StreamServices

/// A task, its clock, and a protocol of what it wanted done.
final class StreamLife {
    var task: StreamTask
    var now: Int64 = 1_773_478_800_000
    var isOutage = false
    let rules: StreamTaskRules

    init(_ task: StreamTask = StreamTask(wantedUntil: nil), _ rules: StreamTaskRules = .mediaPush) {
        self.task = task
        self.rules = rules
    }

    var next: StreamTask.Action {
        let action = task.next(at: now, rules)
        guard action == .askForLeave else { return action }
        task.mayReplace(isOutage ? .outage : .granted, at: now, rules)
        return task.next(at: now, rules)
    }

    /// Seconds.
    func pass(_ seconds: Int64) { now += seconds * 1000 }

    /// Lets time pass until there is something to do.
    func nextWork(within seconds: Int64 = 600) -> StreamTask.Action {
        let end = now + seconds * 1000
        while true {
            let action = next
            guard case .wait(let until) = action, until <= end else { return action }
            now = until
        }
    }

    /// Creates it and sees it run.
    func start(_ id: String = "c1") {
        #expect(next == .create)
        task.created(.created(id: id), at: now, rules)
        #expect(nextWork() == .look(id: id))
        look(.there(hasFailed: false))
    }

    func look(_ look: StreamTask.Look) { task.looked(look, at: now, rules) }
    func delete(_ id: String, _ deletion: StreamTask.Deletion) { task.deleted(id, deletion, at: now, rules) }
    /// As many looks as it takes to believe that a deleted task is gone.
    func confirm(_ id: String) {
        for _ in 0..<rules.absences {
            #expect(nextWork() == .confirm(id: id))
            task.confirmed(id, .missing, at: now, rules)
        }
    }
    func hear(_ event: StreamTask.Event, of id: String = "c1", order: Int64? = nil) {
        task.heard(event, of: id, order: order ?? now, at: now, rules)
    }

    /// As another process reads it from the store.
    func crash() throws { task = try JSONDecoder().decode(StreamTask.self, from: try JSONEncoder().encode(task)) }

    /// What a replacement consists of, from the moment that the loss is known.
    func replace(_ old: String, with new: String, deletion: StreamTask.Deletion = .done) {
        #expect(next == .checkAddress)
        task.checkedAddress(isGood: true, at: now, rules)
        #expect(next == .delete(id: old))
        delete(old, deletion)
        if deletion == .missing { confirm(old) }
        #expect(nextWork() == .create)
        task.created(.created(id: new), at: now, rules)
        #expect(task.instance?.id == new)
    }
}
