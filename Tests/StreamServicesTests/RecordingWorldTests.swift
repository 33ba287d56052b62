import Foundation
import Testing

@testable import StreamServices

@Suite("A wanted recording in a bad world") struct RecordingWorldTests {
    private static let epoch: Int64 = 1_773_478_800_000
    /// Two may be there while the failover of the old one is under way, and until its stop has come through.
    private static let overlap: Int64 = 90_000 + 60_000

    @Test("never two for longer than a failover, one in the end, and no call that is not allowed", arguments: [6, 1000])
    func survives(cap: Int) throws {
        var rules = RecordingTaskRules()
        rules.replacementsPerHour = cap
        var (began, unnamed) = (0, 0)
        for seed in 0..<120 as Range<UInt64> {
            var world = RecordingWorld(seed: seed)
            var task = RecordingTask(uid: "1", otherUID: "2", wantedUntil: nil, isKept: true)
            var now = Self.epoch
            let end = now + 4 * 3_600_000
            var (ticked, doubledSince, history) = (now, Int64?.none, [String]())
            while now < end + 2 * 3_600_000 {
                world.isCalm = now >= end
                // Ten minutes of outage in every two hours.
                world.isDown = !world.isCalm && (now / 1000) % 7200 < 600
                while ticked <= now {
                    world.live(at: ticked)
                    ticked += 5000
                }
                for news in world.news where news.due <= now {
                    task.heard(news.event, of: news.sid, uid: news.uid, order: news.order, at: now, rules)
                }
                world.news.removeAll { $0.due <= now }
                try step(&task, &world, &now, &history, rules)
                doubledSince = world.alive.count > 1 && !world.isDown ? doubledSince ?? now : nil
                let doubled = doubledSince.map { now - $0 } ?? 0
                if !world.offences.isEmpty || world.alive.count > 2 || doubled > Self.overlap || task.replacements.count > cap {
                    let story = history.suffix(16).joined(separator: "\n")
                    Issue.record(
                        "seed \(seed), \(now - Self.epoch) ms: \(world.offences), \(doubled) ms, \(world.alive), \(task)\n\(story)")
                    return
                }
            }
            // One that moved before any event told its name cannot be known; people are told of it.
            let isKnown = task.recording?.target.sid == world.alive.first?.sid && task.alarm == nil
            #expect(world.alive.count == 1 && (isKnown || task.alarm == .unnamed), "seed \(seed): \(task), \(world.alive)")
            #expect(task.debts.isEmpty && Set(task.sids).count == task.sids.count, "seed \(seed): \(task)")
            unnamed += isKnown ? 0 : 1
            began += world.began
        }
        #expect(began > 120 * 6, "the world was bad enough")
        #expect(unnamed <= 2)
    }

    /// One action, with a death of the process between intent and result now and then, and pauses of its own.
    private func step(
        _ task: inout RecordingTask, _ world: inout RecordingWorld, _ now: inout Int64, _ history: inout [String],
        _ rules: RecordingTaskRules
    ) throws {
        let action = task.next(at: now, isOutage: world.isDown, rules)
        if case .wait = action {} else { history.append("\(now - Self.epoch) \(action)") }
        let dies = world.happens(2)
        let stored = task
        let sent = now
        now += world.happens(5) ? 8000 : Int64(world.random.next() % 700)
        switch action {
        case .acquire(let uid, _):
            let acquisition = world.acquire(uid, at: sent)
            if !dies { task.acquired(acquisition, uid: uid, at: sent, rules) }
        case .start(let uid, let resourceID, let before):
            let start = world.start(uid, resourceID, before: before, at: sent)
            if !dies { task.started(start, at: now, rules) }
        case .query(let target): task.queried(target.sid, world.query(target, at: sent), at: now, rules)
        case .stop(let target):
            let stop = world.stop(target, at: sent)
            if !dies { task.stopped(target.sid, stop, at: now, rules) }
        case .wait(let until): now = max(now, min(until, now + 5000))
        case .over: Issue.record("it is wanted for ever")
        }
        if dies {
            task = try JSONDecoder().decode(RecordingTask.self, from: try JSONEncoder().encode(stored))
            now += Int64(world.random.next() % 60_000)
        }
    }
}
