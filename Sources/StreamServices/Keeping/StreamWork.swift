import Logging

/// One process's work on one wanted push or pull: step by step until there is nothing to do for now.
struct StreamWork: Sendable {
    private static let slotsName = "replacements"

    let desk: TaskDesk
    let hands: StreamHands

    /// Works on the task and gives its claim back.
    func carryOn(_ claimed: ClaimedTask<TaskRecord>) async {
        await desk.turn(claimed.record) {
            var task = claimed
            try await hear(&task)
            var due: Int64? = desk.now
            for _ in 0..<TaskDesk.mostSteps {
                guard !Task.isCancelled else { break }
                let action = task.record.life.next(at: desk.now, rules(task.record))
                if case .wait(let until) = action {
                    due = until
                    break
                }
                if action == .over {
                    due = nil
                    desk.logger.notice("a wanted stream is over", metadata: desk.metadata(task.record))
                    try await giveSlotBack(task.record)
                    break
                }
                try await step(action, &task.record)
            }
            try await tell(&task.record)
            try await desk.store.release(task, by: desk.owner, at: desk.now, due: due)
        }
    }

    /// Takes in what was heard and said of the task since the last time.
    private func hear(_ task: inout ClaimedTask<TaskRecord>) async throws {
        if task.stopped != nil { task.record.life.stopWanting(at: desk.now, rules(task.record)) }
        guard let id = task.record.life.instance?.id else { return }
        for fact in try await desk.facts.facts(of: id, task.record.service, after: task.record.newestFact) {
            if let event = StreamTask.Event(fact) {
                task.record.life.heard(event, of: id, order: fact.happened, at: desk.now, rules(task.record))
            }
            task.record.newestFact = fact.number
        }
    }

    private func step(_ action: StreamTask.Action, _ record: inout TaskRecord) async throws {
        let began = desk.now
        if action == .create { record.unresolvedSince = record.unresolvedSince ?? began }
        try await desk.save(record)
        switch action {
        case .create: try await create(&record, began: began)
        case .findByName: try await find(&record)
        case .look(let id):
            let look = await hands.look(id, record)
            try await note(look, &record)
            record.life.looked(look.value, at: desk.now, rules(record))
            guard case .there(let hasFailed) = look.value else { break }
            if hasFailed != true { record.trouble = nil }
            try await findStrays(&record)
        case .askForLeave:
            if let leave = try await leave(&record) { record.life.mayReplace(leave, at: desk.now, rules(record)) }
        case .checkAddress:
            let trouble = await hands.addressTrouble(record)
            if let trouble {
                record.trouble = CallTrouble(trouble)
                try await giveSlotBack(record)
            }
            record.life.checkedAddress(isGood: trouble == nil, at: desk.now, rules(record))
        case .delete(let id):
            let deletion = await hands.delete(id, record, before: desk.callDeadline)
            try await note(deletion, &record)
            log("delete", id, "\(deletion.value)", record)
            record.life.deleted(id, deletion.value, at: desk.now, rules(record))
        case .confirm(let id):
            let look = await hands.look(id, record)
            try await note(look, &record)
            record.life.confirmed(id, look.value, at: desk.now, rules(record))
        case .wait, .over: break
        }
        // A result is in the store before anything follows from it.
        try await desk.save(record)
    }

    /// - Parameter began: When this create was decided on, Unix milliseconds.
    private func create(_ record: inout TaskRecord, began: Int64) async throws {
        let creation = await hands.create(record, before: desk.callDeadline)
        try await note(creation, &record)
        log("create", nil, "\(creation.value)", record)
        switch creation.value {
        case .created(let id):
            record.made(id)
            record.unresolvedSince = nil
            record.began = record.began ?? desk.now / 1000
            record.trouble = nil
        // 5xx, too, may have been done: what has the name since then is ours.
        case .failed, .refused, .nameTaken, .unknown: break
        }
        if creation.isCertainlyUndone, record.unresolvedSince == began { record.unresolvedSince = nil }
        record.life.created(creation.value, at: desk.now, rules(record))
        if record.life.instance != nil || creation.value == .refused { try await giveSlotBack(record) }
    }

    private func find(_ record: inout TaskRecord) async throws {
        let found = await hands.find(record)
        try await note(found, &record)
        if case .ours(let id) = found.value {
            guard !record.isOurs(id) else {
                desk.logger.notice("a task that was given up is still there", metadata: desk.metadata(record, ["id": "\(id)"]))
                return record.life.foundGivenUp(id, at: desk.now, rules(record))
            }
            record.made(id)
        }
        record.life.found(found.value, at: desk.now, rules(record))
        if found.value == .foreign || record.life.instance != nil { record.unresolvedSince = nil }
        if found.value == .foreign || record.life.instance != nil { try await giveSlotBack(record) }
    }

