import Testing

@testable import AgoraSimulator

@Suite("Recordings live and fail") struct RecordingTests {
    @Test("a recording that is stopped tells of its whole life, and its calls end with it")
    func life() throws {
        var bench = try Bench.telling(#""steps": []"#)
        let recording = try bench.record()
        bench.pass(30)
        let stopped = try bench.ask("POST", recording.path + "stop", recording.body)
        #expect(stopped.body?[path: "serverResponse.uploadingStatus"] == "uploaded")
        bench.pass(10)
        #expect(bench.events(.cloudRecording) == [40, 30, 42, 4, 41, 11, 31])
        #expect(bench.letters.compactMap { $0[path: "payload.sequence"]?.whole } == Array(0...6))
        #expect(try bench.query(recording).status == 404)
    }

    @Test("start refuses what the reference says, each with its code")
    func startCodes() throws {
        var bench = try Bench(#"{"rates": {"cloud-recording": {}}}"#)
        let first = try bench.record()
        let resource = try bench.acquire()
        func start(_ resource: String, _ uid: String = "700001", _ request: JSONValue = Bench.mix) throws -> Int64? {
            try bench.ask("POST", Bench.recording("resourceid/\(resource)/mode/mix/start"), Bench.identity(uid, request)).code
        }
        #expect(try start(resource) == 53, "the same user records the channel already")
        #expect(try start("nonsense") == 1001)
        #expect(try start(resource, "700002") == 432)
        let other = try bench.acquire("700002")
        #expect(try start(other, "700002", Bench.mix.setting("recordingConfig.streamTypes", 7)) == 2)
        #expect(try start(other, "700002", Bench.mix.setting("recordingFileConfig.avFileType", ["mp4"])) == 2)
        #expect(try start(other, "700002", [:]) == 2)
        bench.pass(301)
        #expect(try start(other, "700002") == 433, "the resource id lives for five minutes")
        #expect(try bench.ask("POST", first.path + "stop", Bench.identity("700002")).code == 432)
    }

    @Test("stop: no data before the first slice, 49 while it leaves, 404 after it")
    func stopping() throws {
        var bench = try Bench()
        let early = try bench.record()
        let nothing = try bench.ask("POST", early.path + "stop", early.body)
        #expect(nothing.status == 206 && nothing.code == 435)
        let recording = try bench.record("700002")
        bench.pass(30)
        let stop = Bench.identity("700002", ["async_stop": true])
        #expect(try bench.ask("POST", recording.path + "stop", stop).status == 200)
        bench.pass(1)
        #expect(try bench.ask("POST", recording.path + "stop", stop).code == 49)
        #expect(try bench.query(recording).body?[path: "serverResponse.status"] == 6)
        bench.pass(5)
        #expect(try bench.query(recording).status == 404)
    }

    @Test("three failovers with other uids and backup files, the fourth fault ends it abnormally")
    func failovers() throws {
        var bench = try Bench.telling(
            #""steps": ["# + [100, 300, 500, 700].map { #"{"at": \#($0), "do": "fault", "seconds": 60}"# }.joined(separator: ",") + "]")
        let recording = try bench.record()
        bench.pass(110)
        #expect(try bench.query(recording).status == 404)
        #expect(try bench.ask("POST", recording.path + "stop", recording.body).status == 404, "and nothing was stopped")
        bench.pass(100)
        #expect(try bench.query(recording).status == 200, "with the uid of its start")
        bench.pass(480)
        let list = try #require(try bench.query(recording).body?[path: "serverResponse.fileList"]?.elements)
        let names = list.compactMap { $0["fileName"]?.text }.filter { $0.hasSuffix(".m3u8") }
        #expect(names == ["bak2_", "bak1_", "bak0_", ""].map { "\($0)\(recording.sid)_stage7.m3u8" })
        bench.pass(20)
        #expect(try bench.query(recording).status == 404)
        let events = bench.letters.filter { [11, 12].contains($0["eventType"]?.whole) }
        #expect(events.compactMap { $0["eventType"]?.whole } == [12, 12, 12, 11])
        #expect(events.last?[path: "payload.details.exitStatus"] == 1)
        let uids = events.dropLast().map { $0[path: "payload.details.newUid"]?.whole }
        #expect(Set(uids).count == 3 && events.dropLast().allSatisfy { $0[path: "payload.uid"]?.text != "700001" })
    }

    @Test("a fatal error is told, and then it is gone")
    func fatal() throws {
        var bench = try Bench.telling(#""steps": [{"after": 60, "do": "fatal", "name": "stage7"}]"#)
        let recording = try bench.record()
        bench.pass(61)
        #expect(try bench.query(recording).status == 200)
        bench.pass(5)
        #expect(try bench.query(recording).status == 404)
        #expect(bench.letters.last?[path: "payload.details.errorLevel"] == 5 && bench.events(.cloudRecording).last == 1)
    }

    @Test("acquire is refused when too many run")
    func overload() throws {
        var bench = try Bench(#"{"limits": {"cloud-recording": 1}}"#)
        _ = try bench.record()
        #expect(try bench.ask("POST", Bench.recording("acquire"), Bench.identity("700002")) == .code(400, 406, "vendor_over_load"))
    }
}
