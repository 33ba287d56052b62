import Testing

/// A media playlist by the letter of RFC 8216: what it says, or every rule that it breaks.
struct PlaylistChecker {
    struct Segment: Equatable {
        let uri: String
        let seconds: Double
        let isDiscontinuous: Bool
        let dateTime: String?
    }

    private(set) var segments: [Segment] = []
    private(set) var isClosed = false
    private(set) var comments: [String] = []
    private(set) var problems: [String] = []
    private(set) var targetDuration: Int?

    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    private static let reserved = Set(":/?#[]@!$&'()*+,;=")

    init(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            problems = ["not UTF-8"]
            return
        }
        if text.unicodeScalars.contains(where: { $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{FEFF}") }) {
            problems.append("control characters")
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        if lines.last == "" { lines.removeLast() } else { problems.append("no line feed at the end") }
        if lines.first != "#EXTM3U" { problems.append("does not begin with #EXTM3U") }
        read(lines.dropFirst())
    }

    private mutating func read(_ lines: some Sequence<String>) {
        var (once, version, type) = (Set<String>(), 1, String?.none)
        var (length, isDiscontinuous, dateTime, hasFraction) = (Double?.none, false, String?.none, false)
        for line in lines where !line.isEmpty {
            if !line.hasPrefix("#") {
                checkURI(line)
                guard let seconds = length else {
                    problems.append("\(line) without EXTINF")
                    continue
                }
                segments.append(Segment(uri: line, seconds: seconds, isDiscontinuous: isDiscontinuous, dateTime: dateTime))
                (length, isDiscontinuous, dateTime) = (nil, false, nil)
                continue
            }
            guard line.hasPrefix("#EXT") else {
                comments.append(line)
                continue
            }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
            let (tag, value) = (parts[0], parts.count == 2 ? parts[1] : nil)
            let isRepeatable = ["#EXTINF", "#EXT-X-DISCONTINUITY", "#EXT-X-PROGRAM-DATE-TIME"].contains(tag)
            if !isRepeatable, !once.insert(tag).inserted { problems.append("\(tag) twice") }
            switch tag {
            case "#EXT-X-VERSION":
                version = whole(value, tag)
                if !segments.isEmpty || length != nil { problems.append("\(tag) behind segments") }
            case "#EXT-X-TARGETDURATION": targetDuration = whole(value, tag)
            case "#EXT-X-MEDIA-SEQUENCE":
                _ = whole(value, tag)
                if !segments.isEmpty || length != nil { problems.append("\(tag) behind segments") }
            case "#EXT-X-PLAYLIST-TYPE":
                type = value
                if !["VOD", "EVENT"].contains(value ?? "") { problems.append("type \(value ?? "-")") }
            case "#EXTINF":
                if length != nil { problems.append("EXTINF without URI") }
                let words = (value ?? "").split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
                let digits = words.first.map { $0.split(separator: ".", omittingEmptySubsequences: false) } ?? []
                let isNumber = (1...2).contains(digits.count) && digits.allSatisfy { !$0.isEmpty && $0.allSatisfy { "0"..."9" ~= $0 } }
                if words.count != 2 || !isNumber { problems.append("EXTINF \(value ?? "-")") }
                hasFraction = hasFraction || digits.count == 2
                length = words.first.flatMap { Double($0) } ?? 0
            case "#EXT-X-DISCONTINUITY": isDiscontinuous = true
            case "#EXT-X-PROGRAM-DATE-TIME":
                dateTime = value
                if value?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) == nil { problems.append("time \(value ?? "-")") }
            case "#EXT-X-ENDLIST": isClosed = true
            default: problems.append("tag \(tag)")
            }
        }
        if length != nil || isDiscontinuous || dateTime != nil { problems.append("tags of a segment without one") }
        if hasFraction, version < 3 { problems.append("fractions need version 3") }
        if type == "VOD", !isClosed { problems.append("VOD that is not closed") }
        guard let targetDuration else { return problems.append("no EXT-X-TARGETDURATION") }
        for segment in segments where Int(segment.seconds.rounded()) > targetDuration {
            problems.append("\(segment.uri) is longer than \(targetDuration) s")
        }
    }

    private mutating func whole(_ value: String?, _ tag: String) -> Int {
        guard let value, !value.isEmpty, value.allSatisfy({ "0"..."9" ~= $0 }), let number = Int(value) else {
            problems.append("\(tag) \(value ?? "-")")
            return 0
        }
        return number
    }

    private mutating func checkURI(_ uri: String) {
        var rest = uri[...]
        while let character = rest.popFirst() {
            if character == "%" {
                if rest.prefix(2).count != 2 || !rest.prefix(2).allSatisfy({ $0.isASCII && $0.isHexDigit }) {
                    problems.append("URI \(uri)")
                }
                rest = rest.dropFirst(2)
            } else if !Self.unreserved.contains(character), !Self.reserved.contains(character) {
                problems.append("URI \(uri)")
            }
        }
        let first = uri.prefix { $0 != "/" }
        if first.contains(":"), !uri.hasPrefix("https://"), !uri.hasPrefix("http://") { problems.append("URI \(uri) has a scheme") }
    }
}

@Suite("The playlist checker itself") struct PlaylistCheckerTests {
    @Test("a good playlist passes, and each broken rule is found")
    func rules() {
        let good = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:9.5,\na.ts\n#EXT-X-ENDLIST\n"
        #expect(PlaylistChecker(Array(good.utf8)).problems == [])
        let broken = [
            ("#EXTM3U", "#EXTM3"), ("#EXTINF:9.5,", "#EXTINF:9.5"), ("DURATION:10", "DURATION:9"), ("VERSION:3", "VERSION:2"),
            ("a.ts", "a b.ts"), ("a.ts", "x:a.ts"), ("a.ts\n", ""), ("#EXT-X-ENDLIST", "#EXT-X-ENDLIST\n#EXT-X-ENDLIST"),
            ("#EXT-X-TARGETDURATION:10\n", ""), ("#EXTINF:9.5,\n", ""), ("a.ts", "a%2.ts"), ("#EXT-X-ENDLIST", "#EXT-X-NONSENSE"),
            ("#EXT-X-ENDLIST", "#EXT-X-DISCONTINUITY"), ("a.ts", "a\r.ts"),
        ]
        for (from, to) in broken {
            #expect(!PlaylistChecker(Array(good.replacing(from, with: to).utf8)).problems.isEmpty, "\(from) -> \(to)")
        }
    }
}
