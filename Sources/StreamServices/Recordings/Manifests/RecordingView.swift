/// Everything that a manifest is made from: the story, the files, and what their index files say.
struct RecordingView: Sendable {
    let story: RecordingStory
    var files: RecordingFiles
    let readings: [IndexReading]
    let timelines: [RecordingTimeline]
    /// What index files name and is no slice of them, by index file.
    let strangers: [(index: String, names: [String])]
    /// Whether the source could tell which files it holds.
    let isListed: Bool
    /// Why it failed to.
    private(set) var listFailure: IndexSourceError?
    /// Slices that the source does not hold although they were to be delivered; nil where nobody looked.
    var undelivered: [String]?
    /// Why nobody could.
    var deliveryFailure: IndexSourceError?

    private init(_ story: RecordingStory, _ files: RecordingFiles, _ readings: [IndexReading], isListed: Bool) {
        var files = files
        var parts: [TrackKey: [RecordingPart]] = [:]
        var strangers: [(index: String, names: [String])] = []
        for reading in readings {
            var names: [String] = []
            let part = RecordingPart(reading, sid: story.sid, cname: story.cname ?? "", strangers: &names)
            if !names.isEmpty { strangers.append((reading.taken, names)) }
            guard let part else { continue }
            parts[TrackKey(reading.file.key.track), default: []].append(part)
            for slice in part.slices {
                guard let file = RecordingFileName(slice.name, sid: story.sid, cname: story.cname ?? "") else { continue }
                files.add(.init(file: file, sources: [.indexFile], start: slice.began, microseconds: slice.microseconds))
            }
        }
        self.story = story
        self.isListed = isListed
        self.files = files
        self.readings = readings
        self.strangers = strangers
        // Readings come generation by generation.
        timelines = parts.sorted { $0.key < $1.key }.map { RecordingTimeline(track: $0.key.track, parts: $0.value) }
    }

    /// Reads what there is to read. A source that fails is no error but a reason.
    static func read(_ story: RecordingStory, _ source: (any IndexSource)?) async -> RecordingView {
        let reader = IndexReader(source: source)
        var files = RecordingFiles(story)
        var (isListed, failure) = (false, IndexSourceError?.none)
        do throws(IndexSourceError) { isListed = try await reader.list(&files, story) } catch { failure = error }
        let readings = await reader.read(files.indexFiles, failure: failure)
        var view = RecordingView(story, files, readings, isListed: isListed)
        view.listFailure = failure
        await view.lookForDelivered(reader)
        return view
    }

    /// Whether a source was asked and could not answer: what was known before is better than what is known now.
    var isBlind: Bool {
        listFailure != nil || readings.contains { if case .unreachable = $0.outcome { true } else { false } }
    }

    /// After event 32 the index files may be there before the slices are. Nobody looks while there is more amiss.
    private mutating func lookForDelivered(_ reader: IndexReader) async {
        guard reader.source != nil, story.isBackedUp, !story.isUploaded, RecordingJudgement(self).isOtherwiseComplete else { return }
        let wanted = timelines.flatMap(\.slices).map(\.name) + files.sorted.filter { $0.file.isMP4 }.map(\.file.name)
        do throws(IndexSourceError) { undelivered = try await reader.missing(wanted) } catch { deliveryFailure = error }
    }
}

extension RecordingFileName {
    var isMP4: Bool { if case .mp4 = kind { true } else { false } }

    /// Or a late copy of one.
    var isIndex: Bool {
        switch kind {
        case .index, .delayedCopy: true
        case .slice, .mp4, .screenshot: false
        }
    }
}
