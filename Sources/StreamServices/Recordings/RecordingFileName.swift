/// What the name of an object in the storage of a recording says about it.
///
/// `[folder/...][bak<n>_]<sid>_<cname>...`: a name can be read only with the recording's own `sid` and `cname` at hand, since channel names
/// hold digits and underscores of their own.
/// - SeeAlso: Agora, Cloud Recording, manage recorded files; what happens to file names after a failover.
public struct RecordingFileName: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// M3U8, or MPD for merged VP8.
        case index
        /// A piece of about 15 s, by the UTC time it begins at: `yyyyMMddHHmmssSSS`.
        case slice(DigitText)
        /// A file of two or three hours at most, counted from 0.
        case mp4(DigitText)
        case screenshot(DigitText)
        /// An index file that came late from Agora's backup storage; of several the highest `index` is the newest.
        case delayedCopy(tick: DigitText, index: DigitText)
    }

    /// One user's sound or picture, in individual mode.
    public struct Track: Hashable, Sendable {
        public let uid: String
        /// `audio` or `video`.
        public let type: String
    }

    /// As it was given, with its folders.
    public let name: String
    /// `n` of the prefix `bak<n>_`: written after the recording moved to another server for the (n+1)-th time. Nil before the first move.
    public let failover: DigitText?
    public let kind: Kind
    /// Nil in composite and web page mode.
    public let track: Track?

    /// - Returns: nil for a name that belongs to another recording, or to none.
    public init?(_ name: String, sid: String, cname: String) {
        var rest = name[(name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex)...]
        var failover: DigitText?
        if !rest.hasPrefix(sid + "_"), rest.hasPrefix("bak"), let end = rest.firstIndex(of: "_") {
            guard let digits = DigitText(rest[..<end].dropFirst(3)) else { return nil }
            failover = digits
            rest = rest[end...].dropFirst()
        }
        guard let body = rest.removing(prefix: sid + "_") else { return nil }
        guard let tail = Self.tail(of: body, after: cname) else { return nil }
        guard let point = tail.lastIndex(of: ".") else { return nil }
        let file = String(tail[point...].dropFirst())
        guard let (track, parts) = Self.parts(tail[..<point]), let kind = Self.kind(parts, file, of: track) else { return nil }
        self.name = name
        self.failover = failover
        self.kind = kind
        self.track = track
    }

    /// What follows the channel's name, each character of which stands in file names as it is or replaced: Agora documents the replacing
    /// for web page mode only.
    private static func tail(of body: Substring, after cname: String) -> Substring? {
        var rest = body
        for character in cname {
            guard let next = rest.popFirst(), next == character || (next == "-" && replaced.contains(character)) else { return nil }
        }
        return rest
    }

    /// Characters of channel names that file names have as `-`.
    private static let replaced = Set("!@#$%^&*()+_.=[]{}~|,;:?<>")

    /// The user's part, and the numbers after it.
    private static func parts(_ text: Substring) -> (track: Track?, numbers: [DigitText])? {
        var (text, track) = (text, Track?.none)
        if let user = text.removing(prefix: "__uid_s_") {
            guard let end = user.ranges(of: "__uid_e_").last, end.lowerBound > user.startIndex else { return nil }
            let words = user[end.upperBound...]
            let type = words.prefix { $0 != "_" }
            guard type == "audio" || type == "video" else { return nil }
            track = Track(uid: String(user[..<end.lowerBound]), type: String(type))
            text = words[type.endIndex...]
        }
        guard !text.isEmpty else { return (track, []) }
        guard let list = text.removing(prefix: "_") else { return nil }
        var numbers: [DigitText] = []
        for part in list.split(separator: "_", omittingEmptySubsequences: false) {
            guard let number = DigitText(part) else { return nil }
            numbers.append(number)
        }
        return (track, numbers)
    }

    private static func kind(_ numbers: [DigitText], _ file: String, of track: Track?) -> Kind? {
        switch (file, numbers.count) {
        case ("m3u8", 0), ("mpd", 0): .index
        case ("m3u8", 2), ("mpd", 2): .delayedCopy(tick: numbers[0], index: numbers[1])
        case ("ts", 1), ("webm", 1): numbers[0].isTime ? .slice(numbers[0]) : nil
        case ("jpg", 1): numbers[0].isTime && track?.type == "video" ? .screenshot(numbers[0]) : nil
        case ("mp4", 1): track == nil ? .mp4(numbers[0]) : nil
        default: nil
        }
    }
}

extension RecordingFileName {
    /// Without its folders: one recording has no two files of the same name, but notices may leave the folders out.
    var base: Substring { name[(name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex)...] }

    /// With the `/` at its end; empty if the name has none.
    var folder: Substring { name[..<base.startIndex] }

    /// Unix milliseconds at which it begins, as the name says it.
    var time: Int64? {
        switch kind {
        case .slice(let time), .screenshot(let time): RecordingTime.parse(time.text)
        case .index, .mp4, .delayedCopy: nil
        }
    }

    /// Without folders the name of the index file that this is, or is a late copy of.
    var original: String {
        guard case .delayedCopy(let tick, let index) = kind, let point = base.lastIndex(of: ".") else { return String(base) }
        let numbers = "_\(tick.text)_\(index.text)"
        return String(base[..<point].dropLast(numbers.count)) + String(base[point...])
    }
}

extension DigitText {
    /// `yyyyMMddHHmmssSSS`.
    fileprivate var isTime: Bool { text.count == 17 }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate func removing(prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
