import Testing

@testable import StreamServices

@Suite("How a recording is started") struct RecordingStartTests {
    private let life = RecordingLife()

    /// What is done next, and how many milliseconds later.
    private func nextWork() -> (RecordingTask.Action, after: Int64) {
        let before = life.now
        return (life.nextWork(), life.now - before)
    }

    private func repeated(_ seconds: Int64, _ answer: RecordingTask.Start, sourceLocation: SourceLocation = #_sourceLocation) {
        let began = life.now
        guard case .start("1", "r1", _) = life.nextWork() else {
            Issue.record("no repeat", sourceLocation: sourceLocation)
            return
        }
        #expect(life.now - began == seconds * 1000, sourceLocation: sourceLocation)
        life.started(answer)
    }

    @Test(
        "a resource id is used within 2 s, or another one is acquired",
        arguments: [(0, true), (2000, true), (2001, false), (60_000, false)])
    func inTime(age: Int64, isUsed: Bool) {
        #expect(life.next == .acquire(uid: "1", excluding: []))
        life.task.acquired(.resource("r1"), uid: "1", at: life.now, life.rules)
        let deadline = life.now + 2000
        life.now += age
        #expect(life.next == (isUsed ? .start(uid: "1", resourceID: "r1", before: deadline) : .acquire(uid: "1", excluding: [])))
    }

    @Test("a start that could not leave in time begins with another id")
    func tooLate() {
        life.acquire("1")
        life.started(.unsent)
        life.begin()
        #expect(life.task.recording?.target == .init(uid: "1", resourceID: "r2", sid: "s1") && life.task.doubt == nil)
    }

    @Test("code 65 is repeated with the same parameters after 3 s and 6 s, and then there is a new id for the same uid")
    func notCompleted() {
        life.acquire("1")
        life.started(.notCompleted)
        repeated(3, .notCompleted)
        repeated(6, .notCompleted)
        life.begin()
        #expect(life.task.recording?.target.resourceID == "r2")
    }

    @Test("50x is repeated with the same parameters after 3 s, 6 s and 9 s, and then another uid is taken")
    func failed() {
        life.acquire("1")
        life.started(.failed)
        repeated(3, .failed)
        repeated(6, .failed)
        repeated(9, .failed)
        life.begin("s1", uid: "2")
    }

    @Test("a start that timed out, or whose answer was lost, is repeated with the same id, and then made anew with the same uid")
    func unknown() {
        life.acquire("1")
        life.started(.unknown)
        repeated(3, .unknown)
        repeated(6, .unknown)
        repeated(9, .unknown)
        life.begin("s1", uid: "1")
        #expect(life.task.doubt == nil)
    }

    @Test("a task conflict leads to the other uid; when both are taken there is an alarm, and a wait")
    func conflict() {
        life.acquire("1")
        life.started(.conflict)
        #expect(life.next == .acquire(uid: "2", excluding: []))
        life.acquire("2")
        life.started(.conflict)
        #expect(life.task.alarm == .uidsTaken && life.next == .wait(until: life.now + 30_000))
        life.begin("s1", uid: "1")
        #expect(life.task.alarm == nil)
    }

    @Test("after a death in the middle of a start the same start is made again, while its id lives", arguments: [10, 600])
    func crash(seconds: Int64) throws {
        life.acquire("1")
        let acquired = life.now
        try life.crash()
        life.pass(seconds)
        if seconds < 290 {
            #expect(life.next == .start(uid: "1", resourceID: "r1", before: acquired + 290_000))
            life.started(.started(sid: "s1"))
        } else {
            life.begin("s1", uid: "1")
        }
        #expect(life.task.sids == ["s1"])
    }

    @Test(
        "one that may run is never doubled by the other uid, whatever says that it does",
        arguments: [RecordingTask.Start.conflict, .alreadyStarted])
    func runsUnnamed(answer: RecordingTask.Start) {
        life.acquire("1")
        life.started(.unknown)
        repeated(3, answer)
        for _ in 0..<3 {
            let began = life.now
            life.acquire("1")
            #expect(life.now == began + 120_000, "the start with the same uid shows whether it still runs")
            life.started(.conflict)
            #expect(life.task.alarm == .unnamed)
        }
        life.begin("s2", uid: "1")
        #expect(life.task.alarm == nil && life.task.doubt == nil)
    }

