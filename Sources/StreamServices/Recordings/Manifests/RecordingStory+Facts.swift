import MediaEvents

/// How each fact adds to the story. Every step gives the same for any order and any number of copies.
extension RecordingStory {
    mutating func take(_ fact: StreamFact) {
        if fact.isReply { return takeReply(fact) }
        let decoded = EventDecoder(encoding: .auto).decode(fact.body)
        if case .undecodable = decoded.result { unreadable.append(fact.number) }
        guard let event = decoded.event, let notice = event as? any RecordingNotice else { return }
        let moment = notice.moment
        guard moment.sid.lowercased() == sid.lowercased() else { return }
        let time = moment.sendts.flatMap(RecordingTime.milliseconds) ?? fact.happened
        keepEarliest(&channels, moment.cname, time)
        // Whatever stands for all users is no recorder.
        keepEarliest(&uids, moment.uid == "0" ? nil : moment.uid, time)
        if moment.serviceScene == "web_record" { isWebPage = true }
        takeRecorder(event, time)
        takeUploader(event, time)
        takeWebPage(event, time)
    }

    private mutating func takeRecorder(_ event: any MediaEvent, _ time: Int64) {
        switch event {
        case let event as RecordingFailedNotice:
            guard let error = event.payload.details else { return }
            faults.insert(
                Fault(
                    time: time, module: error.module ?? -1, level: error.errorLevel ?? 0, code: error.errorCode ?? 0,
                    text: error.errorMsg ?? ""))
        case let event as RecordingSessionExitedNotice: exit.take(event.payload.details?.exitStatus ?? -1, at: time)
        case let event as RecordingSessionFailedOverNotice:
            keepEarliest(&failovers, event.payload.details?.newUID.flatMap { $0 > 0 ? "\($0)" : nil }, time)
        case is RecorderStartedNotice: recorderStarted = min(recorderStarted ?? time, time)
        case let event as RecorderLeftNotice: leave.take(event.payload.details?.leaveCode ?? -1, at: time)
        case let event as RecorderSliceStartedNotice:
            guard let slice = event.payload.details, let start = slice.startUtcMs.flatMap(RecordingTime.milliseconds) else { return }
            mediaBegan = min(mediaBegan ?? start, start)
            guard let broken = slice.discontinueUtcMs.flatMap(RecordingTime.milliseconds), broken < start else { return }
            interruptions.insert(Interruption(from: broken, to: start, user: slice.streamUID ?? "0", type: slice.trackType ?? ""))
        case let event as RecorderSnapshotTakenNotice: name(event.payload.details?.name, from: .event(45))
        default: break
        }
    }

    private mutating func takeUploader(_ event: any MediaEvent, _ time: Int64) {
        switch event {
        case let event as RecordingStatusUpdatedNotice: name(event.payload.details?.fileList, from: .event(3))
        case let event as RecordingFileInfosNotice: name(event.payload.details?.fileList, from: .event(4))
        case let event as RecordingUploadedNotice:
            let details = event.payload.details
            takeUpload(31, event.payload.uid, time, details?.status, details?.fileList)
        case let event as RecordingBackedUpNotice:
            let details = event.payload.details
            takeUpload(32, event.payload.uid, time, details?.status, details?.fileList)
        case let event as RecordingUploadProgressedNotice:
            if let value = event.payload.details?.progress { progress.take(value, at: time) }
        default: break
        }
    }

    private mutating func takeWebPage(_ event: any MediaEvent, _ time: Int64) {
        switch event {
        case let event as WebRecorderStartedNotice:
            isWebPage = true
            guard let start = event.payload.details?.recorderStartTime.flatMap(RecordingTime.milliseconds) else { return }
            mediaBegan = min(mediaBegan ?? start, start)
        case let event as WebRecorderStoppedNotice:
            isWebPage = true
            webStop.take(event.payload.details?.code ?? -1, at: time)
            for file in event.payload.details?.fileList ?? [] { name(file.name, from: .event(71), start: file.sliceStartTime) }
        case is WebRecorderLimitedNotice, is WebRecorderReloadedNotice, is WebRecorderPushChangedNotice: isWebPage = true
        default: break
        }
    }

    private mutating func takeUpload(_ number: Int64, _ uid: String?, _ time: Int64, _ status: Int64?, _ files: [RecordedFile]?) {
        for file in files ?? [] { name(file.name, from: .event(number), start: file.sliceStartTime) }
        let names = Set((files ?? []).compactMap(\.name)).sorted()
        uploads.insert(Upload(event: number, uid: uid, time: time, status: status ?? 0, names: names))
    }

    private mutating func takeReply(_ fact: StreamFact) {
        let reply: RecordingReply
        do throws(UndecodableBody) { reply = try VendorReply.read(fact.body) } catch { return unreadable.append(fact.number) }
        guard reply.sid == nil || reply.sid?.lowercased() == sid.lowercased() else { return }
        keepEarliest(&channels, reply.cname, fact.happened)
        if reply.hasNoFiles { isEmpty = true }
        for file in reply.files { name(file.name, from: .query, start: file.start) }
        guard let status = reply.uploadingStatus else { return }
        uploadingStatus.take(status, at: fact.happened)
        // The same word as in the notification, which may be lost.
        guard let event = ["uploaded": Int64(31), "backuped": 32][status] else { return }
        let names = Set(reply.files.map(\.name)).sorted()
        uploads.insert(Upload(event: event, uid: nil, time: fact.happened, status: 0, names: names))
    }

    private func keepEarliest(_ times: inout [String: Int64], _ name: String?, _ time: Int64) {
        guard let name, !name.isEmpty else { return }
        times[name] = min(time, times[name] ?? time)
    }
}
