import Testing

@testable import StreamServices

@Suite("Tasks in different machine rooms", .timeLimit(.minutes(1))) struct IsolationTests {
    @Test("one that finds no resources is asked for again, and the others run on")
    func shortage() async throws {
        let project = try KeptProject()
        var wish = StreamWish(
            name: "stage", region: .europe, until: .forever,
            converter: ConverterSpec(rawOptions: .init(rtcChannel: "stage", rtcStreamUid: 1), rtmpUrl: "rtmp://cdn.example.com/live/a"))
        wish.backups = ["rtmp://cdn.example.com/live/b", "rtmp://cdn.example.com/live/c"]
        wish.isolated = true
        try await project.want(wish)
        let keeper = project.keeper()
        project.agora.fail { $0 == "create stage-agora-isolate-3" ? .status(429) : nil }
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.map(\.name).sorted() == ["stage-agora-isolate-1", "stage-agora-isolate-2"])
        #expect((3...8).contains(project.agora.count("create stage-agora-isolate-3")), "with the retreat waits between them")
        project.agora.fail(nil)
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.map(\.name).sorted() == (1...3).map { "stage-agora-isolate-\($0)" })
        #expect(project.agora.count("create stage-agora-isolate-1") == 1 && project.agora.count("delete") == 0)
    }
}