    @Test("one that runs unnamed is taken over when any event names it")
    func named() {
        life.acquire("1")
        life.started(.unknown)
        repeated(3, .alreadyStarted)
        life.pass(20)
        life.hear(.other, of: "s9", uid: "7")
        life.hear(.other, of: "s8", uid: "1", order: life.now - 3_600_000)
        #expect(life.task.recording == nil, "a foreign one, and one of the past")
        life.hear(.other, of: "s1", uid: "1")
        #expect(life.task.recording?.target == .init(uid: "1", resourceID: "r1", sid: "s1") && life.task.sids == ["s1"])
        life.query(.status(5))
    }

    @Test("a recording that was there before the start is nobody's that could have been made by it")
    func olderThanTheStart() {
        life.acquire("1")
        let sent = life.now
        life.started(.unknown)
        life.pass(1)
        life.hear(.other, of: "s9", uid: "1", since: sent - 60_000)
        #expect(life.task.recording == nil && life.task.sids.isEmpty)
        life.hear(.other, of: "s1", uid: "1", since: sent + 500)
        #expect(life.task.recording?.target.sid == "s1")
    }

    @Test("what an event named and the service does not know as ours is dropped, and the start is made again", arguments: [true, false])
    func foreign(whileRecording: Bool) {
        life.acquire("1")
        life.started(.failed)
        if whileRecording {
            for seconds: Int64 in [3, 6, 9] { repeated(seconds, .failed) }
            life.run("s2", uid: "2")
        }
        life.hear(.other, of: "s9", uid: "1")
        if whileRecording {
            life.stop("s9", .refused("400, code 1003"))
            #expect(life.task.recording?.target.sid == "s2" && life.task.debts.isEmpty)
        } else {
            life.query(.refused("400, code 1003"))
        }
        #expect(!life.task.sids.contains("s9") && life.task.alarm == nil)
        life.hear(.other, of: "s9", uid: "1")
        #expect(!life.task.sids.contains("s9"), "it is known by now")
        if !whileRecording { life.begin("s1", uid: "1") }
    }

    @Test("a conflict of a repeated start is with the first one, which worked though it was answered with 50x")
    func hiddenYes() {
        life.acquire("1")
        life.started(.failed)
        repeated(3, .conflict)
        let began = life.now
        life.acquire("1")
        #expect(life.now == began + 120_000)
        life.hear(.other, of: "s1", uid: "1", order: began)
        #expect(life.task.recording?.target == .init(uid: "1", resourceID: "r1", sid: "s1"))
    }

    @Test("rounds of 50x after a lost answer keep the uid for three rounds, not counting those of an outage")
    func failedInDoubt() {
        func round(_ uid: String, _ first: RecordingTask.Start = .failed) {
            life.acquire(uid)
            life.started(first)
            for _ in 0..<3 {
                guard case .start = life.nextWork() else { return }
                life.started(.failed)
            }
        }
        life.isOutage = true
        round("1", .unknown)
        for _ in 0..<5 { round("1") }
        _ = life.next
        life.isOutage = false
        for _ in 0..<3 { round("1") }
        life.begin("s1", uid: "2")
        life.hear(.other, of: "s0", uid: "1")
        life.stop("s0", .done)
        #expect(life.task.recording?.target.sid == "s1" && life.task.sids == ["s1", "s0"], "heard of later, it is stopped")
    }

    @Test("what is refused is told with the service's words, and rarely tried again")
    func refused() {
        life.acquire("1")
        life.started(.refused("400, code 2: Start: invalid streamTypes value!"))
        #expect(life.task.alarm == .refused && life.task.trouble?.contains("streamTypes") == true)
        #expect(life.next == .wait(until: life.now + 300_000))
        #expect(life.nextWork() == .acquire(uid: "1", excluding: []))
        life.task.acquired(.refused("400, code 405: no_active_status"), uid: "1", at: life.now, life.rules)
        #expect(life.next == .wait(until: life.now + 300_000))
    }

    @Test("too many recordings: later, with an alarm", arguments: [true, false])
    func overload(inAcquire: Bool) {
        if inAcquire {
            #expect(life.next == .acquire(uid: "1", excluding: []))
            life.task.acquired(.overloaded, uid: "1", at: life.now, life.rules)
        } else {
            life.acquire("1")
            life.started(.overloaded)
        }
        #expect(life.task.alarm == .overloaded && life.next == .wait(until: life.now + 30_000))
    }

