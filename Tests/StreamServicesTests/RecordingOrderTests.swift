import Testing

@testable import StreamServices

@Suite("The order of a recording's files") struct RecordingOrderTests {
    private static let sid = "38f8e3cfdc474cd56fc1ceba380d7e1a"

    private func order(_ names: [String], cname: String = "room") -> RecordingOrder { RecordingOrder(names, sid: Self.sid, cname: cname) }

    private func kind(_ name: String, cname: String = "room") -> RecordingFileName.Kind? {
        RecordingFileName(name.replacing("SID", with: Self.sid), sid: Self.sid, cname: cname)?.kind
    }

    @Test("a composite recording plays generation by generation, slices by time, whatever order they were listed in")
    func composite() {
        let base = "\(Self.sid)_room"
        let slices = [
            "\(base)_20260314101500123.ts", "\(base)_20260314101515123.ts", "bak0_\(base)_20260314101400000.ts",
            "bak1_\(base)_20260314103000000.ts", "bak2_\(base)_20260314103500000.ts", "bak10_\(base)_20260314104000000.ts",
        ]
        let indexes = ["\(base).m3u8", "bak0_\(base).m3u8", "bak1_\(base).m3u8", "bak2_\(base).m3u8", "bak10_\(base).m3u8"]
        let mp4 = (0...11).map { "\(base)_\($0).mp4" } + ["bak0_\(base)_0.mp4", "bak0_\(base)_10.mp4"]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let sorted = order((slices + indexes + mp4).shuffled(using: &generator))
            #expect(sorted.slices == slices && sorted.indexFiles == indexes && sorted.mp4 == mp4)
            #expect(sorted.foreign.isEmpty && sorted.tracks == nil && sorted.screenshots == nil)
        }
    }

    @Test("an individual recording has its files by user and type, and its screenshots")
    func individual() {
        func name(_ user: String, _ rest: String) -> String { "show/day1/\(Self.sid)_room__uid_s_\(user)__uid_e_\(rest)" }
        func moved(_ user: String, _ rest: String) -> String { "show/day1/bak0_\(Self.sid)_room__uid_s_\(user)__uid_e_\(rest)" }
        let names = [
            moved("901", "video_20260314102500000.ts"), name("901", "video_20260314101515000.ts"), name("901", "video.m3u8"),
            name("902", "audio.m3u8"), moved("901", "video.m3u8"), name("901", "video_20260314101500000.ts"),
            name("902", "audio_20260314101501000.webm"), name("901", "video_20260314101600000.jpg"),
        ]
        let sorted = order(names)
        #expect(sorted.tracks?["901/video"]?.slices == [names[5], names[1], names[0]])
        #expect(sorted.tracks?["901/video"]?.indexFiles == [names[2], names[4]])
        #expect(sorted.tracks?["902/audio"] == RecordingOrder.Track(indexFiles: [names[3]], slices: [names[6]]))
        #expect(sorted.slices == [names[5], names[6], names[1], names[0]])
        #expect(sorted.screenshots == [names[7]] && sorted.tracks?.count == 2)
    }

    @Test("delayed copies of index files are told apart from slices and MP4 files")
    func delayed() {
        let names = ["SID_room_1773480000_10.m3u8", "SID_room_1773480000_9.m3u8", "SID_room__uid_s_7__uid_e_audio_1773480000_0.m3u8"]
            .map { $0.replacing("SID", with: Self.sid) }
        #expect(order(names).delayedCopies == [names[2], names[1], names[0]])
        #expect(order(names).indexFiles.isEmpty)
    }

    @Test(
        "what a name says",
        arguments: [
            ("SID_room.m3u8", true), ("a/b_c/SID_room.m3u8", true), ("SID_room__uid_s_5__uid_e_video.mpd", true),
            ("bak007_SID_room.m3u8", true),
            ("SID_room.mp4", false), ("SID_room_0.mp4", true), ("SID_room_20260314101500123.mp4", true), ("SID_room_1.ts", false),
            ("SID_room_20260314101500123.jpg", false), ("SID_room__uid_s_5__uid_e_audio_20260314101500123.jpg", false),
            ("SID_room__uid_s_5__uid_e_data.m3u8", false), ("SID_room__uid_s___uid_e_audio.m3u8", false), ("SID_roomy.m3u8", false),
            ("SID_room_x.m3u8", false), ("SID_room_1.m3u8", false), ("SID_room_1_2_3.m3u8", false), ("bak_SID_room.m3u8", false),
            ("bakx_SID_room.m3u8", false), ("bak0_bak1_SID_room.m3u8", false), ("bak0/SID_room.m3u8", true), ("SIDroom.m3u8", false),
            ("SID_room.m3u8/", false), ("SID_room.", false), ("SID_room", false), ("xSID_room.m3u8", false), ("", false),
            ("SID_room_-1.mp4", false), ("SID_room_１.mp4", false), ("SID_room.M3U8", false),
        ])
    func names(name: String, isOurs: Bool) {
        #expect((kind(name) != nil) == isOurs)
    }

    @Test(
        "channel names hold digits, underscores, user marks and characters that file names replace",
        arguments: [
            ("room_1", "SID_room_1_2.mp4", "2"), ("room", "SID_room_12.mp4", "12"), ("room_1_2", "SID_room_1_2_0.mp4", "0"),
            ("a.b_c", "SID_a-b-c_3.mp4", "3"), ("a.b_c", "SID_a.b_c_3.mp4", "3"), ("комната 1", "SID_комната 1_4.mp4", "4"),
            ("a.b_c", "SID_a-b_c_3.mp4", "3"), ("!@#$%^&*()+_.=[]{}~|,;:?<>", "SID_--------------------------_7.mp4", "7"),
            ("20260314_1", "bak2_SID_20260314_1_20.mp4", "20"), ("bak0_x", "bak1_SID_bak0-x_5.mp4", "5"),
        ])
    func channels(cname: String, name: String, number: String) throws {
        #expect(kind(name, cname: cname) == .mp4(try #require(DigitText(number))))
    }

    @Test(
        "a character of the channel's name is replaced by a dash, and only if file names cannot have it",
        arguments: [
            ("axb", "SID_a-b.m3u8"), ("a-b", "SID_a.b.m3u8"), ("a b", "SID_a-b.m3u8"), ("a_b", "SID_a.b.m3u8"), ("a-b_", "SID_a-b.m3u8"),
        ])
    func otherChannels(cname: String, name: String) {
        #expect(kind(name, cname: cname) == nil)
    }

    @Test("of late copies the one with the highest index is the newest, whatever their ticks say, generation by generation")
    func lateCopies() {
        let names = ["SID_r_9_0.m3u8", "SID_r_5_1.m3u8", "SID_r_7_2.m3u8", "SID_r_1_10.m3u8", "bak0_SID_r_1_0.m3u8", "bak2_SID_r_1_0.m3u8"]
            .map { $0.replacing("SID", with: Self.sid) }
        #expect(order(names.reversed(), cname: "r").delayedCopies == names)
    }

    @Test("a channel whose name looks like a user's part is no user's part")
    func hostileChannel() throws {
        let name = "\(Self.sid)_x__uid_s_1__uid_e_audio__uid_s_2__uid_e_video.m3u8"
        let file = try #require(RecordingFileName(name, sid: Self.sid, cname: "x__uid_s_1__uid_e_audio"))
        #expect(file.track?.uid == "2" && file.track?.type == "video" && file.kind == .index)
    }

    @Test("names that look the same and are not are two objects")
    func composed() {
        let names = ["e\u{301}", "\u{E9}"].map { "\(Self.sid)_\($0).m3u8" }
        #expect(order(names, cname: "\u{E9}").indexFiles.count + order(names, cname: "\u{E9}").foreign.count == 2)
        #expect(order(["a\u{301}", "\u{E1}"]).foreign.map { Array($0.utf8) } == [Array("a\u{301}".utf8), Array("\u{E1}".utf8)])
    }

    @Test("a list may begin with a byte order mark and hold empty lines and line ends of other systems; names keep their own blanks")
    func lists() {
        let list = "\u{FEFF}a.ts\r\n\r\n \t \n b c.ts \r\r\n\u{FEFF}d\n\n\re"
        #expect(RecordingOrder.names(in: Array(list.utf8)) == ["a.ts", " b c.ts ", "\u{FEFF}d", "\re"])
        #expect(RecordingOrder.names(in: []) == [] && RecordingOrder.names(in: [0xEF, 0xBB, 0xBF]) == [])
    }

    @Test("names of others are listed as they came, and a name that comes twice counts once")
    func foreign() {
        let names = ["z.txt", "\(Self.sid)_room.m3u8", "a.txt", "\(Self.sid)_room.m3u8", "z.txt"]
        let sorted = order(names)
        #expect(sorted.foreign == ["z.txt", "a.txt"] && sorted.indexFiles.count == 1)
    }
}
