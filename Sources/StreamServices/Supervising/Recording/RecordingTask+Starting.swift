extension RecordingTask {
    package enum Acquisition: Sendable, Equatable {
        case resource(String)
        /// 5xx, or no answer: nothing was made that has to be found again.
        case failed
        /// Code 406: too many recordings run.
        case overloaded
        case throttled
        case refused(String)
    }

    package enum Start: Sendable, Equatable {
        case started(sid: String)
        /// Code 7.
        case alreadyStarted
        /// Code 65: may still be done.
        case notCompleted
        /// Code 53: one with this channel and uid runs.
        case conflict
        /// 50x.
        case failed
        /// Code 62, 504, or no answer: may have been done.
        case unknown
        /// It never left: no host, no turn, or too late.
        case unsent
        case overloaded
        case throttled
        case refused(String)
    }

    /// The next step towards a recording.
    mutating func beginning(at now: Int64, _ excluding: [String], _ knownFrom: Int64?, _ rules: RecordingTaskRules) -> Action {
        if var attempt {
            let deadline = attempt.acquired + (attempt.sent == nil ? rules.startWithin : rules.resourceLife)
            if max(now, attempt.next) <= deadline {
                guard attempt.next <= now else { return .wait(until: attempt.next) }
                attempt.sent = attempt.sent ?? now
                attempt.isCalling = true
                self.attempt = attempt
                return .start(uid: attempt.uid, resourceID: attempt.resourceID, before: deadline)
            }
            giveUp(attempt)
        }
        if let knownFrom, now < knownFrom { return .wait(until: knownFrom) }
        return .acquire(uid: nextUID(rules), excluding: excluding)
    }

    /// The uid of a start that may have worked, which makes sure that there is one; else that whose turn it is.
    private mutating func nextUID(_ rules: RecordingTaskRules) -> String {
        if let doubt, !doubt.isRunning, failedRounds >= rules.roundsInDoubt { abandon(doubt) }
        guard let doubt else {
            if failedRounds > 0 { turn += 1 }
            failedRounds = 0
            return uids[turn % uids.count]
        }
        return doubt.uid
    }

    package mutating func acquired(_ acquisition: Acquisition, uid: String, at now: Int64, _ rules: RecordingTaskRules) {
        guard ending == nil, recording == nil else { return }
        switch acquisition {
        case .resource(let id): attempt = Attempt(uid: uid, resourceID: id, acquired: now, next: now)
        case .failed, .throttled: holdOff(at: now, rules)
        case .overloaded: overloaded(at: now, rules)
        case .refused(let words): refused(words, at: now, rules)
        }
    }

    package mutating func started(_ start: Start, at now: Int64, _ rules: RecordingTaskRules) {
        guard var attempt, attempt.isCalling else { return }
        attempt.isCalling = false
        self.attempt = attempt
        switch start {
        case .started(let sid):
            settleDoubts(of: attempt.uid)
            begin(Target(uid: attempt.uid, resourceID: attempt.resourceID, sid: sid), at: now, rules)
        case .alreadyStarted:
            doubt(attempt)
            runsUnnamed(at: now, rules)
        case .conflict: conflict(attempt, at: now, rules)
        case .notCompleted:
            doubt(attempt)
            again(rules.notCompleted, at: now, rules)
        case .unknown:
            doubt(attempt)
            again(rules.failed, at: now, rules)
        case .failed:
            if !again(rules.failed, at: now, rules) { failedRounds += 1 }
        case .unsent, .throttled:
            if attempt.repeats > 0 { giveUp(attempt) }
            self.attempt = nil
            holdOff(at: now, rules)
        case .overloaded:
            self.attempt = nil
            overloaded(at: now, rules)
        case .refused(let words):
            self.attempt = nil
            refused(words, at: now, rules)
        }
        if ending != nil, let left = self.attempt { giveUp(left) }
    }

    /// The same start with the same parameters after the next wait, or acquire and start anew.
    @discardableResult
    private mutating func again(_ waits: [Int64], at now: Int64, _ rules: RecordingTaskRules) -> Bool {
        guard var attempt else { return false }
        guard waits.indices.contains(attempt.repeats) else {
            giveUp(attempt)
            failedTry(rules)
            notBefore = now + (fruitless > rules.holdOff.count ? rules.retry : 0)
            return false
        }
        attempt.next = now + waits[attempt.repeats]
        attempt.repeats += 1
        self.attempt = attempt
        return true
    }

    private mutating func conflict(_ attempt: Attempt, at now: Int64, _ rules: RecordingTaskRules) {
        // A proxy's 50x hid a yes: the first start had no conflict.
        if attempt.repeats > 0, doubt == nil, !debts.contains(where: { $0.target.uid == attempt.uid }) { doubt(attempt) }
        if doubt?.uid == attempt.uid {
            // A start with an earlier id did work, and so none with this one.
            abandoned.removeAll { $0.resourceID == attempt.resourceID }
            return runsUnnamed(at: now, rules)
        }
        self.attempt = nil
        turn += 1
        conflicts += 1
        guard conflicts >= uids.count else { return }
        alarm = .uidsTaken
        notBefore = now + rules.retry
    }

    /// One runs, and its `sid` is not known. The next start with its uid shows whether it still does.
    private mutating func runsUnnamed(at now: Int64, _ rules: RecordingTaskRules) {
        if doubt?.isRunning == true { alarm = .unnamed }
        doubt?.isRunning = true
        self.attempt = nil
        (failedRounds, fruitless) = (0, 0)
        notBefore = now + rules.query
    }

    /// A recording is there, and has a name.
    mutating func begin(_ target: Target, isAdopted: Bool = false, at now: Int64, _ rules: RecordingTaskRules) {
        attempt = nil
        (alarm, trouble, fruitless, failedRounds, conflicts) = (nil, nil, 0, 0, 0)
        remember(target.sid, uid: target.uid, at: now)
        recording = Recording(target, at: now, rules)
        if isAdopted { recording?.isAdopted = true }
        if let ending { end(ending, at: now) }
    }

    mutating func remember(_ sid: String, uid: String, at now: Int64) {
        if !sids.contains(sid) { sessions.append(Session(sid: sid, uid: uid, began: now)) }
    }

    // MARK: Doubt

    /// Nobody took the result of a start: the process died, or the call was given up.
    mutating func lostSight() {
        guard var attempt else { return }
        attempt.isCalling = false
        doubt(attempt)
        self.attempt = ending == nil ? attempt : nil
    }

    mutating func doubt(_ attempt: Attempt) {
        guard let new = attempt.asDoubt, doubt?.resourceID != new.resourceID else { return }
        if let old = doubt, old.isRunning || old.uid != new.uid { return abandon(new) }
        if let old = doubt { abandon(old) }
        doubt = new
    }

    /// A recording with that uid runs, and has a name: no other start of it can have worked.
    mutating func settleDoubts(of uid: String) {
        if doubt?.uid == uid { doubt = nil }
        abandoned.removeAll { $0.uid == uid }
    }

    mutating func giveUp(_ attempt: Attempt) {
        self.attempt = nil
        // A 50x is taken for a no, but a proxy's 50x may hide a yes.
        if let start = attempt.asDoubt, doubt?.resourceID != start.resourceID { abandon(start) }
    }

    private mutating func abandon(_ given: Doubt) {
        abandoned = abandoned.filter { $0.resourceID != given.resourceID }.suffix(7) + [given]
        if doubt == given { doubt = nil }
    }

    /// While it can still be heard what became of a start whose wish has ended.
    mutating func unheard(at now: Int64, _ rules: RecordingTaskRules) -> Int64? {
        let latest = ([doubt].compactMap { $0 } + abandoned).map(\.sent).max()
        if let latest, now < latest + rules.resourceLife { return latest + rules.resourceLife }
        if doubt != nil { alarm = .unnamed }
        return nil
    }

    // MARK: Trouble

    private mutating func holdOff(at now: Int64, _ rules: RecordingTaskRules) {
        notBefore = now + RecordingTaskRules.wait(rules.holdOff, turn: fruitless, then: rules.retry)
        failedTry(rules)
    }

    private mutating func failedTry(_ rules: RecordingTaskRules) {
        fruitless += 1
        if fruitless >= rules.holdOff.count { alarm = .notStarting }
    }

    private mutating func overloaded(at now: Int64, _ rules: RecordingTaskRules) {
        alarm = .overloaded
        notBefore = now + rules.retry
    }

    private mutating func refused(_ words: String, at now: Int64, _ rules: RecordingTaskRules) {
        (alarm, trouble) = (.refused, words)
        notBefore = now + 10 * rules.retry
    }
}
