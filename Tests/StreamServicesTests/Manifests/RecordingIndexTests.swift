import Testing

@testable import StreamServices

@Suite("Times and index files of a recording") struct RecordingIndexTests {
    @Test(
        "a moment in a file name, and the same as text",
        arguments: [
            ("20260314101500123", "2026-03-14T10:15:00.123Z"), ("20240229235959999", "2024-02-29T23:59:59.999Z"),
            ("19700101000000000", "1970-01-01T00:00:00.000Z"), ("20000301000000000", "2000-03-01T00:00:00.000Z"),
            ("99991231235959999", "9999-12-31T23:59:59.999Z"), ("21001231000000000", "2100-12-31T00:00:00.000Z"),
        ])
    func moments(digits: String, text: String) throws {
        let moment = try #require(RecordingTime.parse(digits))
        #expect(RecordingTime.text(moment) == text && RecordingBench.digits(moment) == digits)
    }

    @Test(
        "no moment",
        arguments: [
            "20260230101500123", "20261314101500123", "20260314241500123", "2026031410150012", "2026-03-14T10:15:00", "",
            "２０２６０３１４１０１５００１２３",
        ])
    func noMoments(digits: String) {
        #expect(RecordingTime.parse(digits) == nil)
    }

    @Test("seconds, milliseconds and nonsense under one name")
    func units() {
        #expect(RecordingTime.milliseconds(1_773_479_102) == 1_773_479_102_000)
        #expect(RecordingTime.milliseconds(1_773_479_102_212) == 1_773_479_102_212)
        #expect(RecordingTime.milliseconds(0) == nil && RecordingTime.milliseconds(-5) == nil && RecordingTime.milliseconds(.max) == nil)
        #expect(RecordingTime.parseOfIndex("1773479102212") == 1_773_479_102_212)
    }

    private func read(_ text: String) throws(UnreadableIndex) -> RecordingIndex { try RecordingIndex(Array(text.utf8)) }

    @Test("lengths without a comma and with one, Agora's tags old and new, line ends of both kinds")
    func reading() throws {
        let text = """
            \u{FEFF}#EXTM3U
            #EXT-X-TARGETDURATION:15
            #EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=AUDIO,TIME=20260314101500123
            #EXTINF:15.016000
            a.ts
            #EXT-X-AGORA-ROTATE:WIDTH=1,HEIGHT=2,ROTATE=90,TIME=20260314101500123
            #EXT-X-DISCONTINUITY
            #EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=VIDEO,TIME=1773479102212
            #EXTINF:3,title
             b.ts\t
            #EXTINF:0.0000015,
            c.ts
            #EXT-X-ENDLIST
            """
        for text in [text, text.replacing("\n", with: "\r\n")] {
            let index = try read(text)
            #expect(index.entries.map(\.uri) == ["a.ts", "b.ts", "c.ts"])
            #expect(index.entries.map(\.microseconds) == [15_016_000, 3_000_000, 1])
            #expect(index.entries.map(\.isDiscontinuous) == [false, true, false])
            #expect(index.isClosed && index.damages == [] && index.starts == [1_773_479_102_212, 1_773_483_300_123])
        }
    }

    @Test(
        "what cannot be used is told, and the rest is",
        arguments: [
            ("#EXTINF:x", "line 2 has no length"), ("#EXTINF:-1", "line 2 has no length"), ("#EXTINF:1e3", "line 2 has no length"),
            ("#EXTINF:99999999999999999999", "line 2 has no length"), ("#EXTINF:5", "line 3 follows a length"),
            ("lost.ts", "line 2 names a slice without a length"), ("#EXT-X-MAP:URI=\"i.mp4\"", "line 2 has EXT-X-MAP"),
        ])
    func damages(line: String, problem: String) throws {
        let index = try read("#EXTM3U\n\(line)\n#EXTINF:5\na.ts\n")
        #expect(index.damages.first?.hasPrefix(problem) == true, "\(index.damages)")
        #expect(index.entries.map(\.uri) == ["a.ts"] && !index.isClosed)
    }

    @Test("an index file that was cut off says so, and thousands of bad lines are counted and not listed")
    func bounds() throws {
        #expect(try read("#EXTM3U\n#EXTINF:5\na.ts\n#EXTINF:5\n").damages.count == 1)
        let damages = try read("#EXTM3U\n" + String(repeating: "x.ts\n", count: 5000)).damages
        #expect(damages.count == RecordingIndex.maximumDamages + 1 && damages.last == "4992 more lines")
    }

    @Test("bytes that are no index file")
    func unreadable() {
        #expect(throws: UnreadableIndex(reason: "does not begin with #EXTM3U")) { try read("<html>") }
        #expect(throws: UnreadableIndex(reason: "does not begin with #EXTM3U")) { try read("") }
        #expect(throws: UnreadableIndex(reason: "is not UTF-8")) { try RecordingIndex([0xFF, 0xFE]) }
        #expect(throws: UnreadableIndex.self) { try RecordingIndex([UInt8](repeating: 0x0A, count: RecordingIndex.maximumSize + 1)) }
    }
}
