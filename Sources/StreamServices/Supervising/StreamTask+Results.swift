/// What came of the actions.
extension StreamTask {
    package enum Creation: Sendable, Equatable {
        case created(id: String)
        /// Somebody has the name.
        case nameTaken
        /// It may have been done.
        case unknown
        /// Certainly not done, and may be tried again.
        case failed
        /// Certainly not done, and never will be as it is.
        case refused
    }

    package enum Search: Sendable, Equatable {
        case ours(id: String)
        case foreign
        case nobody
        case failed
        case refused
    }

    package enum Look: Sendable, Equatable {
        /// It is there; whether it failed is nil where the service does not say.
        case there(hasFailed: Bool?)
        case missing
        /// 5xx, or no answer.
        case failed
        /// 429, or a list that could not be read to its end: says nothing about the task.
        case nothingLearned
        /// 400, 401, 403: says nothing about the task, and will not before somebody changes something.
        case refused
    }

    package enum Deletion: Sendable, Equatable { case done, missing, failed, refused }

    package mutating func created(_ creation: Creation, at now: Int64, _ rules: StreamTaskRules) {
        making = .nothing
        refusals = creation == .failed ? refusals + 1 : 0
        switch creation {
        case .created(let id):
            alarm = nil
            adopt(id, at: now, rules)
        case .nameTaken: making = .unknown(since: now, absences: 0)
        case .unknown: making = .unknown(since: now + rules.listLag, absences: 0)
        case .failed:
            notBefore = now + rules.retreat(after: refusals)
            if refusals >= rules.createFailures { alarm = .notStarting }
        case .refused:
            alarm = .refused
            notBefore = now + rules.refusedRetry
        }
    }

    package mutating func found(_ search: Search, at now: Int64, _ rules: StreamTaskRules) {
        switch search {
        case .ours(let id):
            making = .nothing
            alarm = nil
            adopt(id, at: now, rules)
        case .foreign:
            making = .nothing
            alarm = .foreignName
            notBefore = now + rules.refusedRetry
        case .nobody:
            // Lists lag behind: only looks that came late enough prove that nothing was made.
            guard case .unknown(let since, let absences) = making, now >= since else {
                making = .unknown(since: now + rules.listLag, absences: 0)
                return
            }
            guard absences + 1 >= rules.absences else {
                making = .unknown(since: now + rules.listLag, absences: absences + 1)
                return
            }
            making = .nothing
            // A name may be taken for longer than lists show who has it.
            notBefore = now + rules.retreat(after: 1)
        case .failed:
            guard case .unknown(_, let absences) = making else {
                making = .unknown(since: now + rules.listLag, absences: 0)
                return
            }
            making = .unknown(since: now + rules.retry, absences: absences)
        case .refused:
            alarm = .refused
            making = .unknown(since: now + rules.refusedRetry, absences: 0)
        }
    }

    /// The name is still that of a task which was given up: its deletion is owed again.
    package mutating func foundGivenUp(_ id: String, at now: Int64, _ rules: StreamTaskRules) {
        debts.append(Debt(id: id, missingSince: nil, next: now, since: now))
        making = .unknown(since: now + rules.retreat(after: 1), absences: 0)
    }

    /// Tasks that were given up run beside the one that replaced them: their deletion is owed again.
    package mutating func foundStrays(_ ids: [String], at now: Int64) {
        for id in ids where !debts.contains(where: { $0.id == id }) {
            debts.append(Debt(id: id, missingSince: nil, next: now, since: now))
        }
    }

