import Foundation
import Synchronization
import Testing

@testable import StreamServices

/// One recording as tests tell it: its notices, and the index files that a source holds.
struct RecordingBench {
    static let sid = "38f8e3cfdc474cd56fc1ceba380d7e1a"
    /// 2026-03-14T10:15:00.000Z.
    static let start: Int64 = 1_773_483_300_000

    var sid = RecordingBench.sid
    var cname = "room"
    private(set) var facts: [StreamFact] = []

    /// - Parameters:
    ///   - details: JSON without the braces.
    ///   - at: Seconds after the start.
    mutating func event(_ number: Int, _ details: String = "", uid: String = "700001", at seconds: Int64, scene: String = "rtc_record") {
        let time = Self.start + seconds * 1000
        let body = """
            {"noticeId":"n\(facts.count)-\(sid)","productId":3,"eventType":\(number),"notifyMs":\(time + 210),"payload":{"cname":\(Self.quoted(cname)),\
            "uid":"\(uid)","sid":\(Self.quoted(sid)),"sequence":\(facts.count),"sendts":\(time),"serviceType":0,"serviceScene":"\(scene)",\
            "details":{"msgName":"x"\(details.isEmpty ? "" : ",")\(details)}}}
            """
        add("cloud-recording.\(number)", time, Array(body.utf8))
    }

    mutating func add(_ type: String, _ time: Int64, _ body: [UInt8]) {
        facts.append(
            StreamFact(
                number: Int64(facts.count + 1), service: .cloudRecording, subject: sid, eventType: type, identity: "\(sid)/n\(facts.count)",
                happened: time, received: time + 300, body: body))
    }

    /// Event 31 or 32.
    mutating func uploaded(_ names: [String], event: Int = 31, uid: String = "700001", at seconds: Int64) {
        let files = names.map { "{\"fileName\":\(Self.quoted($0)),\"sliceStartTime\":\(Self.start)}" }.joined(separator: ",")
        self.event(event, "\"status\":0,\"fileList\":[\(files)]", uid: uid, at: seconds)
    }

    /// The story of a recording that moves to another server at these seconds, and ends well.
    static func moving(at moves: [Int64], until end: Int64) -> RecordingBench {
        var bench = RecordingBench()
        bench.event(40, "\"status\":0", at: 0)
        bench.event(42, "\"startUtcMs\":\(start),\"discontinueUtcMs\":\(start),\"streamUid\":\"0\"", at: 1)
        for (number, second) in moves.enumerated() {
            bench.event(12, "\"newUid\":\(4_000_000_000 + number)", uid: "700001", at: second)
            bench.event(40, "\"status\":0", uid: "\(4_000_000_000 + number)", at: second + 1)
        }
        let last = moves.isEmpty ? "700001" : "\(4_000_000_000 + moves.count - 1)"
        bench.event(41, "\"leaveCode\":16", uid: last, at: end)
        bench.event(11, "\"exitStatus\":0", uid: last, at: end + 1)
        bench.uploaded([], uid: last, at: end + 2)
        return bench
    }

    func name(_ rest: String, generation: Int = 0, folder: String = "") -> String {
        "\(folder)\(generation == 0 ? "" : "bak\(generation - 1)_")\(sid)_\(cname)\(rest)"
    }

    func slice(_ milliseconds: Int64, generation: Int = 0, track: String = "", ext: String = "ts") -> String {
        name("\(track)_\(Self.digits(milliseconds)).\(ext)", generation: generation)
    }

    /// An index file as Agora writes it: no comma behind the length.
    func index(
        from seconds: Int64, count: Int, generation: Int = 0, track: String = "", length: String = "15.000", isClosed: Bool = true,
        breakAt: Int? = nil
    ) -> String {
        var lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-ALLOW-CACHE:YES", "#EXT-X-TARGETDURATION:17"]
        let start = Self.start + seconds * 1000
        lines.append("#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=VIDEO,TIME=\(Self.digits(start))")
        for number in 0..<count {
            if number == breakAt { lines.append("#EXT-X-DISCONTINUITY") }
            lines += ["#EXTINF:\(length)", slice(start + Int64(number) * 15_000, generation: generation, track: track)]
        }
        if isClosed { lines.append("#EXT-X-ENDLIST") }
        return lines.joined(separator: "\n") + "\n"
    }

    func manifest(_ files: [String: String]? = nil) async -> RecordingManifest { RecordingManifest(await view(files)) }

    func view(_ files: [String: String]? = nil) async -> RecordingView {
        await RecordingView.read(RecordingStory(sid: sid, facts: facts), files.map { MemoryIndexSource($0) })
    }

    /// The playlist of each track, checked.
    func playlists(_ files: [String: String], sourceLocation: SourceLocation = #_sourceLocation) async -> [PlaylistChecker] {
        let view = await view(files)
        let reasons = RecordingManifest(view).reasons.map(\.text)
        return view.timelines.map { timeline in
            let checker = PlaylistChecker(MediaPlaylist(timeline: timeline, reasons: reasons, mediaBase: "").bytes)
            #expect(checker.problems == [], sourceLocation: sourceLocation)
            return checker
        }
    }

    /// `yyyyMMddHHmmssSSS`.
    static func digits(_ milliseconds: Int64) -> String { RecordingTime.text(milliseconds).filter(\.isNumber) }

    private static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
    }
}

/// Index files by name.
struct MemoryIndexSource: IndexSource {
    let files: [String: String]
    var canList = true
    var failure: IndexSourceError?

    init(_ files: [String: String], canList: Bool = true, failure: IndexSourceError? = nil) {
        self.files = files
        self.canList = canList
        self.failure = failure
    }

    func names(in folders: Set<String>) async throws(IndexSourceError) -> [String]? {
        if let failure { throw failure }
        return canList
            ? files.keys.filter { name in folders.contains(name.lastIndex(of: "/").map { String(name[...$0]) } ?? "") } : nil
    }

    func read(_ name: String) async throws(IndexSourceError) -> [UInt8] {
        if let failure { throw failure }
        guard let text = files[name] else { throw .missing }
        return Array(text.utf8)
    }

    func holds(_ name: String) async throws(IndexSourceError) -> Bool {
        if let failure { throw failure }
        return files[name] != nil
    }
}

/// Facts in memory.
final class MemoryFacts: StreamFactStore {
    private let kept: Mutex<[StreamFact]>
    private let shows: Mutex<[LinkedRecordings]>

    init(_ facts: [StreamFact], show: LinkedRecordings? = nil) {
        kept = Mutex(facts)
        shows = Mutex(show.map { [$0] } ?? [])
    }

    func write(_ fact: StreamFact) async throws { kept.withLock { $0.append(fact) } }

    func facts(ofChannel channel: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact] { [] }

    func facts(of subject: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact] {
        kept.withLock { $0.filter { $0.subject.lowercased() == subject.lowercased() && $0.service == service && $0.number > number } }
    }

    func newest(_ service: StreamService) async throws -> StreamFact? { kept.withLock { $0.last { $0.service == service } } }

    func show(of sid: String) async throws -> LinkedRecordings {
        shows.withLock { $0.first { $0.sids.contains(sid) } } ?? LinkedRecordings(show: nil, sids: [sid])
    }

    func link(_ show: LinkedRecordings) async throws { shows.withLock { $0.append(show) } }
}
