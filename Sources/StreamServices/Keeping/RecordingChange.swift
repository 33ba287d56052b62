/// Changes the recordings of a wanted show while they run, by `update` or `updateLayout`. Those that follow begin with the change.
package struct RecordingChange: Sendable {
    package enum Request: Sendable {
        case update(CloudRecordingCalls.Change)
        /// Of a composite recording.
        case layout(RecordingLayout)
    }

    /// What became of it, by `sid`.
    package struct Outcome: Sendable, Equatable {
        package var changed: [String] = []
        /// 404: on the way to another server, as long as nothing else is known; the request has to come again.
        package var moving: [String] = []
    }

    private let client: AgoraClient
    private let calls: CloudRecordingCalls
    private let store: any TaskStore
    private let clock: any StreamClock
    private let owner: String

    package init(_ client: AgoraClient, appID: String, store: any TaskStore, clock: any StreamClock, owner: String) {
        self.client = client
        calls = CloudRecordingCalls(appID: appID)
        self.store = store
        self.clock = clock
        self.owner = owner
    }

    /// - Parameter name: Of the wish; both of its recordings are changed.
    /// - Throws: `ChangeRefusal`, `InvalidCall`, and `AgoraError`.
    package func change(_ name: String, _ request: Request) async throws -> Outcome {
        var task = try await store.claim(RecordingRecord.self, named: name, .cloudRecording, by: owner, clock: clock)
        let result: Result<Outcome, any Error>
        do { result = .success(try await change(&task.record, request)) } catch { result = .failure(error) }
        try await store.release(task, by: owner, at: clock.unixMilliseconds, due: clock.unixMilliseconds)
        return try result.get()
    }

    private func change(_ record: inout RecordingRecord, _ request: Request) async throws -> Outcome {
        let running = record.show.running
        guard !running.isEmpty else { throw ChangeRefusal.notRunning(record.name) }
        let start = record.current.start.changed(by: request)
        // All are checked before the first is sent.
        let changes = try running.map { slot, target in (slot, target, try call(request, target, record.wish, start)) }
        var outcome = Outcome()
        for (slot, target, call) in changes {
            let now = clock.unixMilliseconds
            guard try await store.save(record, by: owner, at: now, until: now + TaskDesk.claim) else {
                throw ChangeRefusal.busy(record.name)
            }
            do throws(AgoraError) {
                guard try await carryOut(call, before: now + TaskDesk.claim - TaskDesk.callMargin) else {
                    let (now, rules) = (clock.unixMilliseconds, record.rules(tokenLifetime: nil))
                    record.show.take(slot) { $0.missed(target.sid, at: now, rules) }
                    outcome.moving.append(target.sid)
                    continue
                }
                outcome.changed.append(target.sid)
                record.start = start
            } catch {
                // What may have been carried out holds for those that follow, too.
                if !error.isCertainlyUndone { record.start = start }
                throw error
            }
        }
        return outcome
    }

    private func call(
        _ request: Request, _ target: RecordingTask.Target, _ wish: RecordingWish, _ start: RecordingSpec
    ) throws(InvalidCall) -> AgoraCall {
        let identity = RecordingIdentity(cname: wish.cname, uid: target.uid)
        let handle = RecordingHandle(identity, resourceID: target.resourceID, sid: target.sid, mode: wish.mode)
        let call =
            switch request {
            case .update(let change): try calls.update(handle, change)
            case .layout(let layout): try calls.updateLayout(handle, layout)
            }
        _ = try calls.start(identity, resourceID: target.resourceID, wish.mode, start)
        return call
    }

    /// - Returns: False for 404.
    private func carryOut(_ call: AgoraCall, before deadline: Int64) async throws(AgoraError) -> Bool {
        let answer = try await client.send(call, before: deadline)
        switch answer.meaning {
        case .success: return true
        case .missing: return false
        default: throw AgoraError(.answered(answer.meaning), call, answer: answer)
        }
    }
}

extension RecordingSpec {
    /// As a recording has it that was started so and changed since.
    func changed(by request: RecordingChange.Request) -> RecordingSpec {
        var changed = self
        switch request {
        case .update(let change): changed.take(change)
        case .layout(let layout): changed.take(layout)
        }
        return changed
    }

    private mutating func take(_ change: CloudRecordingCalls.Change) {
        if let storage = change.storageConfig { storageConfig = storage }
        if let list = change.streamSubscribe?.audioUidList {
            var config = recordingConfig ?? .init()
            (config.subscribeAudioUids, config.unsubscribeAudioUids) = (list.subscribeAudioUids, list.unsubscribeAudioUids)
            recordingConfig = config
        }
        if let list = change.streamSubscribe?.videoUidList {
            var config = recordingConfig ?? .init()
            (config.subscribeVideoUids, config.unsubscribeVideoUids) = (list.subscribeVideoUids, list.unsubscribeVideoUids)
            recordingConfig = config
        }
        for index in (extensionServiceConfig?.extensionServices ?? []).indices {
            let name = extensionServiceConfig?.extensionServices[index].serviceName
            if name == "web_recorder_service", let config = change.webRecordingConfig {
                extensionServiceConfig?.extensionServices[index].serviceParam.onhold = config.onhold
            }
            if name == "rtmp_publish_service", let config = change.rtmpPublishConfig {
                extensionServiceConfig?.extensionServices[index].serviceParam.outputs = config.outputs
            }
        }
    }

    /// What the layout leaves out falls back to its default.
    private mutating func take(_ layout: RecordingLayout) {
        var config = recordingConfig ?? .init()
        var transcoding = config.transcodingConfig ?? .init()
        transcoding.maxResolutionUid = layout.maxResolutionUid
        transcoding.mixedVideoLayout = layout.mixedVideoLayout
        transcoding.backgroundColor = layout.backgroundColor
        transcoding.backgroundImage = layout.backgroundImage
        transcoding.defaultUserBackgroundImage = layout.defaultUserBackgroundImage
        transcoding.layoutConfig = layout.layoutConfig
        transcoding.backgroundConfig = layout.backgroundConfig
        config.transcodingConfig = transcoding
        recordingConfig = config
    }
}
