import Testing

@testable import StreamServices

@Suite("How a recording is stopped") struct RecordingStopTests {
    private let life = RecordingLife()
    private let first = RecordingTask.Target(uid: "1", resourceID: "r1", sid: "s1")

    @Test("a stop that is answered with 404 stays owed for 90 s, and a query confirms it")
    func owedStop() {
        life.run()
        life.task.stopWanting(at: life.now)
        let began = life.now
        var calls = 0
        while case .stop(first) = life.nextWork() {
            calls += 1
            life.task.stopped("s1", .missing, at: life.now, life.rules)
        }
        #expect(life.now >= began + 90_000 && calls >= 7)
        life.query(.missing)
        #expect(life.next == .over)
    }

    @Test("one that comes back from a failover is stopped then", arguments: [true, false])
    func cameBack(whenConfirming: Bool) {
        life.run()
        life.task.stopWanting(at: life.now)
        life.stop("s1", .missing)
        if whenConfirming {
            while case .stop = life.nextWork() { life.task.stopped("s1", .missing, at: life.now, life.rules) }
            life.query(.status(5))
        }
        life.stop("s1", .done)
        #expect(life.next == .over)
    }

    @Test("event 12 prolongs the time in which a stop's 404 is not believed")
    func movedStop() {
        life.run()
        life.task.stopWanting(at: life.now)
        life.stop("s1", .missing)
        let began = life.now
        life.pass(60)
        life.hear(.failedOver(newUID: "77"))
        while case .stop = life.nextWork() { life.task.stopped("s1", .missing, at: life.now, life.rules) }
        #expect(life.now >= began + 150_000)
    }

    @Test("a stop: ending already is confirmed, nothing recorded is an end without files")
    func otherStops() {
        life.run()
        life.task.stopWanting(at: life.now)
        life.stop("s1", .ending)
        life.query(.status(6))
        #expect(life.next == .over && life.task.sessions.map(\.hasNoFiles) == [false])
        let empty = RecordingLife()
        empty.run()
        empty.task.stopWanting(at: empty.now)
        empty.stop("s1", .nothingRecorded)
        #expect(empty.next == .over && empty.task.sessions.map(\.hasNoFiles) == [true])
    }
}
