/// The objects of one recording in the order in which they play, whatever order they were listed in.
///
/// First what was written before any failover, then `bak0_`, `bak1_`, ... by number; inside, slices by their time and MP4 files by their
/// index as a number. The order of notifications and of listings means nothing.
/// - SeeAlso: Agora, Cloud Recording, merge audio and video files.
public struct RecordingOrder: Encodable, Sendable {
    public struct Track: Encodable, Sendable, Equatable {
        public var indexFiles: [String] = []
        public var slices: [String] = []
    }

    public let indexFiles: [String]
    public let slices: [String]
    public let mp4: [String]
    /// Index files that came late from Agora's backup storage, the newest of each last.
    public let delayedCopies: [String]
    /// Names that are not this recording's, as they were listed.
    public let foreign: [String]
    /// By `uid/type`; only in individual mode.
    public let tracks: [String: Track]?
    /// Only in individual mode.
    public let screenshots: [String]?

    /// - Parameter names: Object names with or without folders; one that comes twice counts once.
    public init(_ names: some Sequence<String>, sid: String, cname: String) {
        var (seen, files, foreign) = (Set<String>(), [RecordingFileName](), [String]())
        for name in names where seen.insert(name).inserted {
            if let file = RecordingFileName(name, sid: sid, cname: cname) { files.append(file) } else { foreign.append(name) }
        }
        files.sort { $0.position < $1.position }
        self.init(sorted: files, foreign: foreign)
    }

    private init(sorted files: [RecordingFileName], foreign: [String]) {
        var (indexFiles, slices, mp4, delayedCopies, screenshots) = ([String](), [String](), [String](), [String](), [String]())
        var tracks: [String: Track] = [:]
        for file in files {
            let track = file.track.map { "\($0.uid)/\($0.type)" }
            switch file.kind {
            case .index:
                indexFiles.append(file.name)
                if let track { tracks[track, default: Track()].indexFiles.append(file.name) }
            case .slice:
                slices.append(file.name)
                if let track { tracks[track, default: Track()].slices.append(file.name) }
            case .mp4: mp4.append(file.name)
            case .delayedCopy: delayedCopies.append(file.name)
            case .screenshot: screenshots.append(file.name)
            }
        }
        let isIndividual = files.contains { $0.track != nil }
        self.indexFiles = indexFiles
        self.slices = slices
        self.mp4 = mp4
        self.delayedCopies = delayedCopies
        self.foreign = foreign
        self.tracks = isIndividual ? tracks : nil
        self.screenshots = isIndividual ? screenshots : nil
    }
}

extension RecordingFileName {
    /// Where the file stands among its kind: generation, then number, then track and name so that equal numbers have an order too.
    var position: Position {
        let numbers: [DigitText] =
            switch kind {
            case .index: []
            case .slice(let time), .screenshot(let time): [time]
            case .mp4(let index): [index]
            case .delayedCopy(let tick, let index): [index, tick]
            }
        return Position(failover: failover, numbers: numbers, texts: [track?.uid ?? "", track?.type ?? "", name])
    }

    struct Position: Comparable {
        let failover: DigitText?
        let numbers: [DigitText]
        let texts: [String]

        static func < (one: Position, other: Position) -> Bool {
            if one.failover != other.failover {
                guard let left = one.failover else { return true }
                guard let right = other.failover else { return false }
                return left < right
            }
            if one.numbers != other.numbers { return one.numbers.lexicographicallyPrecedes(other.numbers) }
            return one.texts.lexicographicallyPrecedes(other.texts)
        }
    }
}
