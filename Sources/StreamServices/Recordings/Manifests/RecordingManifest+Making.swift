extension RecordingManifest {
    init(_ view: RecordingView) {
        let story = view.story
        let files = view.files.sorted
        let recorders = story.recorders
        sid = story.sid
        cname = story.cname
        mode = Self.mode(story, files)
        reasons = RecordingJudgement(view).reasons
        isComplete = reasons.isEmpty
        notes = Self.notes(view, files)
        startUid = recorders.first.flatMap { story.failovers[$0.uid] == nil ? $0.uid : nil }
        currentUid = recorders.last?.uid
        // Events may be lost, and files bear the number of the failover in their names.
        failovers = max(story.failoverCount, files.compactMap { Generation($0.file.failover).number }.max() ?? 0)
        let offset = startUid == nil ? 1 : 0
        // Of fewer recorders than generations nobody can say who wrote what, but for the first one.
        let areAllKnown = recorders.count + offset == failovers + 1
        self.recorders = recorders.enumerated().map { number, recorder in
            let isKnown = areAllKnown || number + offset == 0
            return Recorder(
                uid: recorder.uid, generation: isKnown ? Generation(number + offset).description : nil,
                since: RecordingTime.text(recorder.since), isAnnounced: recorder.isAnnounced)
        }
        let starts = files.compactMap(\.start) + [story.mediaBegan].compactMap { $0 }
        began = (starts.min() ?? story.recorderStarted).map(RecordingTime.text)
        ended = Self.ended(story).map(RecordingTime.text)
        end = End(story)
        faults = story.faults.sorted().map {
            Fault(time: RecordingTime.text($0.time), module: $0.module, level: $0.level, code: $0.code, text: $0.text)
        }
        interruptions = story.interruptions.sorted().map {
            Interruption(from: RecordingTime.text($0.from), to: RecordingTime.text($0.to), uid: $0.user, type: $0.type)
        }
        self.files = files.map { File($0) }
        foreign = view.files.others.sorted()
        tracks = view.timelines.map { ManifestTrack($0, playlist: ManifestName.playlist(story.sid, $0.track)) }
        mp4 = files.filter(\.file.isMP4).map(\.file.name)
    }

    private static func mode(_ story: RecordingStory, _ files: [RecordingFiles.Known]) -> Mode? {
        if story.isWebPage { return .webPage }
        if files.contains(where: { $0.file.track != nil }) { return .individual }
        return files.isEmpty ? nil : .composite
    }

    /// When the service left; else, of a page, when its recorder stopped; else when the recorder left.
    private static func ended(_ story: RecordingStory) -> Int64? {
        if story.exit.value != nil { return story.exit.time }
        if story.webStop.value != nil { return story.webStop.time }
        return story.leave.value != nil ? story.leave.time : nil
    }

    private static func notes(_ view: RecordingView, _ files: [RecordingFiles.Known]) -> [String] {
        let story = view.story
        var notes: [String] = []
        if RecordingJudgement(view).hasNoFiles {
            notes.append("there are no files: stop was answered with code 435 (no recorded data)")
        }
        if story.exit.value == 1 { notes.append("ended abnormally: event 11 has exitStatus 1") }
        for fault in story.faults.sorted() where fault.level == 5 {
            notes.append("fatal error \(fault.code) of module \(fault.module) at \(RecordingTime.text(fault.time)): \(fault.text)")
        }
        if !files.contains(where: { $0.file.isIndex }), files.contains(where: { $0.file.isMP4 }) {
            notes.append("MP4 files only: there is no playlist, each file plays by itself, in the order of mp4")
        }
        if story.isBackedUp, !view.isListed, view.readings.contains(where: { $0.index != nil }) {
            notes.append("index_source cannot be listed: late copies of index files, which may come after event 32, are not looked for")
        }
        for reading in view.readings {
            guard let index = reading.index else { continue }
            if reading.taken != reading.file.name {
                notes.append("\(reading.taken), a late copy, was taken in the place of \(reading.file.name)")
            }
            if !index.isClosed, !RecordingJudgement(view).awaitsEnd(of: reading) {
                notes.append("\(reading.taken) has no #EXT-X-ENDLIST: its recorder was replaced before it closed the file")
            }
        }
        return notes
    }
}

extension RecordingManifest.End {
    init(_ story: RecordingStory) {
        exitStatus = story.exit.value
        exited = story.exit.moment
        leaveCode = story.leave.value
        left = story.leave.moment
        webPageCode = story.webStop.value
        webPageStopped = story.webStop.moment
        isUploaded = story.isUploaded
        isBackedUp = story.isBackedUp
        uploadingStatus = story.uploadingStatus.value
        uploadProgress = story.progress.value
    }
}

extension Newest {
    fileprivate var moment: String? { value == nil ? nil : RecordingTime.text(time) }
}

extension RecordingManifest.File {
    init(_ known: RecordingFiles.Known) {
        name = known.file.name
        kind =
            switch known.file.kind {
            case .index: "index"
            case .slice: "slice"
            case .mp4: "mp4"
            case .screenshot: "screenshot"
            case .delayedCopy: "delayed-copy"
            }
        generation = Generation(known.file.failover).description
        uid = known.file.track?.uid
        type = known.file.track?.type
        start = known.start.map(RecordingTime.text)
        seconds = known.microseconds.map { Double($0) / 1_000_000 }
        sources = known.sources.sorted().map(\.description)
    }
}

extension ManifestTrack {
    init(_ timeline: RecordingTimeline, playlist: String) {
        uid = timeline.track?.uid
        type = timeline.track?.type
        self.playlist = playlist
        parts = timeline.parts.map { part in
            Part(
                sid: part.sid, generation: part.generation.description, index: part.index, isClosed: part.isClosed,
                slices: part.slices.count, from: part.slices.first?.began.map(RecordingTime.text),
                to: part.slices.last?.ended.map(RecordingTime.text),
                seconds: Double(part.slices.reduce(0) { $0 + $1.microseconds }) / 1_000_000, starts: part.starts.map(RecordingTime.text))
        }
        let seams = timeline.seams
        gaps = seams.filter { !$0.isOverlap }.map { Gap($0) }
        overlaps = seams.filter(\.isOverlap).map { Gap($0) }
    }
}

extension ManifestTrack.Gap {
    init(_ seam: Seam) {
        before = seam.before
        after = seam.after
        from = RecordingTime.text(min(seam.from, seam.to))
        to = RecordingTime.text(max(seam.from, seam.to))
        seconds = Double(seam.milliseconds) / 1000
    }
}
