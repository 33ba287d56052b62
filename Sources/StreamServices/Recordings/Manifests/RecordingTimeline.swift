/// One slice, as its index file lists it.
struct RecordingSlice: Sendable, Equatable {
    /// With the folders of its index file.
    let name: String
    let time: DigitText
    let microseconds: Int64
    /// Its index file marks a break before it.
    let isDiscontinuous: Bool

    /// Unix milliseconds; nil if the name's time is no moment.
    var began: Int64? { RecordingTime.parse(time.text) }
    var ended: Int64? { began.map { $0 + microseconds / 1000 } }
}

/// What one recorder wrote of one track: the slices of one index file.
struct RecordingPart: Sendable {
    let sid: String
    let generation: Generation
    /// The index file that was read.
    let index: String
    let isClosed: Bool
    /// When streams began, or began again: Unix milliseconds.
    let starts: [Int64]
    /// In the order in which they play, at least one.
    let slices: [RecordingSlice]
}

/// Where two slices do not fit together.
struct Seam: Sendable, Equatable {
    let isOverlap: Bool
    let before: String
    let after: String
    /// Unix milliseconds: the end of the slice before.
    let from: Int64
    /// The beginning of the slice after: earlier than `from` in an overlap.
    let to: Int64

    var milliseconds: Int64 { isOverlap ? from - to : to - from }

    /// Times in names are those of the wall clock, lengths those of the stream: a smaller difference is no break. Derived.
    static let tolerance: Int64 = 500

    /// Nil if the two fit together, or a time is unknown.
    init?(_ before: RecordingSlice, _ after: RecordingSlice) {
        guard let from = before.ended, let to = after.began, abs(to - from) > Self.tolerance else { return nil }
        (self.before, self.after, self.from, self.to) = (before.name, after.name, from, to)
        isOverlap = to < from
    }
}

/// One track of a recording, or of several one after the other, in the order in which it plays.
///
/// Of two generations that overlap nothing is left out: the overlap is marked, and what is cut is the player's or the merger's choice.
struct RecordingTimeline: Sendable {
    /// Nil for the mix of all users.
    let track: RecordingFileName.Track?
    /// Generation by generation.
    var parts: [RecordingPart]

    var slices: [RecordingSlice] { parts.flatMap(\.slices) }

    var seams: [Seam] {
        let slices = slices
        return zip(slices, slices.dropFirst()).compactMap { Seam($0, $1) }
    }
}

extension RecordingPart {
    /// - Parameter strangers: Takes what the index file names and is no slice of it.
    init?(_ reading: IndexReading, sid: String, cname: String, strangers: inout [String]) {
        guard let index = reading.index else { return nil }
        let key = reading.file.key
        var slices: [RecordingSlice] = []
        var seen: Set<Substring> = []
        for entry in index.entries {
            guard let file = Self.slice(entry.uri, sid: sid, cname: cname), file.failover == key.failover, file.track == key.track,
                case .slice(let time) = file.kind
            else {
                strangers.append(entry.uri)
                continue
            }
            guard seen.insert(file.base).inserted else { continue }
            let name = file.folder.isEmpty ? reading.file.folder + file.name : file.name
            slices.append(
                RecordingSlice(name: name, time: time, microseconds: entry.microseconds, isDiscontinuous: entry.isDiscontinuous))
        }
        guard !slices.isEmpty else { return nil }
        slices.sort { ($0.time, $0.name) < ($1.time, $1.name) }
        self.sid = sid
        self.slices = slices
        generation = Generation(key.failover)
        self.index = reading.taken
        isClosed = index.isClosed
        starts = index.starts
    }

    /// The name as it stands, or with its percent signs read.
    private static func slice(_ uri: String, sid: String, cname: String) -> RecordingFileName? {
        for name in [uri, PercentText.decoded(uri)].compactMap({ $0 }) where ObjectName.isSafe(name) {
            if let file = RecordingFileName(name, sid: sid, cname: cname) { return file }
        }
        return nil
    }
}

extension PercentText {
    /// Nil if there is nothing to decode, or what comes out is no text.
    static func decoded(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return nil }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
