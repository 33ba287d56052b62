import Testing

@testable import StreamServices

@Suite("A recording that is on its way to another server") struct RecordingFailoverTests {
    private let life = RecordingLife()
    private let first = RecordingTask.Target(uid: "1", resourceID: "r1", sid: "s1")

    /// 404 for so long, and then it runs again.
    private func move(for seconds: Int64) {
        let end = life.now + seconds * 1000
        while case .query = life.nextWork(within: (end - life.now) / 1000) {
            life.task.queried("s1", .missing, at: life.now, life.rules)
        }
        life.now = max(life.now, end)
    }

    @Test(
        "after two failovers, what the first two recorders say ends nothing; what the third one says, does",
        arguments: ["1", "77", "78"], [true, false])
    func formerRecorders(speaker: String, isNormal: Bool) {
        life.run()
        for uid in ["77", "78"] {
            life.pass(200)
            life.hear(.failedOver(newUID: uid), uid: uid)
        }
        life.pass(1)
        life.hear(.exited(isNormal: isNormal), uid: speaker)
        move(for: 85)
        guard speaker != "78" else {
            let hasEnded = isNormal ? life.task.recording != nil : life.task.recording == nil
            return #expect(hasEnded, "an abnormal exit counts after the retreat waits, a normal one when it is proven")
        }
        life.query(.status(5))
        #expect(life.task.recording?.target == first && life.task.ending == nil && life.task.debts.isEmpty)
    }

    @Test("recorders stand in the order in which they took over; a late event 12 does not silence the one at work")
    func lateTakeover() {
        life.run()
        life.pass(300)
        life.hear(.failedOver(newUID: "78"), uid: "78")
        life.pass(10)
        life.hear(.exited(isNormal: false), uid: "78")
        life.hear(.failedOver(newUID: "77"), uid: "77", order: life.now - 200_000)
        #expect(life.task.recording?.recorders == ["77", "78"])
        for _ in 0..<4 { life.query(.missing) }
        life.stop("s1", .missing)
        life.run("s2", uid: "2")
    }

    @Test("what was said without a uid before the latest takeover is about a former recorder", arguments: [(-1, true), (1, false)])
    func withoutUID(seconds: Int64, isFormer: Bool) {
        life.run()
        life.pass(300)
        life.hear(.failedOver(newUID: "77"), uid: nil)
        life.hear(.exited(isNormal: false), uid: nil, order: life.now + seconds * 1000)
        life.query(.missing)
        #expect((life.task.recording?.exit == nil) == isFormer)
    }
}
