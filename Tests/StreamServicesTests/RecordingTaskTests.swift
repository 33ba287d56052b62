import Foundation
import Testing

@testable import StreamServices

@Suite("The life of a recording that is wanted") struct RecordingTaskTests {
    private let life = RecordingLife()
    private let first = RecordingTask.Target(uid: "1", resourceID: "r1", sid: "s1")

    /// Answers 404 to every query for so long, and says when the last one was.
    private func miss(for seconds: Int64, sourceLocation: SourceLocation = #_sourceLocation) {
        let end = life.now + seconds * 1000
        while case .query(let target) = life.nextWork(within: (end - life.now) / 1000), life.now <= end {
            life.task.queried(target.sid, .missing, at: life.now, life.rules)
        }
    }

    @Test("one that runs is asked for every 2 minutes")
    func runs() {
        life.run()
        for _ in 0..<3 {
            #expect(life.next == .wait(until: life.now + 120_000))
            life.query(.status(5))
        }
    }

    @Test("404 is asked again after 5 s, 10 s and 15 s, and is a failover for 90 s: what comes back is kept")
    func failover() {
        life.run()
        life.query(.missing)
        var waits: [Int64] = []
        for _ in 0..<4 {
            let before = life.now
            life.query(.missing)
            waits.append((life.now - before) / 1000)
        }
        #expect(waits == [5, 10, 15, 15])
        miss(for: 40)
        life.query(.status(5))
        #expect(life.task.recording?.target == first)
        #expect(life.nextWork() == .query(first), "the calls go on with the uid of the start")
    }

    @Test("90 s after the first 404, or after event 12 if that is later, it is lost, and the other uid begins", arguments: [0, 30])
    func lost(moved: Int64) {
        life.run()
        life.query(.missing)
        let first = life.now
        if moved > 0 {
            miss(for: moved)
            life.hear(.failedOver(newUID: "77"), order: first + moved * 1000)
        }
        while case .query = life.nextWork() { life.task.queried("s1", .missing, at: life.now, life.rules) }
        #expect(life.now == first + (90 + moved) * 1000)
        life.stop("s1", .missing)
        life.query(.missing)
        life.run("s2", uid: "2")
        #expect(life.task.sids == ["s1", "s2"])
    }

    @Test("an event 12 that comes late counts from when it happened, and one of the future from now")
    func lateFailover() {
        for (order, seconds) in [(Int64(-80), Int64(90)), (500, 90)] {
            let life = RecordingLife()
            life.run()
            life.query(.missing)
            let first = life.now
            life.hear(.failedOver(newUID: "77"), order: first + order * 1000)
            while case .query = life.nextWork() { life.task.queried("s1", .missing, at: life.now, life.rules) }
            #expect(life.now == first + seconds * 1000)
        }
    }

    @Test("404s that lie further apart than a failover prove nothing together")
    func sparse() {
        life.run()
        life.query(.missing)
        life.pass(400)
        life.query(.missing)
        #expect(life.nextWork() == .query(first))
    }

    @Test("50x says nothing: asked again after 5 s, 10 s, 15 s and 30 s, and then as usual")
    func serverErrors() {
        life.run()
        life.query(.failed)
        var waits: [Int64] = []
        for _ in 0..<6 {
            let before = life.now
            life.query(.failed)
            waits.append((life.now - before) / 1000)
        }
        #expect(waits == [5, 10, 15, 30, 120, 120] && life.task.recording?.target == first)
    }

    @Test("429 neither counts nor ends a row of 404s")
    func throttled() {
        life.run()
        life.query(.missing)
        let began = life.now
        for _ in 0..<30 where life.now < began + 90_000 {
            guard case .query = life.nextWork() else { break }
            life.task.queried("s1", life.now % 10_000 == 0 ? .throttled : .missing, at: life.now, life.rules)
        }
        #expect(life.now >= began + 90_000 && life.now < began + 100_000)
    }

    @Test("update and updateLayout that are answered with 404 begin the time of a failover")
    func otherCalls() {
        life.run()
        life.pass(10)
        life.task.missed("s1", at: life.now, life.rules)
        #expect(life.next == .wait(until: life.now + 5000))
        life.query(.status(5))
        #expect(life.task.recording?.target == first)
    }

    @Test("three failovers are Agora's to mend; what happens after the third one's time is a loss after the 404 waits")
    func fourthFault() {
        life.run()
        for uid in ["77", "78", "79"] {
            life.query(.missing)
            life.hear(.failedOver(newUID: uid), uid: "1")
            life.hear(.failedOver(newUID: uid), uid: "1")
            miss(for: 45)
            life.query(.status(5))
        }
        #expect(life.task.recording?.recorders == ["77", "78", "79"])
        life.query(.missing)
        let fault = life.now
        while life.nextWork() == .query(first) { life.task.queried("s1", .missing, at: life.now, life.rules) }
        #expect(life.now == fault + 30_000)
        life.stop("s1", .missing)
        life.run("s2", uid: "2")
    }

    @Test("404 within the time of the third failover is still that one")
    func thirdFailover() {
        life.run()
        for uid in ["77", "78", "79"] { life.hear(.failedOver(newUID: uid)) }
        life.pass(1)
        life.task.missed("s1", at: life.now, life.rules)
        miss(for: 80)
        #expect(life.task.recording?.target == first)
    }

