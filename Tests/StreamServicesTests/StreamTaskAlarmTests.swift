import Testing

@testable import StreamServices

/// What has to be told of a stream, and until when.
@Suite("Alarms of a stream that is wanted") struct StreamTaskAlarmTests {
    @Test("what is refused is tried rarely, and people are told; when it is answered again all is well")
    func refusals() {
        let life = StreamLife()
        life.start()
        life.look(.refused)
        #expect(life.task.alarm == .refused && life.next == .wait(until: life.now + 300_000))
        life.pass(300)
        life.look(.there(hasFailed: false))
        #expect(life.task.alarm == nil)
        life.task.stopWanting(at: life.now, life.rules)
        life.delete("c1", .refused)
        #expect(life.task.alarm == .refused && life.next == .wait(until: life.now + 300_000))
        life.pass(300)
        life.delete("c1", .done)
        #expect(life.task.alarm == nil && life.next == .over)
    }

    @Test("a create that fails again and again is told, and is over with the first that succeeds")
    func notStarting() {
        let life = StreamLife()
        for _ in 0..<8 {
            #expect(life.task.alarm == nil && life.nextWork() == .create)
            life.task.created(.failed, at: life.now, life.rules)
        }
        #expect(life.task.alarm == .notStarting && life.nextWork() == .create)
        life.task.created(.created(id: "c1"), at: life.now, life.rules)
        #expect(life.task.alarm == nil)
    }

    @Test("a task that cannot be deleted is told")
    func notDeleted() {
        let life = StreamLife()
        life.start()
        life.task.stopWanting(at: life.now, life.rules)
        let began = life.now
        while life.now - began <= 240_000 {
            #expect(life.task.alarm == nil && life.nextWork() == .delete(id: "c1"))
            life.delete("c1", .failed)
        }
        #expect(life.nextWork() == .delete(id: "c1"))
        life.delete("c1", .failed)
        #expect(life.task.alarm == .notDeleted)
        #expect(life.nextWork() == .delete(id: "c1"))
        life.delete("c1", .done)
        #expect(life.task.alarm == nil && life.next == .over)
    }
}