    @Test("an acquire that fails is made again after growing waits, and four in a row are told")
    func acquireFails() {
        for seconds: Int64 in [5, 10, 15, 30, 30] {
            #expect(life.next == .acquire(uid: "1", excluding: []))
            life.task.acquired(.failed, uid: "1", at: life.now, life.rules)
            #expect(life.next == .wait(until: life.now + seconds * 1000))
            life.pass(seconds)
        }
        #expect(life.task.alarm == .notStarting)
        life.run()
        #expect(life.task.alarm == nil)
    }

    @Test("it has to run within 90 s, asked for after 5 s and then ever more rarely; or it is stopped, and another uid begins")
    func proven() {
        life.begin()
        let began = life.now
        var waits: [Int64] = []
        while life.nextWork() == .query(.init(uid: "1", resourceID: "r1", sid: "s1")) {
            waits.append((life.now - began) / 1000)
            life.task.queried("s1", .status(3), at: life.now, life.rules)
        }
        #expect(waits == [5, 15, 30, 60, 90])
        life.stop("s1", .failed)
        let stopped = life.now
        life.stop("s1", .done)
        #expect(life.now == stopped + 5000, "nothing begins before the old one is stopped")
        life.begin("s2", uid: "2")
    }

    @Test("status 4 and 5 prove it, others do not", arguments: [(0, false), (1, false), (2, false), (3, false), (4, true), (5, true)])
    func status(status: Int, isProof: Bool) {
        life.begin()
        life.query(.status(status))
        #expect(life.task.recording?.isRunning == isProof)
        #expect(life.next == .wait(until: life.now + (isProof ? 120_000 : 10_000)))
    }

    @Test("queries before the proof come more often than a short idle time-out")
    func shortIdle() {
        life.rules.maxIdleTime = 8000
        life.begin()
        for _ in 0..<5 {
            let before = life.now
            life.query(.status(2))
            #expect(life.now - before <= 7000)
        }
    }

    @Test("without event 13 within 10 s another uid begins, where that is asked for", arguments: [true, false], [true, false])
    func registered(isAsked: Bool, comes: Bool) {
        if isAsked { life.rules.registersWithin = 10_000 }
        life.run()
        if comes { life.hear(.registered) }
        #expect(life.nextWork() == .query(.init(uid: "1", resourceID: "r1", sid: "s1")))
        life.task.queried("s1", .status(5), at: life.now, life.rules)
        guard isAsked, !comes else { return #expect(life.next == .wait(until: life.now + 120_000)) }
        life.stop("s1", .done)
        life.begin("s2", uid: "2")
    }

    @Test("a wish that ends during a start is stopped as soon as its recording has a name", arguments: [true, false])
    func endsWhileStarting(isAnswered: Bool) throws {
        life.acquire("1")
        if isAnswered {
            life.task.stopWanting(at: life.now)
            life.started(.started(sid: "s1"))
        } else {
            try life.crash()
            life.task.stopWanting(at: life.now)
            guard case .wait = life.next else {
                Issue.record("a start would begin what nobody wants")
                return
            }
            life.pass(5)
            life.hear(.other, of: "s1")
        }
        life.stop("s1", .done)
        #expect(life.next == .over)
    }

    @Test(
        "a wish that ends after a start was answered with 50x waits for what may have been made, and stops it", arguments: [true, false],
        [true, false])
    func endsAfterFailedStart(isDuringCall: Bool, isHeard: Bool) {
        life.acquire("1")
        if isDuringCall { life.task.stopWanting(at: life.now) }
        life.started(.failed)
        life.task.stopWanting(at: life.now)
        guard case .wait = life.next else {
            Issue.record("it may run on, unstopped")
            return
        }
        life.pass(20)
        if isHeard {
            life.hear(.other, of: "s1")
            life.stop("s1", .done)
        }
        #expect(life.nextWork() == .over && life.task.alarm == nil)
    }

    @Test("a wish that ends over a start that nobody heard of is told")
    func endsUnnamed() {
        life.acquire("1")
        life.started(.unknown)
        life.task.stopWanting(at: life.now)
        #expect(life.nextWork() == .over && life.task.alarm == .unnamed)
    }
}
