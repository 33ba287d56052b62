/// What the script does to a task.
enum Misfortune: Sendable, Equatable {
    /// The state is failed. A converter or player stays so, unless it is to recover.
    case fail(recoveringAfter: Double?)
    case destroy(reason: String)
    /// Away for some seconds, then back.
    case migrate(seconds: Double, holdingName: Bool)
    /// Gone without a word.
    case vanish
    /// A recording's server is lost: it comes back on another one after some seconds, as often as the service does that.
    case fault(seconds: Double)
    /// A recording's fatal error: event 1, then it is gone.
    case fatal
    case exit(World.Leaving)

    var kind: String {
        switch self {
        case .fail: "fail"
        case .destroy: "destroy"
        case .migrate: "migrate"
        case .vanish: "vanish"
        case .fault: "fault"
        case .fatal: "fatal"
        case .exit: "exit"
        }
    }
}

extension World {
    /// - Returns: False when it cannot befall this task: not one of its service, gone, or away.
    mutating func befall(_ id: String, _ misfortune: Misfortune, at now: Int64) -> Bool {
        guard let task = tasks[id], task.presence == .here, misfortune.applies(to: task.service) else { return false }
        var failure = Failure(at: now, task: id, kind: misfortune.kind, isMended: misfortune.isMended)
        switch misfortune {
        case .fail(let seconds): fail(task, recoveringAfter: seconds, at: now)
        case .destroy(let reason):
            failure.reason = reason
            destroy(id, reason, at: now)
        case .migrate(let seconds, let holdingName):
            change(id) { $0.left(at: now, holdingName: holdingName) }
            plan(.comesBack(id: id), in: seconds, from: now)
        case .vanish: change(id) { $0.ended(at: now, why: "vanished") }
        case .fault(let seconds):
            let isLast = task.recording.map { $0.failovers >= RecordingLife.mostFailovers } ?? false
            if isLast { failure = Failure(at: now, task: id, kind: "fault", reason: "no failover is left", isMended: false) }
            fault(id, isLast: isLast, seconds: seconds, at: now)
        case .fatal:
            let details: [String: JSONValue] = ["module": 2, "errorLevel": 5, "errorCode": 52, "stat": 1, "errorMsg": "start timeout"]
            tell(id, 1, 0, "cloud_recording_error", details, at: now)
            change(id) { $0.ended(at: now, why: "fatal error") }
        case .exit(let leaving): leave(id, leaving, at: now)
        }
        note(failure)
        return true
    }

    private mutating func fail(_ task: SimulatedTask, recoveringAfter seconds: Double?, at now: Int64) {
        change(task.id) { $0.stage += 1 }
        enter(TaskState.failed, task.id, at: now)
        let stage = task.stage + 1
        if let seconds {
            plan(.state(id: task.id, stage: stage, TaskState.running), in: seconds, from: now)
        } else if task.service == .mediaPull {
            let idle = min(600, max(5, task.body["idleTimeout"]?.whole ?? 300))
            plan(.idles(id: task.id, stage: stage), in: Double(idle), from: now)
        }
    }

    private mutating func fault(_ id: String, isLast: Bool, seconds: Double, at now: Int64) {
        if isLast { return leave(id, .abnormal, at: now) }
        change(id) { $0.left(at: now, holdingName: true) }
        // The other server is chosen before calls find it.
        plan(.switches(id: id), in: seconds * 2 / 3, from: now)
        plan(.comesBack(id: id), in: seconds, from: now)
    }

    mutating func switchServer(_ id: String, at now: Int64) {
        guard tasks[id]?.presence == .moving else { return }
        let uid = UInt32.random(in: 1_000_000_000...UInt32.max, using: &random)
        change(id) { $0.recording?.currentUID = String(uid) }
        tell(id, 12, 0, "session_failover", ["newUid": .integer(Int64(uid))], at: now)
    }

    mutating func comeBack(_ id: String, at now: Int64) {
        guard let task = tasks[id], task.presence == .moving else { return }
        let slices = now + Int64(timing.recordingReady * 1000)
        change(id) { task in
            task.cameBack(at: now)
            guard let failovers = task.recording?.failovers else { return }
            task.recording?.failovers = failovers + 1
            task.recording?.generations.append(.init(backup: failovers, slicesFrom: slices))
        }
        guard let stage = tasks[id]?.stage else { return }
        if task.service == .cloudRecording {
            plan(.recorded(id: id, stage: stage, .sliceStarted), at: slices)
        } else if task.state != TaskState.failed {
            enter(TaskState.connecting, id, at: now)
            plan(.state(id: id, stage: stage, TaskState.running), in: timing.connecting, from: now)
        }
    }
}

extension Misfortune {
    fileprivate var isMended: Bool {
        switch self {
        case .migrate, .fault: true
        case .fail(let seconds): seconds != nil
        default: false
        }
    }

    func applies(to service: AgoraService) -> Bool {
        switch self {
        case .fail, .migrate: service != .cloudRecording
        case .destroy(let reason): DestroyReason.all(of: service).contains(reason)
        case .vanish: true
        case .fault, .fatal, .exit: service == .cloudRecording
        }
    }
}
