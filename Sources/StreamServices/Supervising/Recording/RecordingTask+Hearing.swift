extension RecordingTask {
    package enum Event: Sendable, Equatable {
        /// 1 of the fatal level: it may have quit.
        case fatal
        /// 11, the last word about a session.
        case exited(isNormal: Bool)
        /// 12, with the uid of the new recorder.
        case failedOver(newUID: String?)
        /// 13: another server stands by.
        case registered
        /// 31 and 32: all files are uploaded, which is no end of the recording.
        case uploaded
        /// 41: the recorder left; normal when the channel was empty or it was told to.
        case left(isNormal: Bool)
        /// Any other, which tells that there is a recording, and its `sid`.
        case other
    }

    /// Events may come late, twice, and in any order. All those of the channel can be given here: others than ours are dropped.
    ///
    /// - Parameters:
    ///   - uid: Of the recorder, as the event says.
    ///   - since: When the first event of that `sid` happened that is known; nil if it is this one.
    ///   - order: When it happened, as the service says. What is older than the newest taken for that `sid` is dropped, but for exits
    ///     and leaves, which are last words, and failovers, which are counted.
    package mutating func heard(
        _ event: Event, of sid: String, uid: String?, order: Int64, since: Int64? = nil, at now: Int64, _ rules: RecordingTaskRules
    ) {
        if !sids.contains(sid), foreign?.contains(sid) != true {
            adopt(sid, uid: uid, since: min(order, since ?? order), at: now, rules)
        }
        if let index = debts.firstIndex(where: { $0.target.sid == sid }), case .failedOver = event {
            debts[index].absence.moved = max(debts[index].absence.moved ?? .min, min(order, now))
        }
        guard var current = recording, current.target.sid == sid else { return }
        current.heard(event, uid: uid, order: order, at: now, rules)
        recording = current
    }

    /// Whether there are starts of which an event may tell what became of them.
    package var isUnheard: Bool { attempt?.sent != nil || doubt != nil || !abandoned.isEmpty }

    /// A recording that nobody knows by its `sid`: ours, if a start with its uid may have made it.
    ///
    /// - Parameter since: What was there before a start is nobody's that could have been made by it.
    private mutating func adopt(_ sid: String, uid: String?, since: Int64, at now: Int64, _ rules: RecordingTaskRules) {
        let starts = [attempt?.asDoubt, doubt].compactMap { $0 } + abandoned
        // Clocks need not agree to the second.
        let able = starts.filter { $0.uid == uid && since >= $0.sent - 10_000 }.sorted { $0.sent > $1.sent }
        guard let newest = able.first else { return }
        let others = able.map(\.resourceID).filter { $0 != newest.resourceID }
        let target = Target(uid: newest.uid, resourceID: newest.resourceID, sid: sid, otherResourceIDs: others)
        guard recording == nil else {
            remember(sid, uid: newest.uid, at: now)
            var stray = Recording(target, at: now, rules)
            stray.isAdopted = true
            return owe(stray, at: now, blocking: 0)
        }
        if let attempt { doubt(attempt) }
        begin(target, isAdopted: true, at: now, rules)
    }

    /// The service does not know it under any of our resource ids: it is somebody else's, and what became of our start is still open.
    mutating func disown(_ sid: String) {
        if recording?.target.sid == sid { recording = nil }
        debts.removeAll { $0.target.sid == sid }
        sessions.removeAll { $0.sid == sid }
        foreign = (foreign ?? []).suffix(31) + [sid]
    }
}

extension RecordingTask.Recording {
    mutating func heard(_ event: RecordingTask.Event, uid: String?, order: Int64, at now: Int64, _ rules: RecordingTaskRules) {
        let mark = Mark(uid: uid, order: order, heard: now)
        switch event {
        case .exited(let isNormal):
            guard !isOfFormerRecorder(mark) else { return lookAt(now) }
            guard exit?.order ?? .min < order else { return }
            (exit, exitWasNormal) = (mark, isNormal)
            return lookAt(now)
        case .failedOver(let newUID): return failedOver(newUID, order: order, at: now)
        case .registered: isRegistered = true
        case .left(isNormal: true):
            // The last word of a recorder, whatever else was heard before it.
            if !isOfFormerRecorder(mark), leaving?.order ?? .min < order { leaving = mark }
            lookAt(now)
        default: break
        }
        guard order >= self.order ?? .min else { return }
        self.order = order
        switch event {
        case .fatal:
            if !isOfFormerRecorder(mark), fatal?.order ?? .min < order { fatal = mark }
            lookAt(now)
        case .uploaded, .left: lookAt(now)
        case .other: if idleSince != nil { lookAt(now) }
        case .exited, .failedOver, .registered: break
        }
    }

    private mutating func failedOver(_ newUID: String?, order: Int64, at now: Int64) {
        let name = newUID ?? "at \(order)"
        guard !recorders.contains(name) else { return }
        // Events come in any order: the recorder at work is the one that took over last, not the one that was told last.
        let place = recorders.firstIndex { takeovers?[$0] ?? .min > order } ?? recorders.endIndex
        recorders.insert(name, at: place)
        takeovers = (takeovers ?? [:]).merging([name: order]) { $1 }
        absence.moved = max(absence.moved ?? .min, min(order, now))
        // What a former recorder said of itself is no word about the recording.
        (exit, fatal, leaving) = (ofThisRecorder(exit), ofThisRecorder(fatal), ofThisRecorder(leaving))
        if exit == nil { exitWasConfirmed = false }
    }

    private func ofThisRecorder(_ mark: Mark?) -> Mark? { mark.flatMap { isOfFormerRecorder($0) ? nil : $0 } }

    /// While a recording moves, the old recorder and the new one may both speak; the uid tells them apart, else the time.
    private func isOfFormerRecorder(_ mark: Mark) -> Bool {
        guard let newest = recorders.last, mark.uid != newest else { return false }
        guard let uid = mark.uid else { return mark.order <= takeovers?[newest] ?? .min }
        return uid == target.uid || recorders.contains(uid)
    }

    private mutating func lookAt(_ now: Int64) {
        look = min(look, now)
        looks = 0
    }
}
