import Foundation
import Testing

@testable import StreamServices

@Suite("Recordings that run are changed", .timeLimit(.minutes(2))) struct RecordingChangeTests {
    private typealias Project = RecordingKeeperTests.Project

    private func change(_ project: Project) -> RecordingChange {
        RecordingChange(project.client, appID: "app", store: project.store, clock: project.clock, owner: "command")
    }

    @Test("a change is made with the uid of the start, also after a failover, for both recordings, and those that follow begin so")
    func changed() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want("evening") { $0.backupUids = ["3", "4"] }
        try await project.pass(30, keeper)
        try await project.hear(12, "s1", channel: "evening", uid: "77", #"{"newUid":77}"#)
        try await project.pass(5, keeper)
        let layout = RecordingLayout(mixedVideoLayout: 1, backgroundColor: "#112233")
        let outcome = try await change(project).change("evening", .layout(layout))
        #expect(outcome == .init(changed: ["s1", "s2"], moving: []))
        #expect(project.agora.calls.filter { $0.hasPrefix("updateLayout") } == ["updateLayout s1 1", "updateLayout s2 3"])
        #expect(project.agora.request("updateLayout s1 1")?["backgroundColor"] as? String == "#112233")
        project.agora.change("s1") { $0.status = 20 }
        try await project.pass(150, keeper)
        let config = project.agora.request("start 2")?["recordingConfig"] as? [String: Any]
        #expect((config?["transcodingConfig"] as? [String: Any])?["mixedVideoLayout"] as? Int == 1)
    }

    @Test("a change that is answered with 404 begins the time of a failover: nothing is replaced, and it can come again")
    func changeOfMoving() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want("evening")
        try await project.pass(10, keeper)
        project.agora.change("s1") { $0.isMoving = true }
        var update = CloudRecordingCalls.Change()
        update.streamSubscribe = .init(audioUidList: .init(subscribeAudioUids: ["5"]))
        #expect(try await change(project).change("evening", .update(update)) == .init(changed: [], moving: ["s1"]))
        let queries = project.agora.count("query s1")
        try await project.pass(10, keeper)
        #expect(project.agora.count("query s1") > queries, "it is asked for after 5 s and not after 2 minutes")
        try await project.pass(60, keeper)
        project.agora.change("s1") { $0.isMoving = false }
        #expect(try await change(project).change("evening", .update(update)) == .init(changed: ["s1"], moving: []))
        try await project.pass(120, keeper)
        #expect(project.agora.recordings.map(\.sid) == ["s1"] && project.agora.count("start") == 1)
    }

    @Test("what cannot be changed is refused before any call, and says why")
    func refusedChanges() async throws {
        let project = try Project()
        let keeper = project.keeper()
        try await project.want("evening") { $0.mode = .individual }
        let layout = RecordingChange.Request.layout(.init(mixedVideoLayout: 1))
        await #expect(throws: ChangeRefusal.notRunning("evening")) { try await change(project).change("evening", layout) }
        await #expect(throws: ChangeRefusal.notWanted("morning")) { try await change(project).change("morning", layout) }
        try await project.pass(10, keeper)
        await #expect(throws: InvalidCall.self) { try await change(project).change("evening", layout) }
        await #expect(throws: InvalidCall.self) { try await change(project).change("evening", .update(.init())) }
        #expect(project.agora.count("update") == 0)
        project.agora.fail { $0.hasPrefix("update") ? 503 : nil }
        var update = CloudRecordingCalls.Change()
        update.streamSubscribe = .init(audioUidList: .init(subscribeAudioUids: ["5"]))
        await #expect(throws: AgoraError.self) { try await change(project).change("evening", .update(update)) }
        project.agora.fail(nil)
        #expect(try await change(project).change("evening", .update(update)).changed == ["s1"], "its claim was given back")
    }

    @Test("a request with a key that Agora does not know is refused and not half carried out")
    func misspelled() throws {
        let good = #"{"mixedVideoLayout":3,"layoutConfig":[{"uid":"1","x_axis":0,"y_axis":0,"width":1,"height":1}],"backgroundColor":null}"#
        #expect(try WishReader.request(Array(good.utf8), as: RecordingLayout.self).layoutConfig?.count == 1)
        let misspelled = good.replacing("width", with: "width2")
        let extra = good.replacing(#""uid":"1""#, with: #""uid":"1","hight":1"#)
        for bad in [#"{"mixedVideoLayout":1,"backgroundColour":"0x0"}"#, misspelled, extra, "[", "7"] {
            #expect(throws: WishReader.Unreadable.self) { try WishReader.request(Array(bad.utf8), as: RecordingLayout.self) }
        }
    }
}
