import Foundation
import Testing

@testable import StreamServices

@Suite("The manifest of a recording") struct RecordingManifestTests {
    @Test("three failovers: start uid, recorders, generations, and nothing missing")
    func threeFailovers() async {
        var bench = RecordingBench.moving(at: [100, 200, 300], until: 400)
        bench.uploaded([3, 1, 0, 2].map { bench.name(".m3u8", generation: $0) }, uid: "4000000002", at: 403)
        var files: [String: String] = [:]
        for generation in 0...3 {
            // Only the last recorder closes its index file: the others were left behind.
            files[bench.name(".m3u8", generation: generation)] = bench.index(
                from: Int64(generation) * 100, count: 6, generation: generation, isClosed: generation == 3)
        }
        let manifest = await bench.manifest(files)
        #expect(manifest.isComplete && manifest.reasons == [] && manifest.mode == .composite && manifest.failovers == 3)
        #expect(manifest.startUid == "700001" && manifest.currentUid == "4000000002")
        #expect(manifest.recorders.map(\.generation) == ["none", "bak0", "bak1", "bak2"])
        #expect(manifest.recorders.map(\.isAnnounced) == [false, true, true, true])
        #expect(manifest.began == "2026-03-14T10:15:00.000Z" && manifest.ended == "2026-03-14T10:21:41.000Z")
        #expect(manifest.end.exitStatus == 0 && manifest.end.leaveCode == 16 && manifest.end.isUploaded)
        #expect(manifest.tracks.map { $0.parts.map(\.generation) } == [["none", "bak0", "bak1", "bak2"]])
        #expect(manifest.tracks[0].gaps.map(\.seconds) == [10, 10, 10] && manifest.tracks[0].overlaps == [])
        #expect(manifest.notes.count == 3 && manifest.files.filter { $0.kind == "slice" }.count == 24)
    }

    @Test("the same facts in any order, doubled, with other notice ids, give the same bytes")
    func order() async throws {
        var bench = RecordingBench.moving(at: [100, 200], until: 300)
        for second in 0..<20 { bench.event(33, "\"progress\":\((second * 7919) % 10_000)", at: Int64(second * 10)) }
        bench.event(1, "\"module\":1,\"errorLevel\":4,\"errorCode\":47,\"errorMsg\":\"a\"", at: 50)
        bench.event(1, "\"module\":1,\"errorLevel\":4,\"errorCode\":32,\"errorMsg\":\"b\"", at: 50)
        bench.event(11, "\"exitStatus\":1", at: 301)
        bench.event(42, "\"startUtcMs\":1773483420000,\"discontinueUtcMs\":1773483400000,\"streamUid\":\"7\"", at: 120)
        bench.uploaded([bench.name(".m3u8"), bench.name(".m3u8", folder: "d/"), "z", "y/\u{1}"], at: 305)
        bench.uploaded([bench.name(".m3u8", generation: 1), bench.name("_3_1.m3u8", generation: 1)], event: 32, at: 304)
        bench.add("cloud-recording.query", RecordingBench.start, Array(try Exchange.bytes("cloud-recording.query-mix-mp4.response.json")))
        let files = [
            bench.name(".m3u8", folder: "d/"): bench.index(from: 0, count: 4),
            bench.name(".m3u8", generation: 1): bench.index(from: 100, count: 4, generation: 1),
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var seen: Set<[UInt8]> = []
        for _ in 0..<50 {
            var shuffled = RecordingBench()
            for fact in (bench.facts + bench.facts.shuffled().prefix(9)).shuffled() {
                shuffled.add(fact.eventType, fact.happened, fact.body)
            }
            let view = await shuffled.view(files)
            let playlists = view.timelines.flatMap { MediaPlaylist(timeline: $0, reasons: ["x"], mediaBase: "").bytes }
            seen.insert(Array(try encoder.encode(RecordingManifest(view))) + playlists)
        }
        #expect(seen.count == 1)
    }

    @Test("notices of the documented story: a failover, its new uid, files of both generations")
    func fixtures() async throws {
        var bench = RecordingBench(sid: "fc1c7dfef7815804fa81feb4e7f16c13", cname: "stage7")
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/events")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().reversed() {
            let number = name.split(separator: ".")[1]
            // One story without the readings that exclude each other.
            guard !["uploaded-individual", "snapshot", "uploaded-composite"].contains(where: name.contains) else { continue }
            bench.add("cloud-recording.\(number)", 0, Array(try Data(contentsOf: folder.appendingPathComponent(name))))
        }
        let manifest = await bench.manifest()
        #expect(manifest.startUid == "700001" && manifest.currentUid == "3187204411" && manifest.failovers == 1)
        #expect(manifest.files.map(\.name) == [bench.name(".m3u8"), bench.name(".m3u8", generation: 1)])
        #expect(manifest.files.map(\.start) == ["2026-03-14T09:05:02.212Z", "2026-03-14T09:15:11.700Z"])
        #expect(manifest.files[0].sources == ["event 4", "event 31", "event 32"] && manifest.cname == "stage7")
        #expect(manifest.interruptions.map(\.from) == ["2026-03-14T09:14:47.212Z"] && manifest.end.uploadProgress == 7500)
        #expect(manifest.reasons.map(\.code) == [.slicesUnknown, .slicesUnknown] && manifest.mode == .composite)
    }

