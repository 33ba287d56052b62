/// A show that is to be recorded: by one recording, or by two that share no server.
///
/// The second one begins when the first one's resource id is known, or when that does not come, and lives by itself afterwards: when the
/// first is lost and replaced it goes on. Whichever is acquired names the other one's resource id, so that the two are kept apart.
package struct RecordingShow: Codable, Sendable, Equatable {
    package enum Slot: String, Codable, Sendable, CaseIterable { case main, backup }

    /// The channel.
    package let cname: String
    package private(set) var main: RecordingTask
    package private(set) var backup: RecordingTask?
    /// Since when the first one is wanted and has no resource id.
    private var mainMissingSince: Int64?

    package init(cname: String, main: RecordingTask, backup: RecordingTask? = nil) {
        self.cname = cname
        self.main = main
        self.backup = backup
    }

    /// Which recording has what to do. Waits are those of both together.
    package mutating func next(at now: Int64, isOutage: Bool, _ rules: RecordingTaskRules) -> (slot: Slot, action: RecordingTask.Action) {
        let action = main.next(at: now, isOutage: isOutage, excluding: backup?.resourceID.map { [$0] } ?? [], rules)
        // An action that nobody carries out would be taken for one that was under way when the process died.
        switch action {
        case .wait, .over: break
        default: return (.main, action)
        }
        let isMainMissing = main.resourceID == nil && main.ending == nil
        mainMissingSince = isMainMissing ? mainMissingSince ?? now : nil
        let knownFrom = mainMissingSince.map { $0 + rules.backupWait }
        let excluding = main.resourceID.map { [$0] } ?? []
        guard let other = backup?.next(at: now, isOutage: isOutage, excluding: excluding, knownFrom: knownFrom, rules) else {
            return (.main, action)
        }
        switch (action, other) {
        case (.wait(let until), .wait(let otherUntil)): return (.main, .wait(until: min(until, otherUntil)))
        case (.wait, .over): return (.main, action)
        default: return (.backup, other)
        }
    }

    /// Puts in what came of an action.
    package mutating func take(_ slot: Slot, _ result: (inout RecordingTask) -> Void) {
        switch slot {
        case .main: result(&main)
        case .backup:
            guard var task = backup else { return }
            result(&task)
            backup = task
        }
    }

    /// Of both recordings together, in the order in which they began.
    package var sessions: [RecordingTask.Session] {
        (main.sessions + (backup?.sessions ?? [])).sorted { $0.began < $1.began }
    }

    /// The recordings that calls can be made for.
    package var running: [(slot: Slot, target: RecordingTask.Target)] {
        [(Slot.main, main.recording?.target), (.backup, backup?.recording?.target)].compactMap { slot, target in
            target.map { (slot, $0) }
        }
    }

    /// A lost recording is not replaced yet.
    package var isHeldBack: Bool { main.isHeldBack || backup?.isHeldBack == true }

    /// Whether an event may be about a recording of ours that has no name yet.
    package var isUnheard: Bool { main.isUnheard || backup?.isUnheard == true }

    /// Notifications about other channels are dropped; those about other recordings of the channel, too.
    ///
    /// - Parameter since: When the first known event of that recording happened.
    package mutating func heard(_ news: RecordingNews, since: Int64? = nil, at now: Int64, _ rules: RecordingTaskRules) {
        guard news.cname == cname || sessions.contains(where: { $0.sid == news.sid }) else { return }
        let order = news.order ?? now
        main.heard(news.event, of: news.sid, uid: news.uid, order: order, since: since, at: now, rules)
        backup?.heard(news.event, of: news.sid, uid: news.uid, order: order, since: since, at: now, rules)
    }

    package mutating func stopWanting(at now: Int64) {
        main.stopWanting(at: now)
        backup?.stopWanting(at: now)
    }
}
