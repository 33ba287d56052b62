import Foundation
import Logging
import MediaEvents
import Settings
import Synchronization
import TestSupport
import Testing
import WorkerStore

@testable import StreamServices

/// What is ours at Agora, and whose turn it is: over a real store and a service in memory, with time that leaps.
@Suite("Only what is ours is touched, and once", .timeLimit(.minutes(2))) struct TaskOwnershipTests {
    @Test("a task that comes back after it was replaced is deleted; the one that replaced it runs on, and is watched meanwhile")
    func stray() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        try await project.want(.pull("p"))
        try await project.pass(30, keeper)
        let old = project.agora.jobs
        for job in old { project.agora.remove(job.id) }
        try await project.pass(900, keeper)
        let new = project.agora.jobs.map(\.id).sorted()
        #expect(new.count == 2 && project.agora.count("create") == 4)
        for job in old { project.agora.add(job) }
        try await project.pass(200, keeper)
        #expect(project.agora.jobs.map(\.id).sorted() == new && project.agora.count("create") == 4)
        // It answers 404 from now on, and its deletion stays owed for a while: the stream itself is replaced in the middle of that.
        for job in old { project.agora.add(job) }
        project.agora.fail { call in old.contains { call == "delete \($0.id)" } ? .status(500) : nil }
        try await project.pass(130, keeper)
        for id in new { project.agora.change(id) { $0.state = "failed" } }
        try await project.pass(130, keeper)
        project.agora.fail(nil)
        try await project.pass(300, keeper)
        #expect(project.agora.jobs.count == 2 && Set(project.agora.jobs.map(\.id)).isDisjoint(with: new + old.map(\.id)))
    }

    @Test("a process that dies between a create and its answer leaves one stream, not two", arguments: [true, false])
    func diesInTheMiddle(isDone: Bool) async throws {
        let project = try KeptProject()
        try await project.want(.push("s"))
        // What the dead process had done: the intent is stored, and the call was made or was not.
        let claimed = try await project.store.claim(
            TaskRecord.self, by: "dead", at: project.clock.unixMilliseconds, until: project.clock.unixMilliseconds + 180_000, atMost: 1)
        var record = try #require(claimed.first?.record)
        #expect(record.life.next(at: project.clock.unixMilliseconds, .mediaPush) == .create)
        record.unresolvedSince = project.clock.unixMilliseconds
        #expect(
            try await project.store.save(
                record, by: "dead", at: project.clock.unixMilliseconds, until: project.clock.unixMilliseconds + 180_000))
        if isDone {
            project.agora.add(
                .init(id: "c77", name: "s", kind: "push", channel: "stage", created: project.clock.unixMilliseconds / 1000))
        }
        let keeper = project.keeper()
        try await project.pass(170, keeper)
        #expect(project.agora.calls.isEmpty, "the claim holds while its owner may be alive")
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.count == 1 && project.agora.count("create") == (isDone ? 0 : 1))
        if isDone { #expect(try await project.record("s")?.life.instance?.id == "C77") }
    }

    @Test("an answer that was lost, or 504 after success, leads to one stream", arguments: [true, false])
    func lostAnswer(isLost: Bool) async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        project.agora.fail { $0.hasPrefix("create") ? (isLost ? .lostAfter : .statusAfter(504)) : nil }
        try await project.pass(5, keeper)
        project.agora.fail(nil)
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.count == 1 && project.agora.count("create") == 1)
    }

    @Test("a create that failed with 5xx and was done all the same is taken over, also after a long outage")
    func doneThoughFailed() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        project.agora.fail { $0.hasPrefix("create") ? .statusAfter(500) : nil }
        try await project.pass(1, keeper)
        project.agora.fail { _ in .status(503) }
        try await project.pass(600, keeper)
        project.agora.fail(nil)
        try await project.pass(120, keeper)
        #expect(project.agora.jobs.map(\.id) == ["c1"])
        #expect(try await project.record("s")?.life.instance?.id == "C1")
        #expect(project.told.withLock { !$0.contains { $0.kind == .alarm(.foreignName) } })
    }

    @Test("a name that a foreign task has is left alone, and people are told once")
    func foreign() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        project.agora.add(.init(id: "x1", name: "s", kind: "push", channel: "stage", created: project.clock.unixMilliseconds / 1000 - 3600))
        try await project.want(.push("s"))
        try await project.pass(900, keeper)
        #expect(project.agora.jobs.map(\.id) == ["x1"] && project.agora.count("delete") == 0)
        #expect(project.told.withLock { $0.map(\.kind) } == [.alarm(.foreignName)])
    }

    @Test(
        "a task that somebody else made while a create of ours was open is not taken for ours",
        arguments: ["another channel", "another key", "another channel, and a List that does not say it"])
    func foreignMeanwhile(difference: String) async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.pull("p"))
        project.agora.fail { $0.hasPrefix("create") ? .status(503) : nil }
        try await project.pass(60, keeper)
        var job = FakeAgora.Job(id: "x1", name: "p", kind: "pull", channel: "stage", created: project.clock.unixMilliseconds / 1000)
        job.address = "rtmp://source.example.com/live/p"
        switch difference {
        case "another key": job.address = "rtmp://source.example.com/live/q"
        case "another channel": job = .init(id: "x1", name: "p", kind: "pull", channel: "else", created: job.created)
        default:
            job = .init(id: "x1", name: "p", kind: "pull", channel: "else", created: job.created)
            job.isSparse = true
        }
        project.agora.add(job)
        project.agora.fail(nil)
        try await project.pass(120, keeper)
        #expect(try await project.store.stop("p", .mediaPull, at: project.clock.unixMilliseconds))
        try await project.pass(600, keeper)
        #expect(project.agora.jobs.map(\.id) == ["x1"] && project.agora.count("delete x1") == 0)
        #expect(project.told.withLock { $0.map(\.kind) }.contains(.alarm(.foreignName)))
    }

    @Test("a create that was refused in so many words makes nothing ours that comes later")
    func refusedThenForeign() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        project.agora.fail { $0.hasPrefix("create") ? .status(403) : nil }
        try await project.pass(30, keeper)
        var job = FakeAgora.Job(id: "x1", name: "s", kind: "push", channel: "stage", created: project.clock.unixMilliseconds / 1000)
        job.address = "rtmp://cdn.example.com/live/s"
        project.agora.add(job)
        project.agora.fail(nil)
        try await project.pass(700, keeper)
        #expect(try await project.record("s")?.life.instance == nil && project.agora.jobs.map(\.id) == ["x1"])
    }

    @Test("a List that says little leads to the List of the channel, and a create of ours is found there")
    func sparse() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.pull("p"))
        project.agora.fail { $0.hasPrefix("create") ? .lostAfter : nil }
        try await project.pass(5, keeper)
        project.agora.fail(nil)
        for job in project.agora.jobs { project.agora.change(job.id) { $0.isSparse = true } }
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.count == 1 && project.agora.count("create") == 1)
        #expect(try await project.record("p")?.life.instance?.id == "p1")
    }

    @Test("who lost its claim while it stood still does nothing more")
    func lostClaim() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        try await project.pass(30, keeper)
        project.agora.change("c1") { $0.state = "failed" }
        let other = project.keeper("two")
        project.meanwhile.withLock {
            $0 = {
                await project.clock.sleep(until: project.clock.now + .seconds(200))
                try await project.pass(60, other)
            }
        }
        try await project.pass(130, keeper)
        #expect(project.meanwhile.withLock { $0 == nil })
        #expect(project.agora.jobs.map(\.id) == ["c2"])
        #expect(project.agora.count("delete") == 1 && project.agora.count("create") == 2)
    }
}
