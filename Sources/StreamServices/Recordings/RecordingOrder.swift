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
        // By their bytes: to a storage names that look the same are not.
        var seen = Set<[UInt8]>()
        var (files, foreign) = ([RecordingFileName](), [String]())
        for name in names where seen.insert(Array(name.utf8)).inserted {
            if let file = RecordingFileName(name, sid: sid, cname: cname) { files.append(file) } else { foreign.append(name) }
        }
        let positions = files.map(\.position)
        self.init(sorted: files.indices.sorted { positions[$0] < positions[$1] }.map { files[$0] }, foreign: foreign)
    }

    /// Object names, one a line: without empty lines, the marks of line ends, and the mark that some programs begin a text with.
    public static func names(in lines: [UInt8]) -> [String] {
        let text = lines.starts(with: byteOrderMark) ? lines[byteOrderMark.count...] : lines[...]
        return text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            var name = line
            while name.last == UInt8(ascii: "\r") { name.removeLast() }
            guard name.contains(where: { !blanks.contains($0) }) else { return nil }
            return String(decoding: name, as: UTF8.self)
        }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]

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
        let (number, tick): (DigitText?, DigitText?) =
            switch kind {
            case .index: (nil, nil)
            case .slice(let time), .screenshot(let time): (time, nil)
            case .mp4(let index): (index, nil)
            case .delayedCopy(let tick, let index): (index, tick)
            }
        return Position(failover: failover, number: number, tick: tick, uid: track?.uid ?? "", type: track?.type ?? "", name: name)
    }

    struct Position: Comparable {
        let failover: DigitText?
        let number: DigitText?
        let tick: DigitText?
        let uid: String
        let type: String
        let name: String

        static func < (one: Position, other: Position) -> Bool {
            if one.failover != other.failover { return precedes(one.failover, other.failover) }
            if one.number != other.number { return precedes(one.number, other.number) }
            if one.tick != other.tick { return precedes(one.tick, other.tick) }
            return (one.uid, one.type, one.name) < (other.uid, other.type, other.name)
        }

        /// What has no number comes first.
        private static func precedes(_ one: DigitText?, _ other: DigitText?) -> Bool {
            guard let one else { return other != nil }
            return other.map { one < $0 } ?? false
        }
    }
}
