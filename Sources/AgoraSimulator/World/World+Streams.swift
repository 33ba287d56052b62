/// The lives of converters and players.
extension World {
    struct StreamDraft {
        let service: AgoraService
        var name = ""
        var channel = ""
        var user: String?
        var region = ""
        var maker = SimulatedTask.Maker.caller
        var body: JSONValue
        /// Of the call that makes it: repeated in the event.
        var requestID = ""
    }

    mutating func makeStream(_ draft: StreamDraft, at now: Int64) -> SimulatedTask {
        let start = (draft.body["playTs"]?.whole ?? 0) * 1000
        let isScheduled = draft.service == .mediaPull && start > now
        let task = SimulatedTask(
            id: newID(), service: draft.service, name: draft.name, channel: draft.channel, user: draft.user, region: draft.region,
            maker: draft.maker, serial: newSerial(), born: now, body: draft.body, state: isScheduled ? TaskState.idle : TaskState.connecting
        )
        add(task)
        effects.notices.append(Notice.created(task, requestID: draft.requestID, at: now))
        if isScheduled { plan(.begins(id: task.id, stage: task.stage), at: start) } else { planStart(of: task.id, at: now) }
        return task
    }

    /// On the way to `running`, as the documented samples show it.
    mutating func planStart(of id: String, at now: Int64) {
        guard let task = tasks[id] else { return }
        let steps: [(String, Double)] =
            task.service == .mediaPush
            ? [(TaskState.connecting, 0.15), (TaskState.running, 1)]
            : [(TaskState.connecting, 0.3), (TaskState.success, 0.6), (TaskState.running, 1)]
        for (state, part) in steps { plan(.state(id: id, stage: task.stage, state), in: timing.connecting * part, from: now) }
    }

    mutating func enter(_ state: String, _ id: String, at now: Int64) {
        let isNew: Bool? = change(id) { task in
            // Events know `success`, the REST API does not: there it is still connecting.
            task.state = state == TaskState.success ? TaskState.connecting : state
            let isNew = state == TaskState.running && task.ranAt == nil
            if state == TaskState.running { task.began(at: now) }
            return isNew
        }
        guard let isNew, let task = tasks[id] else { return }
        if isNew { effects.began.append(id) }
        if task.service != .cloudRecording { effects.notices.append(Notice.state(task, state, at: now)) }
    }

    /// A player whose token is for somebody else gets into no channel.
    mutating func planRejection(of id: String, at now: Int64) {
        change(id) { $0.stage += 1 }
        if let stage = tasks[id]?.stage { plan(.rejected(id: id, stage: stage), in: timing.connecting, from: now) }
    }

    mutating func destroy(_ id: String, _ reason: String, at now: Int64) {
        guard let task = tasks[id], task.isAlive else { return }
        change(id) { $0.ended(at: now, why: reason) }
        if reason == DestroyReason.streamStopped { effects.notices.append(Notice.state(task, TaskState.stopped, at: now)) }
        effects.notices.append(Notice.destroyed(task, reason: reason, at: now))
    }

    /// Carries out an Update that is not too late.
    ///
    /// - Parameter paths: What changes, in the task's body and in `new`.
    mutating func update(_ id: String, with new: JSONValue, paths: [String], sequence: Int64, requestID: String, at now: Int64) {
        let isTaken: Bool? = change(id) { task in
            guard sequence > task.sequence ?? -1 else { return false }
            task.sequence = sequence
            task.updated = now
            for path in paths { task.body.set(new[path: path], at: path) }
            return true
        }
        guard isTaken == true, let task = tasks[id], task.service == .mediaPush else { return }
        effects.notices.append(Notice.updated(task, with: new, paths: paths, requestID: requestID, at: now))
    }
}

/// Why a converter or player ended, in the service's words.
enum DestroyReason {
    static let deleteRequest = "Delete Request"
    static let idleTimeout = "Idle Timeout"
    static let internalError = "Internal Error"
    static let streamStopped = "Stream Stopped"

    static func all(of service: AgoraService) -> [String] {
        switch service {
        case .mediaPush: [deleteRequest, idleTimeout, internalError]
        case .mediaPull: [deleteRequest, idleTimeout, internalError, streamStopped]
        case .cloudRecording: []
        }
    }
}
