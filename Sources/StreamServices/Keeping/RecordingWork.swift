import Logging

/// One process's work on one wanted show: step by step until there is nothing to do for now.
struct RecordingWork: Sendable {
    let desk: TaskDesk
    let studio: RecordingStudio

    /// Works on the show and gives its claim back.
    func carryOn(_ claimed: ClaimedTask<RecordingRecord>) async {
        await desk.turn(claimed.record) {
            var task = claimed
            let rules = studio.rules(for: task.record)
            try await hear(&task, rules)
            try await link(&task.record)
            var due: Int64? = desk.now
            for _ in 0..<TaskDesk.mostSteps {
                guard !Task.isCancelled else { break }
                let isOutage = try await desk.isOutage(besides: task.record)
                let (slot, action) = task.record.show.next(at: desk.now, isOutage: isOutage, rules)
                if isOutage, task.record.show.isHeldBack { try await desk.refusedReplacement(.cloudRecording) }
                if case .wait(let until) = action {
                    due = until
                    break
                }
                if action == .over {
                    due = nil
                    desk.logger.notice("a wanted recording is over", metadata: desk.metadata(task.record))
                    break
                }
                try await step(action, slot, &task.record, rules)
            }
            try await tell(&task.record)
            try await desk.store.release(task, by: desk.owner, at: desk.now, due: due)
        }
    }

    /// Takes in what was heard and said of the show since the last time.
    private func hear(_ task: inout ClaimedTask<RecordingRecord>, _ rules: RecordingTaskRules) async throws {
        if task.stopped != nil { task.record.show.stopWanting(at: desk.now) }
        var begun: [String: Int64] = [:]
        // Of the whole channel: a recording whose start was not answered is known by its events alone.
        for fact in try await desk.facts.facts(ofChannel: task.record.wish.cname, .cloudRecording, after: task.record.newestFact) {
            task.record.newestFact = fact.number
            guard let news = news(fact) else { continue }
            if begun[news.sid] == nil, task.record.show.isUnheard, !task.record.ids.contains(news.sid) {
                begun[news.sid] = try await desk.facts.facts(of: news.sid, .cloudRecording, after: 0).map(\.happened).min()
            }
            task.record.show.heard(news, since: begun[news.sid], at: desk.now, rules)
        }
    }

    /// - Returns: nil for a fact that cannot be read; it was readable when it was written down.
    private func news(_ fact: StreamFact) -> RecordingNews? {
        do { return try RecordingNews(fact.body) } catch {
            desk.logger.warning(
                "a fact about a recording cannot be read, and nothing follows from it",
                metadata: ["sid": "\(fact.subject)", "fact": "\(fact.number)"])
            return nil
        }
    }

    private func step(
        _ action: RecordingTask.Action, _ slot: RecordingShow.Slot, _ record: inout RecordingRecord, _ rules: RecordingTaskRules
    ) async throws {
        let hands = studio.hands(for: record.current)
        try await desk.save(record)
        switch action {
        case .acquire(let uid, let excluding):
            let acquisition = await hands.acquire(uid: uid, excluding: excluding)
            let now = desk.now
            record.show.take(slot) { $0.acquired(acquisition, uid: uid, at: now, rules) }
            try await note(acquisition != .failed, "acquire", "\(acquisition.isResource ? "ready" : "\(acquisition)")", record)
        case .start(let uid, let resourceID, let before):
            let start = await hands.start(uid: uid, resourceID: resourceID, before: min(before, desk.callDeadline))
            let now = desk.now
            record.show.take(slot) { $0.started(start, at: now, rules) }
            try await note(start != .failed && start != .unknown, "start", "\(start)", record)
        case .query(let target):
            let query = await hands.query(target)
            let now = desk.now
            record.show.take(slot) { $0.queried(target.sid, query, at: now, rules) }
            try await desk.note(query != .failed, record)
        case .stop(let target):
            let stop = await hands.stop(target)
            let now = desk.now
            record.show.take(slot) { $0.stopped(target.sid, stop, at: now, rules) }
            try await note(stop != .failed, "stop", "\(stop)", record)
        case .wait, .over: break
        }
        // A result is in the store before anything follows from it.
        try await desk.save(record)
        try await link(&record)
    }

    /// The recordings of one show are joined in its manifest, those of the second recording in another.
    private func link(_ record: inout RecordingRecord) async throws {
        guard record.ids != record.linked else { return }
        for show in record.shows { try await desk.facts.link(show) }
        record.linked = record.ids
    }

    private func note(_ isGood: Bool, _ call: String, _ result: String, _ record: RecordingRecord) async throws {
        let extra: Logger.Metadata = ["call": "\(call)", "result": "\(result)"]
        desk.logger.notice("a call for a recording was made", metadata: desk.metadata(record, extra))
        try await desk.note(isGood, record)
    }

    /// Alarms, each once.
    private func tell(_ record: inout RecordingRecord) async throws {
        for (slot, task) in [(RecordingShow.Slot.main, record.show.main), (.backup, record.show.backup)] {
            guard let task else { continue }
            if let alarm = task.alarm, alarm != record.announced[slot] {
                let told = Announcement.Task(
                    name: record.name, channel: record.wish.cname, id: task.sids.last, uid: task.sessions.last?.uid,
                    resourceID: task.resourceID, trouble: task.trouble.map { CallTrouble($0, call: "Cloud Recording") })
                let happened = task.trouble.map { "\(alarm.words): \($0)" } ?? alarm.words
                try await desk.post(Announcement(.recordingAlarm(alarm), .cloudRecording, told, happened, desk.now))
            }
            record.announced[slot] = task.alarm
        }
    }
}

extension RecordingTask.Acquisition {
    fileprivate var isResource: Bool {
        if case .resource = self { true } else { false }
    }
}