    @Test("a failover that was never announced shows by the new uid, and by the names of files")
    func unannounced() async {
        var bench = RecordingBench()
        bench.event(40, at: 0)
        bench.event(40, uid: "4100000000", at: 90)
        bench.uploaded([bench.name(".m3u8")], uid: "700001", at: 200)
        let manifest = await bench.manifest([bench.name(".m3u8"): bench.index(from: 0, count: 2)])
        #expect(manifest.failovers == 1 && manifest.currentUid == "4100000000" && manifest.recorders[1].isAnnounced == false)
        // What the first recorder reports says nothing of the second one's files.
        #expect(manifest.reasons.map(\.code) == [.uploadedBeforeFailover, .generationMissing])
        bench.uploaded([bench.name(".m3u8", generation: 2)], uid: "700001", at: 201)
        let later = await bench.manifest([:])
        #expect(later.reasons.map(\.code).contains(.generationMissing) && !later.reasons.map(\.code).contains(.uploadedBeforeFailover))
        #expect(later.reasons.contains { $0.text.contains("bak0") } && !later.reasons.contains { $0.text.contains("generation bak1") })
    }

    @Test("a failover whose event was lost is counted by the names of files; who wrote what is said only where it is known")
    func lostFailover() async {
        var bench = RecordingBench()
        bench.event(40, at: 0)
        bench.event(12, "\"newUid\":4100000000", uid: "4100000000", at: 200)
        bench.uploaded((0...2).map { bench.name(".m3u8", generation: $0) }, uid: "4100000000", at: 300)
        let manifest = await bench.manifest()
        #expect(manifest.failovers == 2 && manifest.recorders.map(\.generation) == ["none", nil])
        #expect(manifest.recorders.map(\.uid) == ["700001", "4100000000"])
    }