    /// A task that was taken for gone may come back when another one has its place.
    private func findStrays(_ record: inout TaskRecord) async throws {
        guard record.ids.count > 1 else { return }
        let strays = await hands.strays(record)
        try await note(strays, &record)
        guard !strays.value.isEmpty else { return }
        desk.logger.warning(
            "a task that was given up runs beside the one that replaced it, and is deleted",
            metadata: desk.metadata(record, ["ids": "\(strays.value.joined(separator: " "))"]))
        record.life.foundStrays(strays.value, at: desk.now)
    }

    // MARK: Replacing

    /// - Returns: nil when the task turned out to be alive.
    private func leave(_ record: inout TaskRecord) async throws -> StreamTask.Leave? {
        guard let instance = record.life.instance else { return nil }
        let id = instance.id
        if try await desk.isOutage(besides: record) { return try await refuse(record) }
        let look = await hands.lookAgain(id, record)
        try await note(look, &record)
        switch look.value {
        case .nothingLearned, .failed: return try await refuse(record)
        // The look that follows finds the same, and people are told.
        case .refused: return .busy
        // The List may not say how it is; then Get's word stands.
        case .there(hasFailed: nil) where instance.hasFailed: break
        case .there(hasFailed: false), .there(hasFailed: nil):
            record.life.looked(look.value, at: desk.now, rules(record))
            return nil
        // After 5xx alone: it may be on a move, which takes its time.
        case .missing where !instance.hasFailed && !instance.wasDestroyed && instance.missingSince == nil:
            record.life.looked(look.value, at: desk.now, rules(record))
            return nil
        case .there(hasFailed: true), .missing: break
        }
        let (key, now) = (slotKey(record), desk.now)
        let isTaken = try await desk.store.change(Self.slotsName, ReplacementSlots.self) { slots in
            var taken = slots ?? ReplacementSlots()
            defer { slots = taken }
            return taken.take(key, at: now)
        }
        guard isTaken else { return .busy }
        desk.logger.notice("a stream is lost and is replaced", metadata: desk.metadata(record, ["lost": "\(id)"]))
        return .granted
    }

    private func refuse(_ record: TaskRecord) async throws -> StreamTask.Leave {
        try await desk.refusedReplacement(record.service)
        return .outage
    }

    private func giveSlotBack(_ record: TaskRecord) async throws {
        let key = slotKey(record)
        try await desk.store.change(Self.slotsName, ReplacementSlots.self) { $0?.giveBack(key) }
    }

    private func slotKey(_ record: TaskRecord) -> String { "\(record.service.rawValue)/\(record.name)" }

    // MARK: Telling

    private func note<Value>(_ outcome: StreamHands.Outcome<Value>, _ record: inout TaskRecord) async throws {
        if let trouble = outcome.trouble {
            record.trouble = trouble
            desk.logger.info(
                "a call for a stream did not succeed", metadata: desk.metadata(record, ["trouble": "\(trouble.words)"]))
        }
        try await desk.note(outcome.isServiceGood, record)
    }

    private func tell(_ record: inout TaskRecord) async throws {
        try await raiseAlarm(&record)
        try await announceRole(record)
    }

    /// Each once.
    private func raiseAlarm(_ record: inout TaskRecord) async throws {
        if let alarm = record.life.alarm, alarm != record.announced {
            // One alarm is raised for a service that is in trouble, not one for each of its tasks.
            if alarm.mayBeAnOutage, try await desk.isOutage(besides: record) { return }
            try await desk.post(Announcement(.alarm(alarm), record.service, record.told, record.trouble?.words ?? alarm.words, desk.now))
        }
        record.announced = record.life.alarm
    }

    private func announceRole(_ record: TaskRecord) async throws {
        let member = GroupRoles.Member(side: record.side, isHealthy: record.life.isHealthy)
        let (rank, group) = (record.wish.rank ?? 0, record.wish.group ?? record.name)
        let change = try await desk.store.change("roles.\(record.service.rawValue).\(group)", GroupRoles.self) { roles in
            var known = roles ?? GroupRoles()
            defer { roles = known }
            return known.heard(rank, member)
        }
        guard let change else { return }
        let isBackup = change.old.task != change.new.task
        let happened =
            if isBackup {
                "\(change.old.task) failed, \(change.new.task) took over"
            } else {
                change.old.id == change.new.id ? "the address was changed" : "the task was replaced"
            }
        try await desk.post(
            Announcement(.roleChanged(old: change.old, new: change.new), record.service, record.told, happened, desk.now))
    }

    private func log(_ what: String, _ id: String?, _ result: String, _ record: TaskRecord) {
        let extra: Logger.Metadata = ["call": "\(what)", "result": "\(result)", "at": "\(id ?? "-")"]
        desk.logger.notice("a stream was changed", metadata: desk.metadata(record, extra))
    }

    private func rules(_ record: TaskRecord) -> StreamTaskRules {
        var rules = record.rules
        rules.jitter = desk.random()
        return rules
    }
}

extension TaskRecord {
    fileprivate var told: Announcement.Task {
        Announcement.Task(
            name: name, channel: wish.channel, id: life.instance?.id, address: wish.address, trouble: trouble,
            replacements: life.replacementsOfTheHour)
    }
}