    @Test(
        "an abnormal exit is followed by one query, and then by another uid",
        arguments: [RecordingTask.Query.status(20), .status(7), .failed])
    func exit(answer: RecordingTask.Query) {
        life.run()
        life.pass(10)
        life.hear(.exited(isNormal: false))
        #expect(life.next == .query(first))
        life.task.queried("s1", answer, at: life.now, life.rules)
        life.stop("s1", .done)
        life.run("s2", uid: "2")
        #expect(life.task.ending == nil)
    }

    @Test(
        "an abnormal exit and a fatal error are followed by a query at once, and count when 404 lasts over the waits",
        arguments: [true, false])
    func fatal(isExit: Bool) {
        life.run()
        life.pass(10)
        life.hear(isExit ? .exited(isNormal: false) : .fatal)
        #expect(life.next == .query(first))
        let fault = life.now
        while life.nextWork() == .query(first) { life.task.queried("s1", .missing, at: life.now, life.rules) }
        #expect(life.now == fault + 30_000)
        life.stop("s1", .missing)
        life.run("s2", uid: "2")
    }

    @Test("a fatal error that did not end it is forgotten")
    func survivedFatal() {
        life.run()
        life.hear(.fatal)
        for _ in 0..<4 { life.query(.status(5)) }
        #expect(life.next == .wait(until: life.now + 120_000))
        life.query(.missing)
        miss(for: 60)
        #expect(life.task.recording?.target == first)
    }

    @Test("status 20 is a loss by the service's own word")
    func abnormalStatus() {
        life.run()
        life.query(.status(20))
        life.stop("s1", .done)
        life.run("s2", uid: "2")
    }

    @Test("the two uids take turns")
    func turns() {
        for number in 0..<4 {
            life.run("s\(number)", uid: "\(number % 2 + 1)")
            life.query(.status(20))
            life.stop("s\(number)", .done)
        }
    }

    @Test(
        "what the former recorder says while a recording moves ends nothing",
        arguments: [RecordingTask.Event.exited(isNormal: false), .exited(isNormal: true), .left(isNormal: true), .fatal])
    func formerRecorder(event: RecordingTask.Event) {
        life.run()
        life.query(.missing)
        life.hear(.failedOver(newUID: "77"))
        life.hear(event, uid: "1")
        miss(for: 60)
        life.query(.status(5))
        #expect(life.task.recording?.target == first && life.task.ending == nil)
    }

    @Test("events in another order: an exit of the former recorder, and then the failover")
    func reordered() {
        life.run()
        life.pass(10)
        life.hear(.left(isNormal: true), order: life.now)
        life.hear(.fatal, order: life.now)
        life.hear(.exited(isNormal: false), order: life.now)
        life.hear(.failedOver(newUID: "77"), order: life.now - 1)
        life.query(.missing)
        miss(for: 60)
        life.query(.status(5))
        #expect(life.task.recording?.target == first && life.task.ending == nil)
    }

    @Test("stale events, doubled ones and those of others change nothing")
    func stale() {
        life.run()
        life.hear(.left(isNormal: false), order: life.now)
        life.query(.status(5))
        let before = life.task
        life.hear(.fatal, order: life.now - 1)
        life.hear(.uploaded, order: life.now - 1)
        life.hear(.exited(isNormal: true), of: "s7", uid: "9")
        #expect(life.task == before)
        life.hear(.failedOver(newUID: "77"))
        let moved = life.task
        life.hear(.failedOver(newUID: "77"))
        #expect(life.task == moved)
    }

    @Test("while the service itself is in trouble nothing is replaced, and after it there is another query first")
    func outage() {
        life.run()
        life.isOutage = true
        life.query(.missing)
        miss(for: 600)
        #expect(life.task.recording?.target == first)
        life.isOutage = false
        life.query(.status(5))
        #expect(life.task.recording?.target == first)
    }

    @Test("there are only so many replacements in an hour, and meanwhile it is asked for")
    func cap() {
        for number in 0..<6 {
            life.run("s\(number)", uid: "\(number % 2 + 1)")
            life.query(.status(20))
            life.stop("s\(number)", .done)
        }
        life.run("s6", uid: "1")
        life.query(.status(20))
        #expect(life.task.alarm == nil)
        let capped = life.now
        while life.nextWork(within: 4000).queried == "s6" { life.task.queried("s6", .status(20), at: life.now, life.rules) }
        #expect(life.now >= capped + 3_500_000 - 900_000 && life.task.alarm == .tooManyReplacements)
        life.stop("s6", .done)
        life.run("s7", uid: "2")
        #expect(life.task.alarm == nil)
    }

    @Test("its time ends it to the millisecond")
    func endTime() {
        let life = RecordingLife(RecordingTask(uid: "1", otherUID: "2", wantedUntil: 1_773_478_860_000))
        life.run()
        #expect(life.nextWork() == .stop(first) && life.now == 1_773_478_860_000)
    }

    @Test("it is replaced while its calls can still be made, which end after 72 h")
    func lifetime() {
        life.run()
        let began = life.now
        while case .query = life.nextWork() { life.task.queried("s1", .status(5), at: life.now, life.rules) }
        #expect(71 * 3600 - 60...71 * 3600 + 120 ~= (life.now - began) / 1000)
        life.stop("s1", .done)
        life.run("s2", uid: "2")
    }
}

extension RecordingTask.Action {
    /// Of a query, the recording that it asks for.
    fileprivate var queried: String? { if case .query(let target) = self { target.sid } else { nil } }
}
