/// The files of a recording, each once, whatever named it and with or without its folders.
struct RecordingFiles: Sendable {
    struct Known: Sendable {
        /// With the folders, where any source gives them.
        var file: RecordingFileName
        var sources: Set<FileSource>
        /// Unix milliseconds: as the name says it, else as the most exact source does.
        var start: Int64?
        /// Of slices that an index file lists.
        var microseconds: Int64?
    }

    private(set) var known: [Substring: Known] = [:]
    /// Names that are not this recording's, or that nobody should follow, ascending.
    private(set) var others: Set<String> = []
    private let story: RecordingStory

    init(_ story: RecordingStory) {
        self.story = story
        guard let cname = story.cname else {
            others = Set(story.names.keys)
            return
        }
        for (name, naming) in story.names {
            guard ObjectName.isSafe(name), let file = RecordingFileName(name, sid: story.sid, cname: cname) else {
                others.insert(name)
                continue
            }
            let start = file.time ?? naming.starts.min { $0.key < $1.key }?.value
            add(Known(file: file, sources: naming.sources, start: start))
        }
    }

    /// Two names of one file become one; the one with folders stays.
    mutating func add(_ new: Known) {
        var new = new
        new.file = placed(new.file)
        guard var held = known[new.file.base] else {
            known[new.file.base] = new
            return
        }
        if (new.file.folder.count, held.file.folder) > (held.file.folder.count, new.file.folder) { held.file = new.file }
        held.sources.formUnion(new.sources)
        held.start = [held.start, new.start].compactMap { $0 }.min()
        held.microseconds = held.microseconds ?? new.microseconds
        known[new.file.base] = held
    }

    /// A name without folders is one that left them out.
    private func placed(_ file: RecordingFileName) -> RecordingFileName {
        guard file.folder.isEmpty, !story.folder.isEmpty else { return file }
        return RecordingFileName(story.folder + file.name, sid: story.sid, cname: story.cname ?? "") ?? file
    }

    /// In the order in which they play.
    var sorted: [Known] {
        known.values.map { ($0, $0.file.position) }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// The folders that names of the recording have, and the one that was asked for; the top is among them: a source may begin where the
    /// recording's folders end.
    var folders: Set<String> { Set(known.values.map { String($0.file.folder) }).union(["", story.folder]) }

    /// Index files with their late copies, by what they are: the same in every order.
    var indexFiles: [IndexFile] {
        var groups: [IndexFile.Key: IndexFile] = [:]
        for file in known.values.map(\.file) {
            switch file.kind {
            case .index: groups[.init(file), default: IndexFile(.init(file))].plain = file
            case .delayedCopy: groups[.init(file), default: IndexFile(.init(file))].copies.append(file)
            case .slice, .mp4, .screenshot: break
            }
        }
        return groups.values.sorted { $0.key < $1.key }
    }
}

/// One index file of a recording, with the copies of it that came late from Agora's backup storage.
struct IndexFile: Sendable {
    struct Key: Hashable, Sendable, Comparable {
        let failover: DigitText?
        let track: RecordingFileName.Track?
        /// The plain file's name without folders.
        let original: String

        init(_ file: RecordingFileName) {
            failover = file.failover
            track = file.track
            original = file.original
        }

        static func < (one: Key, other: Key) -> Bool {
            if one.failover != other.failover { return Generation(one.failover) < Generation(other.failover) }
            if one.track != other.track { return TrackKey(one.track) < TrackKey(other.track) }
            return one.original < other.original
        }
    }

    let key: Key
    var plain: RecordingFileName?
    var copies: [RecordingFileName] = []

    init(_ key: Key) { self.key = key }

    /// The late copy with the highest index.
    var newestCopy: RecordingFileName? { copies.max { $0.position < $1.position } }

    /// What is shown for it, with folders.
    var name: String { plain?.name ?? folder + key.original }

    /// Where it stands, and its slices with it.
    var folder: String { String((plain ?? newestCopy)?.folder ?? "") }
}
