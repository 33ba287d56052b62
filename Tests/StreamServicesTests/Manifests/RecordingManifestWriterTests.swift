import Foundation
import HTTPTransport
import TestSupport
import Testing

@testable import StreamServices

@Suite("Manifests and playlists on the disk") final class RecordingManifestWriterTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "manifests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/source", withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private var out: String { folder + "/state/recordings" }

    private func put(_ files: [String: String]) throws {
        for (name, text) in files {
            let path = "\(folder)/source/\(name)"
            try FileManager.default.createDirectory(
                atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: false, encoding: .utf8)
        }
    }

    private func written() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: out).sorted() }

    private func checked(_ name: String) throws -> PlaylistChecker {
        let checker = PlaylistChecker(Array(try Data(contentsOf: URL(filePath: "\(out)/\(name)"))))
        #expect(checker.problems == [])
        return checker
    }

    private func bench(_ sid: String = RecordingBench.sid) -> RecordingBench {
        var bench = RecordingBench(sid: sid)
        bench.event(40, at: 0)
        bench.uploaded([bench.name(".m3u8", folder: "d/")], at: 100)
        return bench
    }

    @Test("index files in a folder, with late copies beside them; manifest and playlist for this user only")
    func folderSource() async throws {
        let bench = bench()
        try put([
            bench.name(".m3u8", folder: "d/"): bench.index(from: 0, count: 2),
            bench.name("_5_0.m3u8", folder: "d/"): bench.index(from: 0, count: 3), "d/other.txt": "x", "d/sub/y": "x",
        ])
        let writer = RecordingManifestWriter(
            facts: MemoryFacts(bench.facts), source: FolderIndexSource(folder + "/source"), folder: out)
        let result = try #require(try await writer.update(bench.sid))
        #expect(result.manifest.isComplete && result.show == nil, "\(result.manifest.reasons)")
        #expect(try written() == ["\(bench.sid).json", "\(bench.sid).m3u8"] && result.files == (try written()).map { "\(out)/\($0)" })
        let playlist = try checked("\(bench.sid).m3u8")
        #expect(playlist.segments.count == 3 && playlist.isClosed && playlist.segments.allSatisfy { $0.uri.hasPrefix("d/\(bench.sid)") })
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: "\(out)/\(bench.sid).json"))) as? [String: Any]
        #expect(json?["isComplete"] as? Bool == true && json?["sid"] as? String == bench.sid && json?["startUid"] as? String == "700001")
        for name in try written() {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(out)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("a second update that finds nothing new touches no file, and leaves nothing behind")
    func unchanged() async throws {
        let bench = bench()
        try put([bench.name(".m3u8"): bench.index(from: 0, count: 2)])
        let writer = RecordingManifestWriter(facts: MemoryFacts(bench.facts), source: FolderIndexSource(folder + "/source"), folder: out)
        func inodes() throws -> [Int?] {
            try written().map { try FileManager.default.attributesOfItem(atPath: "\(out)/\($0)")[.systemFileNumber] as? Int }
        }
        try await writer.update(bench.sid)
        let before = try inodes()
        try await writer.update(bench.sid)
        #expect(try inodes() == before && before.count == 2)
        // The source may begin where the recording's own folders end.
        #expect(try checked("\(bench.sid).m3u8").isClosed)
    }

    @Test("successive recordings of a show are joined in its order, and are complete when all are")
    func show() async throws {
        let sids = ["ffff", "aaaa", "bbbb"]
        let benches = sids.map { bench($0) }
        for (number, bench) in benches.enumerated() {
            try put([bench.name(".m3u8", folder: "d/"): bench.index(from: Int64(number) * 40, count: 2, isClosed: number != 1)])
        }
        let facts = MemoryFacts(benches.flatMap(\.facts), show: LinkedRecordings(show: .init("Evening 1"), sids: sids))
        let writer = RecordingManifestWriter(facts: facts, source: FolderIndexSource(folder + "/source"), folder: out)
        let result = try #require(try await writer.update("bbbb"))
        let show = try #require(result.show)
        #expect(show.sids == sids && !show.isComplete && show.reasons.map(\.sid) == ["aaaa"] && show.name == "Evening 1")
        #expect(show.tracks[0].parts.map(\.sid) == sids && show.tracks[0].gaps.map(\.seconds) == [10, 10])
        #expect(try written() == ["bbbb.json", "bbbb.m3u8", "show-Evening~201.json", "show-Evening~201.m3u8"])
        let open = try checked("show-Evening~201.m3u8")
        #expect(!open.isClosed && open.segments.map(\.isDiscontinuous) == [false, false, true, false, true, false])
        #expect(open.comments.last?.hasPrefix("# not complete: aaaa: ") == true)
        try put([benches[1].name(".m3u8", folder: "d/"): benches[1].index(from: 40, count: 2)])
        #expect(try await writer.update("aaaa")?.show?.isComplete == true)
        #expect(try checked("show-Evening~201.m3u8").isClosed)
    }

    @Test("a show of a name that was used before, and a second recording, have files of their own")
    func namesOfShows() async throws {
        let shows = [
            LinkedRecordings.Show("evening", wanted: RecordingBench.start - 86_400_000), .init("evening", wanted: RecordingBench.start),
            .init("evening", wanted: RecordingBench.start, isBackup: true),
        ]
        for (number, show) in shows.enumerated() {
            let bench = bench("aaa\(number)")
            try put([bench.name(".m3u8", folder: "d/"): bench.index(from: 0, count: 2)])
            let facts = MemoryFacts(bench.facts, show: LinkedRecordings(show: show, sids: [bench.sid]))
            let writer = RecordingManifestWriter(facts: facts, source: FolderIndexSource(folder + "/source"), folder: out)
            let written = try #require(try await writer.update(bench.sid)?.show)
            #expect(written.name == "evening" && written.wanted == show.wanted.map(RecordingTime.text) && written.isBackup == show.isBackup)
        }
        let names = ["20260313101500000", "20260314101500000", "20260314101500000_backup"].map { "show-evening_\($0)" }
        #expect(try written().filter { $0.hasPrefix("show-") } == names.flatMap { ["\($0).json", "\($0).m3u8"] })
        for (number, name) in names.enumerated() {
            let playlist = try checked("\(name).m3u8")
            #expect(playlist.segments.count == 2 && playlist.segments.allSatisfy { $0.uri.contains("aaa\(number)") })
        }
    }

    @Test("files that events name without folders are where the wish said, in the storage and in playlists")
    func prefix() async throws {
        var bench = RecordingBench()
        bench.event(40, at: 0)
        bench.uploaded([bench.name(".m3u8"), bench.name("_0.mp4")], at: 100)
        try put([
            "dir1/dir2/" + bench.name(".m3u8"): bench.index(from: 0, count: 2),
            "dir1/dir2/" + bench.name("_5_0.m3u8"): bench.index(from: 0, count: 3),
        ])
        let facts = MemoryFacts(bench.facts, show: LinkedRecordings(show: .init("x"), sids: [bench.sid], folder: "dir1/dir2/"))
        let writer = RecordingManifestWriter(
            facts: facts, source: FolderIndexSource(folder + "/source"), folder: out, mediaBase: "https://cdn.example.org")
        let manifest = try #require(try await writer.update(bench.sid)).manifest
        #expect(manifest.isComplete && manifest.mp4 == ["dir1/dir2/" + bench.name("_0.mp4")], "\(manifest.reasons)")
        for name in ["\(bench.sid).m3u8", "show-x.m3u8"] {
            let playlist = try checked(name)
            #expect(playlist.segments.count == 3)
            #expect(playlist.segments.allSatisfy { $0.uri.hasPrefix("https://cdn.example.org/dir1/dir2/\(bench.sid)") })
        }
    }

    @Test("a folder that leads out of the storage is none", arguments: ["../x/", "/etc/", "a//", "a"])
    func badPrefix(prefix: String) async throws {
        let bench = bench()
        let story = RecordingStory(sid: bench.sid, facts: bench.facts, folder: prefix)
        #expect(RecordingFiles(story).folders == ["", "d/"])
    }

    @Test("a recording of the show that nothing is known of keeps the show open")
    func unknownMember() async throws {
        let bench = bench("aaaa")
        let writer = RecordingManifestWriter(
            facts: MemoryFacts(bench.facts, show: LinkedRecordings(show: .init("x"), sids: ["aaaa", "cccc"])), source: nil, folder: out)
        let show = try #require(try await writer.update("aaaa")?.show)
        #expect(show.recordings.map(\.manifest) == ["aaaa.json", nil] && show.reasons.map(\.code) == ["slices-unknown", "unknown"])
        #expect(try await writer.update("cccc") == nil && written() == ["aaaa.json", "show-x.json"])
    }

    @Test("an id in another case is the same recording, named as its events name it")
    func letterCase() async throws {
        let bench = bench("AbCd")
        let writer = RecordingManifestWriter(facts: MemoryFacts(bench.facts), source: nil, folder: out)
        #expect(try await writer.update("aBcD")?.manifest.files.count == 1 && written() == ["AbCd.json"])
    }

    @Test(
        "no id leads out of the folder, and no two ids make one name", arguments: ["../../x", "a/b", "a\nb", ".", "..", "a\"b", "A~2f", ""])
    func hostileIDs(sid: String) async throws {
        var bench = RecordingBench(sid: sid)
        bench.event(40, at: 0)
        let writer = RecordingManifestWriter(facts: MemoryFacts(bench.facts), source: nil, folder: out)
        let result = try #require(try await writer.update(sid))
        let names = try written()
        #expect(names.count == 1 && result.files == ["\(out)/\(names[0])"])
        #expect(names[0].utf8.allSatisfy { UInt8(ascii: "~") == $0 || UInt8(ascii: "-") == $0 || 0x2E...0x39 ~= $0 || 0x41...0x7A ~= $0 })
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["source", "state"])
    }

    @Test("long ids make short names")
    func longIDs() {
        let names = ["a", "b"].map { ManifestName.playlist(String(repeating: "é", count: 3000) + $0, .init(uid: $0, type: "audio")) }
        #expect(names[0] != names[1] && names.allSatisfy { $0.utf8.count < 255 })
    }

    @Test("index files below an address: asked for by their encoded names; what is not there is a reason")
    func web() async throws {
        var bench = RecordingBench(cname: "a b")
        bench.event(12, "\"newUid\":9", at: 50)
        bench.uploaded([bench.name(".m3u8", folder: "d 1/"), bench.name(".m3u8", generation: 1)], uid: "9", at: 100)
        let text = bench.index(from: 0, count: 2, isClosed: false)
        let http = ScriptedHTTP(.success(HTTPResponse(status: 200, body: Array(text.utf8))), .status(404))
        let writer = RecordingManifestWriter(
            facts: MemoryFacts(bench.facts), source: WebIndexSource("https://b.example.org/rec", http: http), folder: out,
            mediaBase: "https://cdn.example.org")
        let result = try #require(try await writer.update(bench.sid))
        #expect(
            http.requests.map(\.url) == [
                "https://b.example.org/rec/d%201/\(bench.sid)_a%20b.m3u8", "https://b.example.org/rec/bak0_\(bench.sid)_a%20b.m3u8",
            ])
        #expect(result.manifest.reasons.map(\.code) == [.indexMissing])
        let playlist = try checked("\(bench.sid).m3u8")
        #expect(!playlist.isClosed && playlist.segments[0].uri.hasPrefix("https://cdn.example.org/d%201/"))
    }

    @Test("an address that does not answer is asked once, and takes no playlist away")
    func unreachable() async throws {
        var bench = bench()
        bench.uploaded([bench.name(".m3u8", generation: 1), bench.name(".m3u8", generation: 2)], at: 100)
        let texts = (0...2).map { bench.index(from: Int64($0) * 30, count: 2, generation: $0) }
        let facts = MemoryFacts(bench.facts)
        let good = ScriptedHTTP(
            .success(HTTPResponse(status: 200, body: Array(texts[0].utf8))),
            .success(HTTPResponse(status: 200, body: Array(texts[1].utf8))),
            .success(HTTPResponse(status: 200, body: Array(texts[2].utf8))))
        let whole = RecordingManifestWriter(facts: facts, source: WebIndexSource("https://b.example.org", http: good), folder: out)
        #expect(try await whole.update(bench.sid)?.manifest.isComplete == true)
        for answer in [
            Result<HTTPResponse, TransportError>.failure(
                TransportError(.timedOut, effect: .unknown, peer: "b.example.org:443", detail: "x")),
            .status(503),
        ] {
            let http = ScriptedHTTP(answer)
            let blind = RecordingManifestWriter(facts: facts, source: WebIndexSource("https://b.example.org", http: http), folder: out)
            let manifest = try #require(try await blind.update(bench.sid)).manifest
            #expect(
                manifest.reasons.map(\.code) == [.sourceUnreachable, .sourceUnreachable, .sourceUnreachable] && http.requests.count == 1)
            #expect(try checked("\(bench.sid).m3u8").segments.count == 6)
        }
    }

    @Test(
        "while the source does not answer, playlists keep their slices, and are closed no more when the recording turns out to go on",
        arguments: [true, false])
    func reopened(isNamed: Bool) async throws {
        let track = "__uid_s_7__uid_e_video"
        var bench = RecordingBench()
        // Files that no event names are found in the list of the source.
        bench.uploaded(isNamed ? [bench.name("\(track).m3u8")] : [], at: 100)
        let files = [bench.name("\(track).m3u8"): bench.index(from: 0, count: 3, track: track)]
        let facts = MemoryFacts(bench.facts, show: LinkedRecordings(show: .init("x"), sids: [bench.sid]))
        let whole = RecordingManifestWriter(facts: facts, source: MemoryIndexSource(files), folder: out)
        #expect(try await whole.update(bench.sid)?.show?.isComplete == true)
        let blind = RecordingManifestWriter(facts: facts, source: MemoryIndexSource([:], failure: .unreachable("x")), folder: out)
        #expect(try await blind.update(bench.sid)?.manifest.reasons.map(\.code) == [.sourceUnreachable])
        let names = ["\(bench.sid)_7_video.m3u8", "show-x_7_video.m3u8"]
        for name in names { #expect(try checked(name).isClosed) }
        bench.event(12, "\"newUid\":9", at: 200)
        try await facts.write(bench.facts[1])
        let written = try #require(try await blind.update(bench.sid))
        #expect(names.allSatisfy { name in written.files.contains { $0.hasSuffix("/\(name)") } })
        for name in names {
            let playlist = try checked(name)
            #expect(!playlist.isClosed && playlist.segments.count == 3)
            #expect(playlist.comments.contains { $0.contains("earlier recorder") })
        }
    }

    @Test("answers that are no index file are reasons", arguments: [301, 403, 200])
    func badAnswers(status: Int) async throws {
        var bench = RecordingBench()
        bench.uploaded([bench.name(".m3u8")], at: 100)
        let http = ScriptedHTTP(.status(status))
        let source = WebIndexSource("https://b.example.org/", http: http)
        let manifest = RecordingManifest(await RecordingView.read(RecordingStory(sid: bench.sid, facts: bench.facts), source))
        #expect(manifest.reasons.map(\.code) == [.indexUnreadable] && manifest.tracks.isEmpty)
        #expect(http.requests.map(\.url) == ["https://b.example.org/\(bench.name(".m3u8"))"])
    }

    @Test("a folder that is not there is a reason, and a folder in the place of a file, too")
    func badFolders() async throws {
        var bench = RecordingBench()
        bench.uploaded([bench.name(".m3u8")], at: 100)
        let story = RecordingStory(sid: bench.sid, facts: bench.facts)
        let gone = RecordingManifest(await RecordingView.read(story, FolderIndexSource(folder + "/gone")))
        #expect(gone.reasons.map(\.code) == [.sourceUnreachable] && gone.reasons[0].text.contains("/gone"))
        try FileManager.default.createDirectory(atPath: "\(folder)/source/\(bench.name(".m3u8"))", withIntermediateDirectories: true)
        let odd = RecordingManifest(await RecordingView.read(story, FolderIndexSource(folder + "/source")))
        #expect(odd.reasons.map(\.code) == [.indexUnreadable])
        let source = FolderIndexSource(folder + "/source")
        await #expect(throws: IndexSourceError.self) { try await source.read("../source/x") }
        await #expect(throws: IndexSourceError.self) { try await source.holds("/etc/passwd") }
    }

    @Test("a folder that cannot be written is an error that names it")
    func notWritable() async throws {
        try "x".write(toFile: folder + "/file", atomically: false, encoding: .utf8)
        let writer = RecordingManifestWriter(facts: MemoryFacts(bench().facts), source: nil, folder: folder + "/file/out")
        let error = await #expect(throws: ManifestError.self) { try await writer.update(RecordingBench.sid) }
        #expect(error?.description.contains(folder + "/file/out") == true)
    }

    @Test("facts that cannot be read are said once, with their numbers, and the manifest is made without them")
    func unreadable() async throws {
        var bench = bench()
        bench.add("cloud-recording.11", RecordingBench.start, Array("{".utf8))
        bench.add("cloud-recording.stop", RecordingBench.start, [0xFF])
        bench.add("cloud-recording.99", RecordingBench.start, Array(#"{"noticeId":"n","productId":3,"eventType":99,"payload":{}}"#.utf8))
        let log = RecordingLog()
        let writer = RecordingManifestWriter(facts: MemoryFacts(bench.facts), source: nil, folder: out, logger: log.logger)
        for _ in 0..<2 { #expect(try await writer.update(bench.sid)?.manifest.files.count == 1) }
        #expect(log.lines.map { $0.hasPrefix("warning: a fact about a recording cannot be read") } == [true, true], "\(log.lines)")
        #expect(log.lines.map { $0.contains("fact=3 sid=\(bench.sid)") || $0.contains("fact=4 sid=") } == [true, true])
    }

    @Test("facts that come while a manifest is made are in it")
    func lateFacts() async throws {
        let bench = bench()
        let facts = MemoryFacts(bench.facts)
        var later = RecordingBench()
        for _ in 0..<3 { later.event(11, "\"exitStatus\":0", at: 200) }
        let source = LateSource(facts: facts, fact: later.facts[2])
        let writer = RecordingManifestWriter(facts: facts, source: source, folder: out)
        #expect(try await writer.update(bench.sid)?.manifest.end.exitStatus == 0)
    }
}

/// Writes a fact down while the index files are read.
private struct LateSource: IndexSource {
    let facts: MemoryFacts
    let fact: StreamFact

    func names(in folders: Set<String>) async throws(IndexSourceError) -> [String]? {
        let isThere = try? await facts.facts(of: fact.subject, .cloudRecording, after: 0).contains { $0.eventType == fact.eventType }
        if isThere == false { try? await facts.write(fact) }
        return nil
    }

    func read(_ name: String) async throws(IndexSourceError) -> [UInt8] { throw .missing }
    func holds(_ name: String) async throws(IndexSourceError) -> Bool { false }
}
