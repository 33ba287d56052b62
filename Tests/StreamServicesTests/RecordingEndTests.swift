import Testing

@testable import StreamServices

@Suite("How a recording ends that nobody stopped") struct RecordingEndTests {
    private let life = RecordingLife()
    private let first = RecordingTask.Target(uid: "1", resourceID: "r1", sid: "s1")

    private static func kept(_ isKept: Bool) -> RecordingLife {
        RecordingLife(RecordingTask(uid: "1", otherUID: "2", wantedUntil: nil, isKept: isKept))
    }

    /// Answers all queries the same until there is something else to do.
    private func answer(_ life: RecordingLife, _ query: RecordingTask.Query, within seconds: Int64 = 7200) {
        while case .query = life.nextWork(within: seconds) { life.task.queried("s1", query, at: life.now, life.rules) }
    }

    /// The old one is stopped, and the other uid begins.
    private func isReplaced(_ life: RecordingLife, sourceLocation: SourceLocation = #_sourceLocation) {
        life.stop("s1", .done, sourceLocation: sourceLocation)
        life.run("s2", uid: "2", sourceLocation: sourceLocation)
        #expect(life.task.ending == nil, sourceLocation: sourceLocation)
    }

    @Test(
        "a normal end that 404 or the status confirms ends the wish, unless it is kept; then there is a new recording",
        arguments: [RecordingTask.Event.exited(isNormal: true), .left(isNormal: true)], [true, false])
    func normalEnd(event: RecordingTask.Event, isKept: Bool) {
        for answer in [RecordingTask.Query.missing, .status(7)] {
            let life = Self.kept(isKept)
            life.run()
            life.pass(10)
            life.hear(event)
            #expect(life.next == .query(first))
            self.answer(life, answer)
            guard !isKept else {
                isReplaced(life)
                continue
            }
            guard case .reason? = life.task.ending else {
                Issue.record("it goes on")
                return
            }
            life.stop("s1", .done)
            #expect(life.nextWork() == .over)
        }
    }

    @Test("an exit with status 0 ends nothing by itself: it is asked for, and may be on its way to another server", arguments: [60, 90])
    func normalExit(missing: Int64) {
        life.run()
        life.pass(10)
        life.hear(.exited(isNormal: true))
        let began = life.now
        #expect(life.next == .query(first) && life.task.ending == nil)
        if missing < 90 {
            for _ in 0..<20 where life.now < began + missing * 1000 { life.query(.missing) }
            life.hear(.failedOver(newUID: "77"), order: began + 1000)
            life.query(.status(5))
            #expect(life.next == .wait(until: life.now + 120_000) && life.task.ending == nil)
        } else {
            life.query(.failed)
            #expect(life.task.ending == nil, "50x proves nothing")
            answer(life, .missing)
            #expect(life.now == began + 5000 + 90_000 && life.task.ending == .reason("session exit"))
        }
    }

    @Test("an upload alone is no end: what stops unexplained is replaced", arguments: [RecordingTask.Query.missing, .status(8)])
    func upload(answer: RecordingTask.Query) {
        life.run()
        life.pass(10)
        life.hear(.uploaded)
        #expect(life.next == .query(first))
        self.answer(life, answer)
        isReplaced(life)
    }

    @Test(
        "what ends after a fatal error is replaced, whatever the recorder said when it left",
        arguments: [RecordingTask.Query.missing, .status(7)], [true, false])
    func fatal(answer: RecordingTask.Query, hasLeft: Bool) {
        life.run()
        life.pass(10)
        life.hear(.fatal)
        if hasLeft { life.hear(.left(isNormal: true), order: life.now + 1) }
        self.answer(life, answer)
        isReplaced(life)
    }

    @Test("an end by status waits for a word of why; without one it may be an exit of which no word came", arguments: ["", "exit", "left"])
    func endedStatus(word: String) {
        life.run()
        life.query(.status(8))
        let began = life.now
        life.query(.status(8))
        #expect(life.task.ending == nil && life.task.recording?.target == first)
        switch word {
        case "exit": life.hear(.exited(isNormal: false))
        case "left":
            life.hear(.uploaded)
            life.hear(.left(isNormal: true), order: life.now - 60_000)
        default: break
        }
        answer(life, .status(8))
        if word == "left" {
            life.stop("s1", .ending)
            life.query(.missing)
            #expect(life.next == .over && life.task.ending == .reason("left the channel"))
        } else {
            #expect((life.now - began) / 1000 == (word == "exit" ? 5 : 30))
            life.stop("s1", .ending)
            if word != "exit" { life.query(.missing) }
            life.acquire("2")
        }
    }

    @Test("an exit of one that runs replaces nothing, and counts while it may be true")
    func exitOfRunning() {
        life.run()
        life.hear(.exited(isNormal: false))
        life.query(.status(5))
        #expect(life.next == .wait(until: life.now + 5000))
        for _ in 0..<4 { life.query(.missing) }
        life.stop("s1", .done)
        life.run("s2", uid: "2")
    }

    @Test("an exit of one that still runs 90 s later was wrong, and is forgotten", arguments: [true, false])
    func falseExit(isNormal: Bool) {
        life.run()
        life.hear(.exited(isNormal: isNormal))
        let heard = life.now
        for _ in 0..<20 where life.now < heard + 90_000 { life.query(.status(5)) }
        #expect(life.next == .wait(until: life.now + 120_000))
        life.query(.missing)
        for _ in 0..<4 { life.query(.missing) }
        life.query(.status(5))
        #expect(life.task.recording?.target == first && life.task.ending == nil)
    }
}
