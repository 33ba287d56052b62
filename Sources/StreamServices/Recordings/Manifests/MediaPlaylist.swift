/// An HLS media playlist of one track: every part in its order, breaks marked, closed only when nothing is missing.
///
/// `#EXT-X-DISCONTINUITY` stands between parts and where an index file has it; `#EXT-X-PROGRAM-DATE-TIME` says when a part, and what
/// follows a gap or an overlap, begins. Gaps and overlaps are comments: `#MEDIAWORKER-GAP:SECONDS=...,FROM=...,TO=...`.
/// - SeeAlso: RFC 8216, sections 4.3 and 8.
struct MediaPlaylist: Sendable {
    let timeline: RecordingTimeline
    /// Why it is not complete; empty if it is.
    let reasons: [String]
    /// Stands in front of every name; empty leaves names relative to the storage's top.
    let mediaBase: String

    var bytes: [UInt8] {
        let slices = timeline.slices
        // Rounded up: no length, rounded to the nearest second, may be longer.
        let longest = max(1, slices.map { ($0.microseconds + 999_999) / 1_000_000 }.max() ?? 1)
        var lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:\(longest)", "#EXT-X-MEDIA-SEQUENCE:0"]
        if reasons.isEmpty { lines.append(Self.closedType) }
        var previous: RecordingSlice?
        for part in timeline.parts {
            for (number, slice) in part.slices.enumerated() {
                let seam = previous.flatMap { Seam($0, slice) }
                if let seam { lines.append(Self.mark(seam)) }
                let isBreak = previous != nil && (number == 0 || slice.isDiscontinuous)
                if isBreak { lines.append("#EXT-X-DISCONTINUITY") }
                if let began = slice.began, previous == nil || isBreak || seam != nil {
                    lines.append("#EXT-X-PROGRAM-DATE-TIME:\(RecordingTime.text(began))")
                }
                lines.append("#EXTINF:\(Self.seconds(slice.microseconds)),")
                lines.append(mediaBase + ObjectName.encoded(slice.name))
                previous = slice
            }
        }
        lines += Self.comments(reasons)
        if reasons.isEmpty { lines.append(Self.end) }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// A playlist of ours that was closed, open again: players look for what is to follow.
    /// - Returns: Nil if it is not closed.
    static func reopened(_ bytes: [UInt8], reasons: [String]) -> [UInt8]? {
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.last == end else { return nil }
        lines.removeAll { $0 == end || $0 == closedType }
        return Array(((lines + comments(reasons)).joined(separator: "\n") + "\n").utf8)
    }

    private static let closedType = "#EXT-X-PLAYLIST-TYPE:VOD"
    private static let end = "#EXT-X-ENDLIST"

    private static func comments(_ reasons: [String]) -> [String] { reasons.map { "# not complete: \(OneLine.text($0))" } }

    private static func mark(_ seam: Seam) -> String {
        let length = seconds(seam.milliseconds * 1000)
        return "#MEDIAWORKER-\(seam.isOverlap ? "OVERLAP" : "GAP"):SECONDS=\(length),"
            + "FROM=\(RecordingTime.text(min(seam.from, seam.to))),TO=\(RecordingTime.text(max(seam.from, seam.to)))"
    }

    /// With three digits after the point, or six where they say more.
    private static func seconds(_ microseconds: Int64) -> String {
        let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let digits = String("\(1_000_000 + rest)".dropFirst())
        return "\(whole).\(rest.isMultiple(of: 1000) ? String(digits.dropLast(3)) : digits)"
    }
}

/// Text of others within a line of ours.
enum OneLine {
    /// Control characters as question marks.
    static func text(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            shown.unicodeScalars.append(
                ["\u{2028}", "\u{2029}"].contains(scalar) || scalar.properties.generalCategory == .control ? "?" : scalar)
        }
        return shown
    }
}
