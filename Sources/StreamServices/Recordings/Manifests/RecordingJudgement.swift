/// Whether a recording is complete, and why not: the one place that decides it.
struct RecordingJudgement {
    private let view: RecordingView
    private let latest: Generation

    init(_ view: RecordingView) {
        self.view = view
        let named = view.files.known.values.map { Generation($0.file.failover) }.max() ?? Generation(0)
        latest = max(named, Generation(view.story.failoverCount))
    }

    /// All reasons but the delivery from the backup storage.
    var isOtherwiseComplete: Bool { uploading.isEmpty && listing.isEmpty && reading.isEmpty }

    var reasons: [ManifestReason] { Set(uploading + delivering + listing + reading).sorted() }

    /// There is nothing to wait for.
    var hasNoFiles: Bool { view.story.hasNoFiles && view.files.known.isEmpty }

    // MARK: Events

    private var uploading: [ManifestReason] {
        let story = view.story
        guard !hasNoFiles else { return [] }
        guard !story.uploads.isEmpty else {
            var reasons = [ManifestReason(code: .notUploaded, text: "neither event 31 (uploaded) nor 32 (backed up) has come")]
            if let progress = story.progress.value, progress < 10_000 {
                let percent = "\(progress / 100).\(String("\(100 + abs(progress % 100))".dropFirst()))"
                reasons.append(.init(code: .uploadProgress, text: "event 33: \(percent)% of the recorded files are uploaded"))
            }
            return reasons
        }
        guard story.uploads.contains(where: covers) else {
            let text = "what was uploaded is an earlier recorder's: nothing says it of generation \(latest)"
            return [ManifestReason(code: .uploadedBeforeFailover, text: text)]
        }
        guard story.uploads.contains(where: { covers($0) && $0.status == 0 }) else {
            return [ManifestReason(code: .uploadFailed, text: "the upload ended with a status that is not 0")]
        }
        return []
    }

    /// While a server is being switched, the recorder that was left behind may report an upload, too: it says nothing of the new one's files.
    private func covers(_ upload: RecordingStory.Upload) -> Bool {
        let recorders = view.story.recorders
        if latest == Generation(0) { return true }
        if let uid = upload.uid, uid == recorders.last?.uid { return true }
        if let cname = view.story.cname {
            let named = upload.names.compactMap { RecordingFileName($0, sid: view.story.sid, cname: cname) }
            if named.contains(where: { Generation($0.failover) == latest }) { return true }
        }
        return view.story.exit.value == 0 && view.story.exit.time >= recorders.last?.since ?? .min
    }

    private var delivering: [ManifestReason] {
        guard view.story.isBackedUp, !view.story.isUploaded, isOtherwiseComplete else { return [] }
        if let failure = view.deliveryFailure {
            return [
                ManifestReason(code: .sourceUnreachable, text: "whether the backup storage has delivered is unknown: \(failure.reason)")
            ]
        }
        guard let missing = view.undelivered, let first = missing.first else { return [] }
        let text = "\(missing.count) files went to Agora's backup storage and have not been delivered, the first is \(first)"
        return [ManifestReason(code: .notDelivered, text: text)]
    }

    // MARK: Files

    private var listing: [ManifestReason] {
        guard !hasNoFiles else { return [] }
        guard view.story.cname != nil else {
            return [ManifestReason(code: .channelUnknown, text: "no event names the channel, and without it no file name can be read")]
        }
        let files = view.files.known.values.map(\.file)
        let unlisted = view.listFailure.map {
            ManifestReason(code: .sourceUnreachable, text: "the files of the recording could not be listed: \($0.reason)")
        }
        guard !files.isEmpty else {
            return [unlisted ?? ManifestReason(code: .noFiles, text: "no event has named a file of the recording")]
        }
        let indexes = files.filter(\.isIndex)
        let known = Set((indexes.isEmpty ? files : indexes).map { Generation($0.failover) })
        // More than a few are nobody's failovers, but somebody's file names.
        let last = min(latest.number ?? 0, 16)
        let missing = (0...last).map { Generation($0) }.filter { !known.contains($0) }
        if let unlisted, !missing.isEmpty { return [unlisted] }
        return missing.map {
            ManifestReason(code: .generationMissing, text: "no \(indexes.isEmpty ? "" : "index ")file of generation \($0) is known")
        }
    }

    // MARK: Index files

    private var reading: [ManifestReason] {
        var reasons: [ManifestReason] = []
        for reading in view.readings {
            let name = reading.file.name
            switch reading.outcome {
            case .unasked:
                reasons.append(
                    .init(code: .slicesUnknown, text: "the slices of \(name) are unknown: [agora.recordings] index_source is not set"))
            case .missing: reasons.append(.init(code: .indexMissing, text: "\(name) is not at index_source"))
            case .failed(let reason): reasons.append(.init(code: .indexUnreadable, text: "\(name) \(reason)"))
            case .unreachable(let reason):
                reasons.append(.init(code: .sourceUnreachable, text: "\(name) could not be read: \(reason)"))
            case .read(let index): reasons += judge(index, reading)
            }
        }
        for (index, names) in view.strangers {
            let text = "\(index) names \(names.count) files that are no slices of it, the first is \(names[0].prefix(200))"
            reasons.append(.init(code: .indexDamaged, text: text))
        }
        return reasons
    }

    /// Whether an index file is still to be closed: a recorder that was left behind closes nothing.
    func awaitsEnd(of reading: IndexReading) -> Bool { Generation(reading.file.key.failover) == latest }

    private func judge(_ index: RecordingIndex, _ reading: IndexReading) -> [ManifestReason] {
        var reasons = index.damages.map { ManifestReason(code: .indexDamaged, text: "\(reading.taken): \($0)") }
        if !index.isClosed, awaitsEnd(of: reading) {
            reasons.append(.init(code: .indexOpen, text: "\(reading.taken) has no #EXT-X-ENDLIST: its recorder has not closed it"))
        }
        if index.entries.isEmpty { reasons.append(.init(code: .indexEmpty, text: "\(reading.taken) lists no slices")) }
        return reasons
    }
}

extension IndexSourceError {
    /// In words.
    var reason: String {
        switch self {
        case .missing: "there is no such file"
        case .refused(let reason), .unreachable(let reason): reason
        }
    }
}
