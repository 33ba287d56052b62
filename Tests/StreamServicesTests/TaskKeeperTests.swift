import Foundation
import Logging
import MediaEvents
import Settings
import Synchronization
import TestSupport
import Testing
import WorkerStore

@testable import StreamServices

/// The engine over a real store and a service in memory, with time that leaps.
@Suite("Wanted streams are kept alive", .timeLimit(.minutes(2))) struct TaskKeeperTests {
    @Test("a wanted stream is created once, whichever of several processes is first")
    func once() async throws {
        let project = try KeptProject()
        let keepers = ["one", "two", "three"].map { project.keeper($0) }
        for number in 0..<10 { try await project.want(.push("s\(number)")) }
        await withThrowingTaskGroup(of: Void.self) { group in
            for keeper in keepers { group.addTask { try await keeper.turn() } }
        }
        for keeper in keepers { try await project.pass(30, keeper) }
        #expect(project.agora.jobs.count == 10 && project.agora.count("create") == 10)
    }

    @Test("a failed stream is replaced under the same name after its old task was deleted; a pull gets another user and a token for it")
    func replaced() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        try await project.want(.pull("p"))
        try await project.pass(30, keeper)
        let push = try #require(project.agora.jobs.first { $0.name == "s" }?.id)
        let pull = try #require(project.agora.jobs.first { $0.name == "p" }?.id)
        for id in [push, pull] { project.agora.change(id) { $0.state = "failed" } }
        try await project.hear(push, "media-push.3", #"{"converter":{"id":"\#(push)","state":"failed"}}"#)
        try await project.hear(pull, "media-pull.4", #"{"player":{"id":"\#(pull)","status":"failed"}}"#)
        try await project.pass(60, keeper)
        #expect(project.agora.jobs.map(\.name).sorted() == ["p", "s"] && project.agora.count("create") == 4)
        #expect(project.agora.count("delete \(push)") == 1 && project.agora.count("delete \(pull)") == 1)
        #expect(project.agora.jobs.first { $0.name == "p" }?.uid == 1_000_000_901)
        #expect(project.agora.jobs.first { $0.name == "p" }?.token == "token for \(TokenUser.uid(1_000_000_901))")
        let told = project.told.withLock { $0 }
        guard case .roleChanged(let old, let new)? = told.first?.kind, told.count == 1 else {
            Issue.record("\(told)")
            return
        }
        #expect(old.uid == 901 && new.uid == 1_000_000_901 && new.id == project.agora.jobs.first { $0.name == "p" }?.id)
    }

    @Test("a key that does not hold is told once, whatever the call, and asked rarely")
    func wrongKey() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        for number in 0..<3 { try await project.want(.push("s\(number)")) }
        try await project.want(.pull("p"))
        try await project.pass(30, keeper)
        let before = project.agora.calls.count
        project.agora.fail { _ in .status(401) }
        #expect(try await project.store.stop("s0", .mediaPush, at: project.clock.unixMilliseconds))
        try await project.pass(900, keeper)
        #expect(project.agora.calls.count - before < 20)
        let told = project.told.withLock { $0 }
        #expect(told.count == 4 && told.allSatisfy { $0.kind == .alarm(.refused) && $0.happened.contains("customer_key") })
        project.agora.fail(nil)
        try await project.pass(400, keeper)
        #expect(project.agora.jobs.map(\.name).sorted() == ["p", "s1", "s2"])
    }

    @Test("a project that may have no more tasks is told; the others are kept at their usual rate")
    func quota() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        project.agora.fail { $0.hasPrefix("create") ? .quota : nil }
        try await project.pass(300, keeper)
        #expect(project.told.withLock { $0.map(\.kind) } == [.alarm(.notStarting)])
        project.agora.fail(nil)
        try await project.pass(20, keeper)
        #expect(project.agora.jobs.count == 1)
    }

    @Test("while the service is down nothing is replaced, one alarm says so, and all goes on after it")
    func outage() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        for number in 0..<5 { try await project.want(.push("s\(number)")) }
        for number in 0..<3 { try await project.want(.pull("p\(number)", uid: UInt32(number + 1))) }
        try await project.pass(30, keeper)
        let jobs = project.agora.jobs
        project.agora.fail { _ in .status(503) }
        try await project.pass(600, keeper)
        project.agora.fail(nil)
        try await project.pass(300, keeper)
        #expect(project.agora.jobs == jobs && project.agora.count("delete") == 0)
        let told = project.told.withLock { $0 }
        #expect(told.count == 4)
        for service in [StreamService.mediaPush, .mediaPull] {
            let ofIt = told.filter { $0.service == service }
            guard case .outageBegan = ofIt.first?.kind, case .outageEnded = ofIt.last?.kind else {
                Issue.record("\(told)")
                return
            }
        }
    }

    @Test("a pull that is missing from two complete lists for longer than a move takes is replaced; one that comes back is not")
    func missingPulls() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.pull("gone", uid: 1))
        try await project.want(.pull("moving", uid: 2))
        try await project.pass(150, keeper)
        let ids = Dictionary(uniqueKeysWithValues: project.agora.jobs.map { ($0.name, $0.id) })
        project.agora.remove(try #require(ids["gone"]))
        project.agora.change(try #require(ids["moving"])) { $0.isHidden = true }
        try await project.pass(230, keeper)
        #expect(project.agora.count("delete") == 0 && project.agora.count("create") == 2)
        project.agora.change(try #require(ids["moving"])) { $0.isHidden = false }
        try await project.pass(420, keeper)
        #expect(project.agora.count("create gone") == 2 && project.agora.count("create moving") == 1)
        #expect(project.agora.jobs.map(\.name).sorted() == ["gone", "moving"])
    }

    @Test("many losses at once are replaced a few at a time, all of them in the end")
    func manyLosses() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        for number in 0..<12 { try await project.want(.push("s\(number)")) }
        try await project.pass(30, keeper)
        for job in project.agora.jobs { project.agora.change(job.id) { $0.state = "failed" } }
        project.agora.fail { $0.hasPrefix("create") ? .quota : nil }
        try await project.pass(200, keeper)
        #expect(project.agora.count("delete") == 3)
        project.agora.fail(nil)
        try await project.pass(400, keeper)
        #expect(project.agora.jobs.count == 12 && project.agora.jobs.allSatisfy { $0.state == "running" })
    }

    @Test("what nobody wants any more is deleted; what was never ours is not")
    func stopped() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        project.agora.add(.init(id: "x1", name: "other", kind: "push", channel: "stage", created: 1))
        try await project.want(.push("s"))
        try await project.pass(30, keeper)
        #expect(try await project.store.stop("s", .mediaPush, at: project.clock.unixMilliseconds))
        try await project.pass(10, keeper)
        #expect(project.agora.jobs.map(\.id) == ["x1"])
        #expect(try await project.store.all(TaskRecord.self).map(\.due) == [nil])
        try await project.want(.push("s"))
    }

    @Test("a bad address alarms and replaces nothing until it is good again")
    func badAddress() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        try await project.pass(30, keeper)
        project.addressTrouble.withLock { $0 = "the name has no address" }
        project.agora.change("c1") { $0.state = "failed" }
        try await project.pass(400, keeper)
        #expect(project.agora.count("create") == 1 && project.agora.count("delete") == 0)
        #expect(project.told.withLock { $0.map(\.kind) } == [.alarm(.badAddress)])
        #expect(project.told.withLock { $0.first?.happened.contains("live/s") } == false, "the key is hidden")
        project.addressTrouble.withLock { $0 = nil }
        try await project.pass(120, keeper)
        #expect(project.agora.count("create") == 2)
    }

    @Test("when the main stream fails viewers are sent to the backup at once, and stay there")
    func backups() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s", backups: ["rtmp://other.example.com/live/k"]))
        try await project.pass(30, keeper)
        #expect(project.agora.jobs.map(\.name).sorted() == ["s", "s-b1"])
        let main = try #require(project.agora.jobs.first { $0.name == "s" })
        project.agora.change(main.id) { $0.state = "failed" }
        try await project.hear(main.id, "media-push.3", #"{"converter":{"id":"\#(main.id)","state":"failed"}}"#)
        try await project.pass(300, keeper)
        let told = project.told.withLock { $0 }
        guard case .roleChanged(let old, let new)? = told.first?.kind, told.count == 1 else {
            Issue.record("\(told)")
            return
        }
        #expect(old.address == "rtmp://cdn.example.com/live/<hidden>" && new.address == "rtmp://other.example.com/live/<hidden>")
        #expect(old.task == "s" && new.task == "s-b1")
        let event = try #require(try await project.store.unsent(atMost: 1).first?.event)
        #expect(EventDecoder().decode(event).event is StreamNotice<StreamRoleChanged>)
        #expect(project.agora.jobs.count == 2)
    }

    @Test("each update has a greater number than all before it, also those that failed, and later tasks have its address")
    func sequence() async throws {
        let project = try KeptProject()
        let keeper = project.keeper()
        try await project.want(.push("s"))
        try await project.pass(30, keeper)
        let change = AddressChange(project.client, appID: "app", store: project.store, clock: project.clock, owner: "command")
        try await change.change("s", .mediaPush, to: "rtmp://cdn.example.com/live/second")
        project.agora.fail { $0.hasPrefix("update") ? .status(400) : nil }
        await #expect(throws: AgoraError.self) { try await change.change("s", .mediaPush, to: "rtmp://cdn.example.com/live/third") }
        project.agora.fail(nil)
        try await change.change("s", .mediaPush, to: "rtmp://cdn.example.com/live/fourth")
        #expect(
            project.agora.calls.filter { $0.hasPrefix("update") } == [
                "update c1 sequence=0", "update c1 sequence=1", "update c1 sequence=2",
            ])
        #expect(try await project.record("s")?.wish.address == "rtmp://cdn.example.com/live/fourth")
        await #expect(throws: InvalidCall.self) { try await change.change("s", .mediaPush, to: "https://cdn.example.com/live") }
        project.agora.fail { $0.hasPrefix("update") ? .lostAfter : nil }
        await #expect(throws: AgoraError.self) { try await change.change("s", .mediaPush, to: "rtmp://cdn.example.com/live/fifth") }
        project.agora.fail(nil)
        // What was certainly not done is not kept; what may have been done is.
        #expect(try await project.record("s")?.wish.address == "rtmp://cdn.example.com/live/fifth")
        await #expect(throws: ChangeRefusal.notWanted("t")) { try await change.change("t", .mediaPush, to: "rtmp://a/b") }
    }
}