    @Test("a recording to which nobody sent anything is complete without files; a file or a failover that was heard of says otherwise")
    func noFiles() async {
        var bench = RecordingBench()
        bench.event(40, at: 0)
        bench.event(11, "\"exitStatus\":0", at: 50)
        #expect(await bench.manifest([:]).isComplete == false)
        bench.add("cloud-recording.stop", RecordingBench.start, Array(#"{"code":435,"reason":"no recorded data"}"#.utf8))
        let manifest = await bench.manifest([:])
        #expect(manifest.isComplete && manifest.files.isEmpty && manifest.tracks.isEmpty && manifest.notes.count == 1)
        #expect(manifest.end.exitStatus == 0 && manifest.notes.first?.contains("435") == true)
        var moved = bench
        moved.event(12, "\"newUid\":9", uid: "9", at: 40)
        #expect(await moved.manifest([:]).reasons.map(\.code) == [.notUploaded, .noFiles])
        bench.event(4, "\"fileList\":\"\(bench.name(".m3u8"))\"", at: 20)
        #expect(await bench.manifest([:]).reasons.map(\.code) == [.notUploaded, .indexMissing])
    }

    @Test("the start uid is the one that was heard first, whatever else is heard later and comes earlier")
    func startUID() async {
        var bench = RecordingBench()
        for number in (1...9).reversed() { bench.event(43, "\"state\":0", uid: "\(number * 11)", at: Int64(number)) }
        bench.event(12, "\"newUid\":0", uid: "0", at: 100)
        bench.event(12, "\"newUid\":99", uid: "11", at: 7)
        let manifest = await bench.manifest()
        #expect(manifest.startUid == "11" && manifest.recorders.map(\.uid) == ["11", "22", "33", "44", "55", "66", "77", "99", "88"])
        #expect(manifest.currentUid == "88")
    }

    @Test("why a recording is not complete, one reason at a time", arguments: ManifestReason.Code.allCases)
    func reasons(code: ManifestReason.Code) async {
        var bench = RecordingBench.moving(at: [], until: 100)
        bench.uploaded([bench.name(".m3u8")], at: 103)
        var files: [String: String]? = [bench.name(".m3u8"): bench.index(from: 0, count: 6)]
        switch code {
        case .notUploaded, .uploadProgress:
            bench = RecordingBench()
            bench.event(4, "\"fileList\":\"\(bench.name(".m3u8"))\"", at: 20)
            bench.event(33, "\"progress\":\(code == .uploadProgress ? 7505 : 10_000)", at: 60)
        case .uploadedBeforeFailover: bench.event(12, "\"newUid\":9", at: 500)
        case .uploadFailed:
            bench = RecordingBench()
            bench.event(31, "\"status\":\"1\",\"fileList\":[{\"fileName\":\"\(bench.name(".m3u8"))\"}]", at: 20)
        case .notDelivered:
            bench = RecordingBench()
            bench.uploaded([bench.name(".m3u8")], event: 32, at: 103)
        case .noFiles:
            bench = RecordingBench.moving(at: [], until: 100)
            files = [:]
        case .generationMissing: bench.uploaded([bench.name(".m3u8", generation: 2)], at: 103)
        case .slicesUnknown: files = nil
        case .indexMissing: files = [:]
        case .indexUnreadable: files = [bench.name(".m3u8"): "<html>"]
        case .indexOpen: files = [bench.name(".m3u8"): bench.index(from: 0, count: 6, isClosed: false)]
        case .indexEmpty: files = [bench.name(".m3u8"): "#EXTM3U\n#EXT-X-ENDLIST\n"]
        case .indexDamaged: files = [bench.name(".m3u8"): bench.index(from: 0, count: 6) + "#EXTINF:1\nother.ts\n"]
        case .channelUnknown:
            bench = RecordingBench(cname: "")
            bench.event(31, at: 4)
        case .sourceUnreachable:
            let source = MemoryIndexSource([:], failure: .unreachable("no answer in time"))
            let manifest = RecordingManifest(await RecordingView.read(RecordingStory(sid: bench.sid, facts: bench.facts), source))
            #expect(manifest.reasons.map(\.code) == [code] && manifest.reasons[0].text.contains("no answer in time"))
            return
        }
        let manifest = await bench.manifest(files)
        #expect(manifest.reasons.contains { $0.code == code }, "\(manifest.reasons)")
        #expect(!manifest.isComplete && manifest.reasons.count <= 3)
        for checker in await bench.playlists(files ?? [:]) { #expect(!checker.isClosed && !checker.comments.isEmpty) }
    }

    @Test("after event 32 a recording is complete when the backup storage has delivered every slice")
    func delivered() async {
        var bench = RecordingBench()
        bench.uploaded([bench.name(".m3u8", folder: "a/")], event: 32, at: 103)
        var files = [bench.name(".m3u8", folder: "a/"): bench.index(from: 0, count: 3)]
        #expect(await bench.manifest(files).reasons.map(\.code) == [.notDelivered])
        for number in 0..<3 { files["a/" + bench.slice(RecordingBench.start + Int64(number) * 15_000)] = "" }
        let manifest = await bench.manifest(files)
        #expect(manifest.isComplete && manifest.end.isBackedUp && manifest.files.last?.sources == ["index file", "folder"])
        #expect(manifest.notes == [])
        let story = RecordingStory(sid: bench.sid, facts: bench.facts)
        let unlisted = RecordingManifest(await RecordingView.read(story, MemoryIndexSource(files, canList: false)))
        #expect(unlisted.isComplete && unlisted.notes.count == 1 && unlisted.notes[0].contains("cannot be listed"))
    }

    @Test("of an index file and its late copies the larger counts, by generation, and the copy with the highest index")
    func lateCopies() async {
        var bench = RecordingBench.moving(at: [100], until: 200)
        bench.uploaded([bench.name(".m3u8"), bench.name(".m3u8", generation: 1)], at: 203)
        let files = [
            bench.name(".m3u8"): bench.index(from: 0, count: 5),
            bench.name("_1773483000_9.m3u8"): bench.index(from: 0, count: 40),
            bench.name("_1773483000_10.m3u8"): bench.index(from: 0, count: 4),
            bench.name(".m3u8", generation: 1): bench.index(from: 100, count: 2, generation: 1, isClosed: false),
            bench.name("_1773483900_0.m3u8", generation: 1): bench.index(from: 100, count: 6, generation: 1),
        ]
        let manifest = await bench.manifest(files)
        #expect(manifest.isComplete, "\(manifest.reasons)")
        #expect(manifest.tracks[0].parts.map(\.index) == [bench.name(".m3u8"), bench.name("_1773483900_0.m3u8", generation: 1)])
        #expect(manifest.tracks[0].parts.map(\.slices) == [5, 6] && manifest.notes.count == 1)
        #expect(manifest.files.filter { $0.kind == "delayed-copy" }.map(\.sources) == [["folder"], ["folder"], ["folder"]])
    }

    @Test("a late copy that is damaged gives way to the plain file")
    func brokenCopy() async {
        var bench = RecordingBench.moving(at: [], until: 100)
        bench.uploaded([bench.name(".m3u8")], at: 103)
        let page = "<html>" + String(repeating: " ", count: 9000)
        let manifest = await bench.manifest([bench.name(".m3u8"): bench.index(from: 0, count: 5), bench.name("_1_0.m3u8"): page])
        #expect(manifest.isComplete && manifest.tracks[0].parts.map(\.index) == [bench.name(".m3u8")])
    }

    @Test("a page that was recorded as MP4 has no playlist, and the manifest says so")
    func webPage() async {
        var bench = RecordingBench()
        bench.event(70, "\"recorderStartTime\":\(RecordingBench.start)", at: 1, scene: "web_record")
        let list = [10, 9, 0].map { "{\"filename\":\"\(bench.name("_\($0).mp4"))\",\"sliceStartTime\":\(RecordingBench.start / 1000)}" }
        bench.event(71, "\"code\":1,\"fileList\":[\(list.joined(separator: ","))]", at: 7200, scene: "web_record")
        #expect(await bench.manifest().reasons.map(\.code) == [.notUploaded])
        bench.event(31, "\"status\":0", at: 7210, scene: "web_record")
        let manifest = await bench.manifest()
        #expect(manifest.isComplete && manifest.mode == .webPage && manifest.tracks == [] && manifest.end.webPageCode == 1)
        #expect(manifest.mp4 == [0, 9, 10].map { bench.name("_\($0).mp4") })
        #expect(manifest.notes.contains { $0.contains("MP4 files only") } && manifest.began == "2026-03-14T10:15:00.000Z")
    }

    @Test("REST replies tell of files and of the upload when notices are lost")
    func replies() async throws {
        var bench = RecordingBench(sid: "fc1c7dfef7815804fa81feb4e7f16c13", cname: "stage7")
        for name in ["query-mix-hls", "query-mix-mp4", "query-not-found", "stop"] {
            let type = name == "stop" ? "cloud-recording.stop" : "cloud-recording.query"
            bench.add(type, RecordingBench.start, Array(try Exchange.bytes("cloud-recording.\(name).response.json")))
        }
        let manifest = await bench.manifest()
        let names = [bench.name(".m3u8"), bench.name("_0.mp4"), bench.name(".m3u8", generation: 1)]
        #expect(manifest.files.map(\.name) == names)
        #expect(manifest.files.allSatisfy { $0.sources == ["query"] } && manifest.end.uploadingStatus == "uploaded")
        #expect(manifest.end.isUploaded && manifest.reasons.map(\.code) == [.slicesUnknown, .slicesUnknown])
        #expect(manifest.files[0].start == "2026-03-14T09:05:02.000Z")
    }

    @Test("names that lead elsewhere are listed and never followed")
    func hostileNames() async {
        var bench = RecordingBench.moving(at: [], until: 100)
        let names = ["../\(bench.name(".m3u8"))", "/etc/\(bench.name(".m3u8"))", "a/../\(bench.name("_0.mp4"))", "x\ny.m3u8", "\"", "a//b"]
        bench.uploaded(names, at: 103)
        let manifest = await bench.manifest(Dictionary(uniqueKeysWithValues: names.map { ($0, bench.index(from: 0, count: 2)) }))
        #expect(manifest.foreign == names.sorted() && manifest.files == [] && manifest.reasons.map(\.code) == [.noFiles])
    }

    @Test("an index file that names others' files is damaged, and they are not in the playlist")
    func hostileIndex() async {
        var bench = RecordingBench.moving(at: [], until: 100)
        bench.uploaded([bench.name(".m3u8")], at: 103)
        let bad = [
            "../\(bench.slice(RecordingBench.start))", "http://e.org/x.ts", bench.slice(RecordingBench.start, generation: 1), "..",
            "%2e%2e/x",
        ]
        let text = bad.reduce("#EXTM3U\n") { $0 + "#EXTINF:15\n\($1)\n" } + bench.index(from: 0, count: 2).dropFirst(8)
        let manifest = await bench.manifest([bench.name(".m3u8"): text])
        #expect(manifest.reasons.map(\.code) == [.indexDamaged] && manifest.tracks[0].parts[0].slices == 2)
        #expect(manifest.reasons[0].text.contains("names 5 files"))
    }

    @Test("ten thousand slices and as many screenshots are no matter")
    func large() async {
        var bench = RecordingBench.moving(at: [], until: 100)
        bench.uploaded([bench.name(".m3u8")] + (0..<5000).map { bench.name("_\($0).mp4") }, at: 103)
        let manifest = await bench.manifest([bench.name(".m3u8"): bench.index(from: 0, count: 10_000)])
        #expect(manifest.isComplete && manifest.files.count == 15_001 && manifest.tracks[0].parts[0].slices == 10_000)
    }
}
