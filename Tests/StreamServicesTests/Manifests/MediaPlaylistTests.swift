import Testing

@testable import StreamServices

@Suite("Media playlists of recordings") struct MediaPlaylistTests {
    @Test("generation by generation, with a break between them and where the index file has one")
    func breaks() async throws {
        var bench = RecordingBench.moving(at: [60], until: 100)
        bench.uploaded([bench.name(".m3u8", generation: 1), bench.name(".m3u8")], at: 103)
        let playlist = try #require(
            await bench.playlists([
                bench.name(".m3u8"): bench.index(from: 0, count: 4, length: "15.016", breakAt: 2),
                bench.name(".m3u8", generation: 1): bench.index(from: 60, count: 2, generation: 1, length: "15.5"),
            ]).first)
        let times = (0..<4).map { bench.slice(RecordingBench.start + $0 * 15_000) }
        #expect(playlist.segments.map(\.uri) == times + (4..<6).map { bench.slice(RecordingBench.start + $0 * 15_000, generation: 1) })
        #expect(playlist.segments.map(\.isDiscontinuous) == [false, false, true, false, true, false])
        #expect(
            playlist.segments.map(\.dateTime) == [
                "2026-03-14T10:15:00.000Z", nil, "2026-03-14T10:15:30.000Z", nil, "2026-03-14T10:16:00.000Z", nil,
            ])
        #expect(playlist.isClosed && playlist.targetDuration == 16 && playlist.comments == [] && playlist.segments[0].seconds == 15.016)
    }

    @Test("gaps and overlaps are marked, between generations and inside one; what is within half a second is neither")
    func seams() async throws {
        var bench = RecordingBench.moving(at: [60, 90], until: 100)
        bench.uploaded((0...2).map { bench.name(".m3u8", generation: $0) }, at: 103)
        let start = RecordingBench.start
        func line(_ offset: Int64, _ length: String, _ generation: Int = 0) -> String {
            "#EXTINF:\(length)\n\(bench.slice(start + offset, generation: generation))\n"
        }
        let files = [
            bench.name(".m3u8"): "#EXTM3U\n" + line(0, "15.4") + line(15_000, "10") + line(40_000, "15") + "#EXT-X-ENDLIST\n",
            bench.name(".m3u8", generation: 1): "#EXTM3U\n" + line(50_000, "15", 1) + "#EXT-X-ENDLIST\n",
            bench.name(".m3u8", generation: 2): "#EXTM3U\n" + line(90_000, "1.25", 2) + "#EXT-X-ENDLIST\n",
        ]
        let playlist = try #require(await bench.playlists(files).first)
        #expect(
            playlist.comments == [
                "#MEDIAWORKER-GAP:SECONDS=15.000,FROM=2026-03-14T10:15:25.000Z,TO=2026-03-14T10:15:40.000Z",
                "#MEDIAWORKER-OVERLAP:SECONDS=5.000,FROM=2026-03-14T10:15:50.000Z,TO=2026-03-14T10:15:55.000Z",
                "#MEDIAWORKER-GAP:SECONDS=25.000,FROM=2026-03-14T10:16:05.000Z,TO=2026-03-14T10:16:30.000Z",
            ])
        #expect(playlist.segments.map(\.isDiscontinuous) == [false, false, false, true, true] && playlist.isClosed)
        #expect(playlist.segments.compactMap(\.dateTime).count == 4)
        let track = await bench.manifest(files).tracks[0]
        #expect(track.gaps.map(\.seconds) == [15, 25] && track.overlaps.map(\.seconds) == [5])
        #expect(track.overlaps.map(\.after) == [bench.slice(start + 50_000, generation: 1)])
    }

    @Test("individual mode: a playlist for each user and type, each through all generations that it is in")
    func individual() async {
        var bench = RecordingBench.moving(at: [60], until: 100)
        let tracks = ["__uid_s_3101__uid_e_audio", "__uid_s_3101__uid_e_video", "__uid_s_a_b/../c__uid_e_video"]
        var files: [String: String] = [:]
        for track in tracks.prefix(2) {
            for generation in 0...1 where track != tracks[0] || generation == 0 {
                files[bench.name("\(track).m3u8", generation: generation)] = bench.index(
                    from: Int64(generation) * 60, count: 4, generation: generation, track: track)
            }
        }
        bench.uploaded(files.keys.sorted() + [bench.name(tracks[2] + ".m3u8")], at: 103)
        let manifest = await bench.manifest(files)
        #expect(manifest.isComplete && manifest.mode == .individual, "\(manifest.reasons)")
        #expect(manifest.tracks.map { "\($0.uid ?? "")/\($0.type ?? "")" } == ["3101/audio", "3101/video"])
        #expect(manifest.tracks.map(\.playlist) == ["\(bench.sid)_3101_audio.m3u8", "\(bench.sid)_3101_video.m3u8"])
        let playlists = await bench.playlists(files)
        #expect(playlists.map(\.segments.count) == [4, 8] && playlists.allSatisfy(\.isClosed))
        #expect(playlists[1].segments.filter(\.isDiscontinuous).count == 1)
    }

    @Test("slices of an index file that is out of order play by their time, each once")
    func disorder() async throws {
        var bench = RecordingBench()
        bench.uploaded([bench.name(".m3u8")], at: 10)
        let slices = [30_000, 0, 15_000, 0].map { bench.slice(RecordingBench.start + $0) }
        let text = slices.reduce("#EXTM3U\n") { $0 + "#EXTINF:15\n\($1)\n" } + "#EXT-X-ENDLIST\n"
        let playlist = try #require(await bench.playlists([bench.name(".m3u8"): text]).first)
        #expect(playlist.segments.map(\.uri) == [slices[1], slices[2], slices[0]] && playlist.comments == [] && playlist.isClosed)
    }

    @Test("names are written as relative references, folders kept")
    func references() async throws {
        var bench = RecordingBench(cname: "a:b c?\"é")
        bench.uploaded([bench.name(".m3u8", folder: "day 1/x/")], at: 103)
        let files = [bench.name(".m3u8", folder: "day 1/x/"): bench.index(from: 0, count: 1)]
        let playlist = try #require(await bench.playlists(files).first)
        #expect(playlist.segments.map(\.uri) == ["day%201/x/\(bench.sid)_a%3Ab%20c%3F%22%C3%A9_20260314101500000.ts"])
        let timeline = await bench.view(files).timelines[0]
        let absolute = PlaylistChecker(MediaPlaylist(timeline: timeline, reasons: [], mediaBase: "https://cdn.example.org/").bytes)
        #expect(absolute.problems == [] && absolute.segments[0].uri.hasPrefix("https://cdn.example.org/day%201/x/"))
    }

    @Test("a reason that holds a line break does not become a line of the playlist")
    func comments() async {
        let timeline = RecordingTimeline(track: nil, parts: [])
        let checker = PlaylistChecker(
            MediaPlaylist(timeline: timeline, reasons: ["a\n#EXT-X-ENDLIST", "b\r\u{2028}c"], mediaBase: "").bytes)
        #expect(checker.problems == [] && checker.comments.count == 2 && !checker.isClosed)
    }

    @Test("lengths keep their microseconds, and the target is never shorter than one")
    func lengths() async throws {
        var bench = RecordingBench()
        bench.uploaded([bench.name(".m3u8")], at: 10)
        let text = "#EXTM3U\n#EXTINF:0.000001\n\(bench.slice(RecordingBench.start))\n#EXT-X-ENDLIST\n"
        let playlist = try #require(await bench.playlists([bench.name(".m3u8"): text]).first)
        #expect(playlist.targetDuration == 1 && playlist.segments[0].seconds == 0.000001)
    }
}
