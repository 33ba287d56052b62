/// The lives of recordings.
extension World {
    struct RecordingDraft {
        let cname: String
        let uid: String
        let resourceID: String
        let mode: String
        let body: JSONValue
        /// Seconds for which it may be called.
        var callable: Double = 72 * 3600
        var maker = SimulatedTask.Maker.caller
    }

    /// How a recording ends.
    enum Leaving: Sendable, Equatable {
        /// As it was asked to.
        case stopped
        case idle
        case abnormal
    }

    mutating func makeRecording(_ draft: RecordingDraft, at now: Int64) -> SimulatedTask {
        var task = SimulatedTask(
            id: newID(), service: .cloudRecording, channel: draft.cname, user: draft.uid, maker: draft.maker, serial: newSerial(),
            born: now,
            body: draft.body, state: TaskState.connecting)
        task.recording = RecordingLife(
            resourceID: draft.resourceID, mode: draft.mode, uid: draft.uid, callsUntil: now + Int64(draft.callable * 1000),
            slicesFrom: now + Int64(timing.recordingReady * 1000))
        add(task)
        plan(.state(id: task.id, stage: 0, TaskState.running), in: timing.recordingReady, from: now)
        let moments: [(RecordingMoment, Double)] = [
            (.recorderStarted, min(0.9, timing.recordingReady)), (.uploaderStarted, min(0.95, timing.recordingReady)),
            (.sliceStarted, timing.recordingReady), (.fileWritten, timing.firstFile),
        ]
        for (moment, seconds) in moments { plan(.recorded(id: task.id, stage: 0, moment), in: seconds, from: now) }
        return task
    }

    /// As `query` says it.
    func status(of task: SimulatedTask, at now: Int64) -> Int64 {
        let age = Double(now - task.born) / 1000
        if task.recording?.isStopping == true { return 6 }
        if age >= timing.firstFile { return 5 }
        return age >= timing.recordingReady ? 4 : 3
    }

    /// What there is to play. Nothing before the first index file is written, except at the end of a recording.
    func files(of task: SimulatedTask, at now: Int64) -> [RecordingFile] {
        let isEarly = Double(now - task.born) / 1000 < timing.firstFile && task.recording?.isStopping != true && task.isAlive
        return isEarly ? [] : RecordingFile.all(of: task, at: now)
    }

    mutating func tell(of moment: RecordingMoment, _ id: String, at now: Int64) {
        guard let task = tasks[id], let life = task.recording else { return }
        switch moment {
        case .recorderStarted:
            life.mode == "web"
                ? tell(id, 70, 6, "web_recorder_started", ["recorderStartTime": .integer(now)], at: now)
                : tell(id, 40, 1, "recorder_started", ["status": 0], at: now)
        case .uploaderStarted: tell(id, 30, 2, "uploader_started", ["status": 0], at: now)
        case .sliceStarted:
            guard life.mode != "web", let start = life.generations.last?.slicesFrom else { return }
            let details: [String: JSONValue] = [
                "startUtcMs": .integer(start), "discontinueUtcMs": .integer(task.runs.dropLast().last?.to ?? start), "mixedAllUser": true,
                "streamUid": "0", "trackType": "audio_and_video",
            ]
            tell(id, 42, 1, "recorder_slice_start", details, at: now)
        case .fileWritten:
            guard let index = RecordingFile.all(of: task, at: now).last(where: { $0.name.hasSuffix(".m3u8") }) else { return }
            tell(id, 4, 0, "cloud_recording_file_infos", ["fileList": .string(index.name)], at: now)
        }
    }

    /// A notification of a recording, with its next number.
    mutating func tell(_ id: String, _ type: Int64, _ part: Int64, _ name: String, _ details: [String: JSONValue], at moment: Int64) {
        let notice: Notice?? = change(id) { task in
            guard var life = task.recording else { return nil }
            defer { task.recording = life }
            life.sequence += 1
            let payload: JSONValue = [
                "cname": .string(task.channel), "uid": .string(life.currentUID), "sid": .string(task.id),
                "sequence": .integer(life.sequence - 1), "sendts": .integer(moment), "serviceType": .integer(part),
                "details": .object(details.merging(["msgName": .string(name)]) { $1 }),
            ]
            return Notice(service: .cloudRecording, type: type, task: id, at: moment, payload: payload)
        }
        if let notice, let notice { effects.notices.append(notice) }
    }

    /// Ends a recording and tells of it: it left the channel, the session is over, its files are stored.
    mutating func leave(_ id: String, _ leaving: Leaving, at now: Int64) {
        guard let task = tasks[id], task.isAlive, let life = task.recording else { return }
        let hasFiles = (life.generations.first?.slicesFrom ?? now) < now
        let why =
            switch leaving {
            case .stopped: "Stop Request"
            case .idle: "Idle Timeout"
            case .abnormal: "Abnormal Exit"
            }
        change(id) { $0.ended(at: now, why: why) }
        if life.mode == "web" {
            tell(id, 71, 6, "web_recorder_stopped", ["code": leaving == .abnormal ? 6 : 0, "message": "ok", "details": ""], at: now)
        } else if leaving != .abnormal {
            tell(id, 41, 1, "recorder_leave", ["leaveCode": leaving == .idle ? 4 : 16], at: now)
        }
        tell(id, 11, 0, "session_exit", ["exitStatus": leaving == .abnormal ? 1 : 0], at: now + 1000)
        guard hasFiles, let ended = tasks[id] else { return }
        let isBackuped = random.hit(backuped)
        var details: [String: JSONValue] = ["status": 0]
        if life.mode != "web" {
            details["fileList"] = .array(RecordingFile.all(of: ended, at: now).map { $0.json(startInMilliseconds: true) })
        }
        tell(id, isBackuped ? 32 : 31, 2, isBackuped ? "backuped" : "uploaded", details, at: now + 4000)
    }
}
