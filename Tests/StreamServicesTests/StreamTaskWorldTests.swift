import Foundation
import Testing

@testable import StreamServices

/// Tasks of one wish in a service that loses answers, moves tasks to other servers, lets them fail and end, and tells of it late or not.
private struct World {
    struct Task {
        let id: String
        let born: Int64
        var hasFailed = false
        /// Answers 404 until then, and runs again; for some minutes at least.
        var movesUntil: Int64 = 0
    }

    var random: SplitMix
    var isCalm = false
    var tasks: [Task] = []
    var events: [(due: Int64, event: StreamTask.Event, id: String, order: Int64)] = []
    private var last = 0

    init(seed: UInt64) { random = SplitMix(state: seed) }

    private mutating func happens(_ percent: UInt64) -> Bool { !isCalm && random.next() % 100 < percent }

    private mutating func tell(_ event: StreamTask.Event, of id: String, at now: Int64) {
        if happens(20) { return }  // lost
        for _ in 0...(happens(30) ? 1 : 0) {
            events.append((now + (isCalm ? 0 : Int64(random.next() % 200_000)), event, id, now))
        }
    }

    /// What happens by itself.
    mutating func live(at now: Int64) {
        for index in tasks.indices.reversed() where tasks[index].born < now - 60_000 {
            if happens(3), tasks[index].movesUntil < now - 300_000 { tasks[index].movesUntil = now + Int64(random.next() % 110_000) }
            if happens(2) {
                tasks[index].hasFailed = true
                tell(.state(hasFailed: true), of: tasks[index].id, at: now)
            }
            if happens(1) {
                tell(.destroyed(reason: "Internal Error"), of: tasks[index].id, at: now)
                tasks.remove(at: index)
            }
        }
    }

    mutating func create(at now: Int64) -> StreamTask.Creation {
        if happens(10) { return .failed }
        if happens(10) { return .unknown }
        last += 1
        tasks.append(Task(id: "c\(last)", born: now))
        return happens(20) ? .unknown : .created(id: "c\(last)")
    }

    mutating func find(at now: Int64) -> StreamTask.Search {
        if happens(20) { return .failed }
        return tasks.first { $0.born <= now - 10_000 || isCalm }.map { .ours(id: $0.id) } ?? .nobody
    }

    mutating func look(_ id: String, at now: Int64) -> StreamTask.Look {
        if happens(10) { return .failed }
        if happens(10) { return .nothingLearned }
        guard let task = tasks.first(where: { $0.id == id }), task.movesUntil <= now else { return .missing }
        return .there(hasFailed: task.hasFailed)
    }

    mutating func delete(_ id: String, at now: Int64) -> StreamTask.Deletion {
        if happens(10) { return .failed }
        guard let index = tasks.firstIndex(where: { $0.id == id }), tasks[index].movesUntil <= now else { return .missing }
        tasks.remove(at: index)
        return happens(10) ? .failed : .done
    }
}

@Suite("A wanted stream in a bad world") struct StreamTaskWorldTests {
    @Test(
        "never two at the same time, and one in the end, whatever fails and whoever dies",
        arguments: [StreamTaskRules.mediaPush, .mediaPull])
    func neverTwo(rules: StreamTaskRules) throws {
        var rules = rules
        rules.replacementsPerHour = 1000
        var replacements = 0
        for seed in 0..<100 as Range<UInt64> {
            var world = World(seed: seed)
            var task = StreamTask(wantedUntil: nil)
            var now: Int64 = 1_773_478_800_000
            let end = now + 6 * 3_600_000
            var made = Set<String>()
            while now < end + 3_600_000 {
                world.isCalm = now >= end
                world.live(at: now)
                for event in world.events where event.due <= now {
                    task.heard(event.event, of: event.id, order: event.order, at: now, rules)
                }
                world.events.removeAll { $0.due <= now }
                try step(&task, &world, &now, rules)
                made.formUnion(world.tasks.map(\.id))
                if world.tasks.count > 1 {
                    Issue.record("seed \(seed): \(world.tasks), \(task)")
                    return
                }
            }
            #expect(world.tasks.count == 1 && task.instance?.id == world.tasks.first?.id, "seed \(seed)")
            replacements += made.count - 1
        }
        #expect(replacements > 100, "the world was bad enough")
    }

    /// One action, with a death of the process between intent and result now and then.
    private func step(_ task: inout StreamTask, _ world: inout World, _ now: inout Int64, _ rules: StreamTaskRules) throws {
        let action = task.next(at: now, rules)
        let dies = !world.isCalm && world.random.next() % 50 == 0
        let stored = task
        switch action {
        case .create:
            let creation = world.create(at: now)
            if !dies { task.created(creation, at: now, rules) }
        case .findByName: task.found(world.find(at: now), at: now, rules)
        case .look(let id): task.looked(world.look(id, at: now), at: now, rules)
        case .checkAddress: task.checkedAddress(isGood: world.isCalm || world.random.next() % 5 > 0, at: now, rules)
        case .delete(let id):
            let deletion = world.delete(id, at: now)
            if !dies { task.deleted(id, deletion, at: now, rules) }
        case .confirm(let id): task.confirmed(id, world.look(id, at: now), at: now, rules)
        case .askForLeave:
            let leaves: [StreamTask.Leave] = [.granted, .granted, .outage, .busy]
            task.mayReplace(world.isCalm ? .granted : leaves[Int(world.random.next() % 4)], at: now, rules)
        case .wait: break
        case .over: Issue.record("it is wanted for ever")
        }
        if dies { task = try JSONDecoder().decode(StreamTask.self, from: try JSONEncoder().encode(stored)) }
        now += 5000
    }
}
