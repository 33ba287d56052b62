import Foundation
import Logging

/// One process's work on one wanted task: step by step until the task has nothing to do for now.
package struct StreamWork: Sendable {
    /// More steps than any task has in a row: one that goes round in circles gives way to others.
    private static let mostSteps = 32

    /// The claim is somebody else's by now.
    private struct ClaimLost: Error {}

    let store: any TaskStore
    let facts: any StreamFactStore
    let hands: StreamHands
    /// Sees what is told, for tests.
    let listener: (@Sendable (Announcement) -> Void)?
    let clock: any StreamClock
    let owner: String
    let logger: Logger
    let random: @Sendable () -> Double

    /// Works on the task and gives its claim back.
    func carryOn(_ claimed: ClaimedTask) async {
        var task = claimed
        do {
            try await hear(&task)
            var due: Int64? = clock.unixMilliseconds
            for _ in 0..<Self.mostSteps {
                guard !Task.isCancelled else { break }
                let action = task.record.life.next(at: clock.unixMilliseconds, rules(task))
                if case .wait(let until) = action {
                    due = until
                    break
                }
                if action == .over {
                    due = nil
                    logger.notice("a wanted stream is over", metadata: metadata(task.record))
                    break
                }
                try await step(action, &task)
            }
            try await tell(&task)
            try await store.release(task, by: owner, at: clock.unixMilliseconds, due: due)
        } catch is ClaimLost {
            logger.info("another process works on this stream now", metadata: metadata(task.record))
        } catch {
            // The claim ends by itself, and what was begun is in the record.
            logger.error("a stream could not be worked on; trying again", metadata: metadata(task.record, ["error": "\(error)"]))
        }
    }

    /// Takes in what was heard and said of the task since the last time.
    private func hear(_ task: inout ClaimedTask) async throws {
        let now = clock.unixMilliseconds
        if task.stopped != nil { task.record.life.stopWanting(at: now) }
        guard let id = task.record.life.instance?.id else { return }
        for fact in try await facts.facts(of: id, task.record.service, after: task.record.newestFact) {
            if let event = StreamTask.Event(fact) {
                task.record.life.heard(event, of: id, order: fact.happened, at: now, rules(task))
            }
            task.record.newestFact = fact.number
        }
    }

    private func step(_ action: StreamTask.Action, _ task: inout ClaimedTask) async throws {
        if action == .create { task.record.unresolvedSince = task.record.unresolvedSince ?? clock.unixMilliseconds }
        let now = clock.unixMilliseconds
        let until = now + Int64(TaskKeeper.claim / .milliseconds(1))
        guard try await store.save(task.record, by: owner, at: now, until: until) else { throw ClaimLost() }
        let deadline = clock.now + TaskKeeper.claim - TaskKeeper.callMargin
        switch action {
        case .create: try await create(&task, before: deadline)
        case .findByName:
            let found = await hands.find(task.record)
            try await note(found, &task)
            if case .ours(let id) = found.value { task.record.made(id) }
            if found.value != .failed, found.value != .nobody { task.record.unresolvedSince = nil }
            task.record.life.found(found.value, at: clock.unixMilliseconds, rules(task))
            if task.record.life.instance != nil { try await giveSlotBack(task.record) }
        case .look(let id):
            let look = await hands.look(id, task.record)
            try await note(look, &task)
            task.record.life.looked(look.value, at: clock.unixMilliseconds, rules(task))
        case .askForLeave:
            let leave = try await leave(&task)
            if let leave { task.record.life.mayReplace(leave, at: clock.unixMilliseconds, rules(task)) }
        case .checkAddress:
            let trouble = await hands.addressTrouble(task.record)
            if let trouble { task.record.trouble = CallTrouble(trouble) }
            task.record.life.checkedAddress(isGood: trouble == nil, at: clock.unixMilliseconds, rules(task))
            if trouble != nil { try await giveSlotBack(task.record) }
        case .delete(let id):
            let deletion = await hands.delete(id, task.record, before: deadline)
            try await note(deletion, &task)
            log("delete", id, "\(deletion.value)", task.record)
            task.record.life.deleted(id, deletion.value, at: clock.unixMilliseconds, rules(task))
        case .confirm(let id):
            let look = await hands.look(id, task.record)
            try await note(look, &task)
            task.record.life.confirmed(id, look.value, at: clock.unixMilliseconds, rules(task))
        case .wait, .over: break
        }
        // A result is in the store before anything follows from it.
        guard try await store.save(task.record, by: owner, at: clock.unixMilliseconds, until: until) else { throw ClaimLost() }
    }

    private func create(_ task: inout ClaimedTask, before deadline: ContinuousClock.Instant) async throws {
        let creation = await hands.create(task.record, before: deadline)
        try await note(creation, &task)
        log("create", nil, "\(creation.value)", task.record)
        switch creation.value {
        case .created(let id):
            task.record.made(id)
            task.record.unresolvedSince = nil
            task.record.began = task.record.began ?? clock.unixMilliseconds / 1000
            task.record.trouble = nil
        case .failed, .refused: task.record.unresolvedSince = nil
        case .nameTaken, .unknown: break
        }
        task.record.life.created(creation.value, at: clock.unixMilliseconds, rules(task))
        if task.record.life.instance != nil { try await giveSlotBack(task.record) }
    }

    // MARK: Replacing

    /// - Returns: nil when the task turned out to be alive.
    private func leave(_ task: inout ClaimedTask) async throws -> StreamTask.Leave? {
        let (name, service) = (task.record.name, task.record.service)
        let now = clock.unixMilliseconds
        guard let id = task.record.life.instance?.id else { return nil }
        let isKnown = try await store.change(Self.healthName(service), CallHealth.self) { health in
            (health ?? CallHealth()).isOutage(besides: name, at: now)
        }
        if isKnown { return try await refuse(task.record) }
        let look = await hands.lookAgain(id, task.record)
        try await note(look, &task)
        switch look.value {
        case .nothingLearned, .failed: return try await refuse(task.record)
        case .there(hasFailed: false), .there(hasFailed: nil):
            task.record.life.looked(look.value, at: clock.unixMilliseconds, rules(task))
            return nil
        case .there(hasFailed: true), .missing: break
        }
        let isTaken = try await store.change(Self.slotsName, ReplacementSlots.self) { slots in
            var taken = slots ?? ReplacementSlots()
            defer { slots = taken }
            return taken.take("\(service.rawValue)/\(name)", at: now)
        }
        guard isTaken else { return .busy }
        logger.notice("a stream is lost and is replaced", metadata: metadata(task.record, ["lost": "\(id)"]))
        return .granted
    }

    private func refuse(_ record: TaskRecord) async throws -> StreamTask.Leave {
        let now = clock.unixMilliseconds
        let change = try await store.change(Self.healthName(record.service), CallHealth.self) { health in
            var known = health ?? CallHealth()
            defer { health = known }
            return known.refusedReplacement(at: now)
        }
        try await tell(change, record.service)
        return .outage
    }

    private func giveSlotBack(_ record: TaskRecord) async throws {
        let key = "\(record.service.rawValue)/\(record.name)"
        try await store.change(Self.slotsName, ReplacementSlots.self) { $0?.giveBack(key) }
    }

    private static let slotsName = "replacements"
    private static func healthName(_ service: StreamService) -> String { "health.\(service.rawValue)" }

    // MARK: Telling

    /// Keeps how a call ended, for the judgement of the service.
    private func note<Value>(_ outcome: StreamHands.Outcome<Value>, _ task: inout ClaimedTask) async throws {
        if let trouble = outcome.trouble {
            task.record.trouble = trouble
            logger.info("a call for a stream did not succeed", metadata: metadata(task.record, ["trouble": "\(trouble.words)"]))
        }
        guard let isGood = outcome.isServiceGood else { return }
        let (name, now) = (task.record.name, clock.unixMilliseconds)
        let change = try await store.change(Self.healthName(task.record.service), CallHealth.self) { health in
            var known = health ?? CallHealth()
            defer { health = known }
            return known.heard(name, isGood: isGood, at: now)
        }
        try await tell(change, task.record.service)
    }

    private func tell(_ change: CallHealth.Change?, _ service: StreamService) async throws {
        switch change {
        case .outageBegan(let tasks):
            let happened = "calls of \(service.name) fail for \(tasks) tasks at least, so that nothing is replaced"
            try await post(.outageBegan(tasks: tasks), service, nil, happened)
        case .outageEnded(let tasks, let time):
            try await post(.outageEnded(tasks: tasks), service, nil, "\(service.name) works again after \(time / 1000) s")
        case nil: break
        }
    }

    /// Alarms and changed roles, each once.
    private func tell(_ task: inout ClaimedTask) async throws {
        let record = task.record
        if let alarm = record.life.alarm, alarm != record.announced {
            try await post(.alarm(alarm), record.service, record, record.trouble?.words ?? alarm.words)
        }
        task.record.announced = record.life.alarm
        let member = GroupRoles.Member(side: record.side, isHealthy: record.life.isHealthy)
        let (rank, group) = (record.wish.rank ?? 0, record.wish.group ?? record.name)
        let change = try await store.change("roles.\(record.service.rawValue).\(group)", GroupRoles.self) { roles in
            var known = roles ?? GroupRoles()
            defer { roles = known }
            return known.heard(rank, member)
        }
        guard let change else { return }
        let isBackup = change.old.task != change.new.task
        let happened = isBackup ? "\(change.old.task) failed, \(change.new.task) took over" : "the task was replaced"
        try await post(.roleChanged(old: change.old, new: change.new), record.service, record, happened)
    }

    private func post(_ kind: Announcement.Kind, _ service: StreamService, _ record: TaskRecord?, _ happened: String) async throws {
        let announcement = Announcement(kind: kind, service: service, record: record, happened: happened, time: clock.unixMilliseconds)
        logger.warning("\(happened)", metadata: record.map { metadata($0) } ?? ["service": "\(service.rawValue)"])
        listener?(announcement)
        try await store.post(try announcement.body(eventID: UUID().uuidString.lowercased()))
    }

    private func log(_ what: String, _ id: String?, _ result: String, _ record: TaskRecord) {
        let extra: Logger.Metadata = ["call": "\(what)", "result": "\(result)", "at": "\(id ?? "-")"]
        logger.notice("a stream was changed", metadata: metadata(record, extra))
    }

    private func metadata(_ record: TaskRecord, _ extra: Logger.Metadata = [:]) -> Logger.Metadata {
        let common: Logger.Metadata = ["service": "\(record.service.rawValue)", "task": "\(record.name)"]
        return common.merging(extra) { $1 }
    }

    private func rules(_ task: ClaimedTask) -> StreamTaskRules {
        var rules = task.record.rules
        rules.jitter = random()
        return rules
    }
}
