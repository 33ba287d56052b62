extension RecordingTask {
    package enum Query: Sendable, Equatable {
        /// 0...8 or 20, as the service numbers them.
        case status(Int)
        /// 404: over, or on its way to another server.
        case missing
        /// 5xx, code 65, or no answer: says nothing about the recording.
        case failed
        case throttled
        case refused(String)
    }

    package enum Stop: Sendable, Equatable {
        case done
        /// Code 435: over, and there are no files.
        case nothingRecorded
        /// Code 49: it is ending already.
        case ending
        case missing
        case failed
        case refused(String)
    }

    package mutating func queried(_ sid: String, _ query: Query, at now: Int64, _ rules: RecordingTaskRules) {
        if let target = recording?.target, target.sid == sid {
            if case .refused(let words) = query, target.other == nil {
                if recording?.isUnproven == true { return disown(sid) }
                (alarm, trouble) = (.refused, words)
            }
            recording?.looked(query, at: now, rules)
            guard case .status = query else { return }
            settleDoubts(of: target.uid)
            if recording?.isRunning == true { (alarm, trouble) = (nil, nil) }
        } else if let index = debts.firstIndex(where: { $0.target.sid == sid }) {
            confirm(index, query, at: now, rules)
        }
    }

    /// `update` or `updateLayout`, made by others, was answered with 404: within the time of a failover no failure.
    package mutating func missed(_ sid: String, at now: Int64, _ rules: RecordingTaskRules) {
        guard recording?.target.sid == sid else { return }
        recording?.missed(at: now, rules)
    }

    package mutating func stopped(_ sid: String, _ stop: Stop, at now: Int64, _ rules: RecordingTaskRules) {
        guard let index = debts.firstIndex(where: { $0.target.sid == sid }) else { return }
        switch stop {
        case .done:
            settleDoubts(of: debts[index].target.uid)
            debts.remove(at: index)
        case .nothingRecorded:
            settleDoubts(of: debts[index].target.uid)
            for number in sessions.indices where sessions[number].sid == sid { sessions[number].hasNoFiles = true }
            debts.remove(at: index)
        case .ending:
            (debts[index].isEnding, debts[index].isConfirming) = (true, true)
            later(index, at: now, rules)
        case .missing: missing(index, at: now, rules)
        case .failed: later(index, at: now, rules)
        case .refused where debts[index].target.other != nil: debts[index].target = debts[index].target.other ?? debts[index].target
        case .refused where debts[index].isUnproven == true: disown(sid)
        case .refused(let words):
            (alarm, trouble) = (.refused, words)
            debts[index].next = now + 10 * rules.retry
            if now - debts[index].since >= rules.lifetime { debts.remove(at: index) }
        }
    }

    mutating func owe(_ recording: Recording, at now: Int64, blocking: Int64) {
        debts.append(
            Debt(
                target: recording.target, since: now, blocksUntil: now + blocking, absence: recording.absence,
                isUnproven: recording.isUnproven ? true : nil, next: now))
    }

    private mutating func confirm(_ index: Int, _ query: Query, at now: Int64, _ rules: RecordingTaskRules) {
        let debt = debts[index]
        switch query {
        case .missing where debt.isEnding || debt.absence.lasted(rules.failover), .status(20), .status(6...8): debts.remove(at: index)
        case .missing: missing(index, at: now, rules)
        case .status:
            // It came back, or does not end: stop it.
            debts[index].absence.clear()
            debts[index].isConfirming = false
            if debt.isEnding { later(index, at: now, rules) } else { debts[index].next = now }
        case .failed, .throttled, .refused: later(index, at: now, rules)
        }
    }

    private mutating func missing(_ index: Int, at now: Int64, _ rules: RecordingTaskRules) {
        let turn = debts[index].absence.count
        debts[index].absence.missed(at: now, rules)
        debts[index].failures = 0
        debts[index].isConfirming = debts[index].absence.lasted(rules.failover)
        let wait = RecordingTaskRules.wait(rules.missing, turn: turn, then: rules.missing.last ?? rules.retry)
        debts[index].next = debts[index].isConfirming ? now : now + wait
    }

    private mutating func later(_ index: Int, at now: Int64, _ rules: RecordingTaskRules) {
        debts[index].next = now + RecordingTaskRules.wait(rules.queryFailed, turn: debts[index].failures, then: rules.retry)
        debts[index].failures += 1
    }
}