    package mutating func looked(_ look: Look, at now: Int64, _ rules: StreamTaskRules) {
        guard var seen = instance else { return }
        switch look {
        case .there(let hasFailed):
            (seen.failures, seen.absences) = (0, 0)
            (seen.missingSince, seen.missingAt) = (nil, nil)
            seen.hasFailed = hasFailed == true
            if hasFailed != true {
                seen.isSeen = true
                alarm = nil
            }
            // Answers may lag behind what was heard a moment ago.
            let isFresh = seen.heardAt.map { now - $0 < rules.listLag } ?? false
            if !isFresh { seen.wasDestroyed = false }
            seen.look = now + (isFresh ? rules.listLag : rules.look)
        case .missing:
            seen.failures += 1
            seen.absences += 1
            seen.missingSince = seen.missingSince ?? now
            seen.missingAt = now
            seen.look = now + rules.retreat(after: seen.failures)
        case .failed:
            seen.failures += 1
            seen.look = now + rules.retreat(after: seen.failures)
        case .nothingLearned: seen.look = now + rules.retreat(after: rules.failures)
        case .refused:
            alarm = .refused
            seen.look = now + rules.refusedRetry
        }
        instance = seen
    }

    /// A leave that was not used by then is no leave any more: the task may run again.
    private static let leaveLife: Int64 = 60_000

    /// The answer to `askForLeave`.
    package mutating func mayReplace(_ leave: Leave, at now: Int64, _ rules: StreamTaskRules) {
        switch leave {
        case .granted: leaveUntil = now + Self.leaveLife
        // What is known may be over by the time that something can be done about it: it is looked at once more.
        case .outage: doubt(at: now, wait: rules.retry, rules)
        case .busy: doubt(at: now, wait: rules.retreat(after: 1), rules)
        }
    }

    package mutating func checkedAddress(isGood: Bool, at now: Int64, _ rules: StreamTaskRules) {
        isAddressGood = isGood
        if isGood {
            if alarm == .badAddress { alarm = nil }
        } else {
            alarm = .badAddress
            doubt(at: now, wait: rules.retry, rules)
        }
    }

    package mutating func deleted(_ id: String, _ deletion: Deletion, at now: Int64, _ rules: StreamTaskRules) {
        guard let index = debts.firstIndex(where: { $0.id == id }) else { return }
        var debt = debts[index]
        debt.failures += 1
        debt.next = now + rules.retreat(after: debt.failures)
        switch deletion {
        case .done:
            settle(index, at: now, rules)
            return
        case .missing:
            let since = debt.missingSince ?? now
            debt.missingSince = since
            // A task on the move answers 404 and comes back.
            if now - since >= rules.migration {
                debt.isBelieved = true
                debt.next = now
            }
        case .failed: alarmIfOld(debt, at: now, rules)
        case .refused:
            alarm = .refused
            debt.next = now + rules.refusedRetry
        }
        debts[index] = debt
    }

    private mutating func settle(_ index: Int, at now: Int64, _ rules: StreamTaskRules) {
        debts.remove(at: index)
        listedFrom = now + rules.listLag
        if debts.isEmpty, alarm == .notDeleted || alarm == .refused { alarm = nil }
    }

    private mutating func alarmIfOld(_ debt: Debt, at now: Int64, _ rules: StreamTaskRules) {
        if let since = debt.since, now - since > 2 * rules.migration { alarm = .notDeleted }
    }

    /// The answer to `confirm`.
    package mutating func confirmed(_ id: String, _ look: Look, at now: Int64, _ rules: StreamTaskRules) {
        guard let index = debts.firstIndex(where: { $0.id == id }) else { return }
        switch look {
        case .missing:
            debts[index].absences += 1
            debts[index].next = now + rules.listLag
            if debts[index].absences >= rules.absences { settle(index, at: now, rules) }
        case .there:
            debts[index] = Debt(id: id, missingSince: nil, next: now, since: debts[index].since)
            alarmIfOld(debts[index], at: now, rules)
        case .refused:
            alarm = .refused
            debts[index].next = now + rules.refusedRetry
        case .failed, .nothingLearned: debts[index].next = now + rules.retreat(after: rules.failures)
        }
    }

    private mutating func adopt(_ id: String, at now: Int64, _ rules: StreamTaskRules) {
        instance = Instance(id: id, look: now + rules.listLag)
        listedFrom = now + rules.listLag
        // It was made for a wish that ended meanwhile.
        if let ending { end(ending, at: now, rules) }
    }
}
