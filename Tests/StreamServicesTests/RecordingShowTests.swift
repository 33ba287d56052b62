import Testing

@testable import StreamServices

@Suite("A show that is recorded twice") struct RecordingShowTests {
    private let rules = RecordingTaskRules()

    private func show() -> RecordingShow {
        RecordingShow(
            cname: "stage7",
            main: RecordingTask(uid: "1", otherUID: "2", wantedUntil: nil), backup: RecordingTask(uid: "3", otherUID: "4", wantedUntil: nil)
        )
    }

    /// One action at the time of the next, answered: recordings whose `sid` is in `lost` answer 404. Returns what was done.
    private func step(_ show: inout RecordingShow, _ now: inout Int64, lost: Set<String> = []) -> RecordingTask.Action {
        while true {
            let (slot, action) = show.next(at: now, isOutage: false, rules)
            show.take(slot) { task in
                switch action {
                case .acquire(let uid, _): task.acquired(.resource("r\(now)-\(uid)"), uid: uid, at: now, rules)
                case .start(let uid, _, _): task.started(.started(sid: "s\(now)-\(uid)"), at: now, rules)
                case .query(let target): task.queried(target.sid, lost.contains(target.sid) ? .missing : .status(5), at: now, rules)
                case .stop(let target): task.stopped(target.sid, lost.contains(target.sid) ? .missing : .done, at: now, rules)
                case .wait, .over: break
                }
            }
            guard case .wait(let until) = action else { return action }
            now = until
        }
    }

    @Test("the second one begins with the first one's resource id, and lives on when the first is lost")
    func backup() {
        var (show, now) = (show(), Int64(1_773_478_800_000))
        let acquired = now
        #expect(step(&show, &now) == .acquire(uid: "1", excluding: []))
        #expect(step(&show, &now) == .start(uid: "1", resourceID: "r\(acquired)-1", before: acquired + 2000))
        #expect(step(&show, &now) == .acquire(uid: "3", excluding: ["r\(acquired)-1"]))
        _ = step(&show, &now)
        let (main, backup) = (show.main.sids, show.backup?.sids ?? [])
        var actions: [RecordingTask.Action] = []
        while show.main.sids.count == 1, actions.count < 100 { actions.append(step(&show, &now, lost: Set(main))) }
        let again = actions.contains { if case .acquire("2", [show.backup?.resourceID ?? ""]) = $0 { true } else { false } }
        #expect(again, "the new one is kept apart from the second one, too")
        #expect(show.main.recording?.target.uid == "2" && show.backup?.recording?.target.sid == backup.first)
        #expect(show.sessions.map(\.sid) == main + backup + [show.main.sids[1]])
        let stops = actions.compactMap { action in if case .stop(let target) = action { target.sid } else { nil } }
        #expect(Set(stops) == Set(main))
    }

    @Test("the second one waits for the first one's id, but not for a first one that is over")
    func waits() {
        var show = show()
        let (slot, action) = show.next(at: 0, isOutage: false, rules)
        #expect(slot == .main && action == .acquire(uid: "1", excluding: []))
        show.take(.main) { $0.acquired(.failed, uid: "1", at: 0, rules) }
        guard case .wait = show.next(at: 1, isOutage: false, rules).action else {
            Issue.record("nothing to name yet")
            return
        }
        show.take(.main) { $0.stopWanting(at: 1) }
        let next = show.next(at: 2, isOutage: false, rules)
        #expect(next.slot == .backup && next.action == .acquire(uid: "3", excluding: []))
    }

    @Test("the second one waits 30 s for a first one that cannot begin, and then begins by itself; meanwhile there is nothing to do for it")
    func beginsAlone() {
        var (show, now) = (show(), Int64(1_773_478_800_000))
        let began = now
        var turns = 0
        while turns < 20 {
            turns += 1
            let (slot, action) = show.next(at: now, isOutage: false, rules)
            if case .wait(let until) = action {
                now = until
                continue
            }
            if slot == .backup {
                #expect(action == .acquire(uid: "3", excluding: []) && now == began + 30_000)
                return
            }
            show.take(.main) { $0.acquired(.failed, uid: "1", at: now, rules) }
        }
        Issue.record("it never begins, or is asked every 2 s")
    }

    @Test("events reach the one that they are about; the end of the wish reaches both")
    func events() throws {
        var (show, now) = (show(), Int64(1_773_478_800_000))
        for _ in 0..<6 { _ = step(&show, &now) }
        let sid = try #require(show.backup?.sids.first)
        let body = #"{"productId":3,"eventType":12,"payload":{"sid":"\#(sid)","uid":"3","sendts":\#(now),"details":{"newUid":77}}}"#
        show.heard(try RecordingNews(Array(body.utf8)), at: now, rules)
        #expect(show.backup?.recording?.recorders == ["77"] && show.main.recording?.recorders == [])
        let other = #"{"productId":3,"eventType":12,"payload":{"sid":"x","cname":"stage8","uid":"1","sendts":\#(now),"details":{}}}"#
        let before = show
        show.heard(try RecordingNews(Array(other.utf8)), at: now, rules)
        #expect(show == before, "another channel")
        show.stopWanting(at: now)
        #expect(show.main.ending == .unwanted && show.backup?.ending == .unwanted)
    }

    @Test("a start in doubt takes no recording of another channel")
    func otherChannel() throws {
        var (show, now) = (show(), Int64(1_773_478_800_000))
        _ = show.next(at: now, isOutage: false, rules)
        show.take(.main) { $0.acquired(.resource("r1"), uid: "1", at: now, rules) }
        _ = show.next(at: now, isOutage: false, rules)
        show.take(.main) { $0.started(.unknown, at: now, rules) }
        now += 1000
        for (cname, sids) in [("stage8", []), ("stage7", ["s1"])] {
            let body = #"{"productId":3,"eventType":40,"payload":{"sid":"s1","cname":"\#(cname)","uid":"1","sendts":\#(now)}}"#
            show.heard(try RecordingNews(Array(body.utf8)), at: now, rules)
            #expect(show.main.sids == sids)
        }
    }

    @Test(
        "rules that depend on the plan: its idle time-out, and how long its calls can be made and its token is valid",
        arguments: [(nil, nil, 71.0), (1, nil, 0.5), (720, nil, 719), (720, 24.0, 23), (nil, 1, 0.5), (1, 24, 0.5)])
    func rules(hours: Int?, token: Double?, lifetime: Double) {
        let storage = RecordingSpec.StorageConfig(vendor: 1, region: 1, bucket: "b", accessKey: "k", secretKey: "s")
        var plan = RecordingHands.Plan(cname: "stage7", mode: .mix, spec: RecordingSpec(storageConfig: storage))
        plan.acquiring.resourceExpiredHour = hours
        plan.spec.recordingConfig = .init(maxIdleTime: 20)
        let rules = RecordingTaskRules(for: plan, tokenLifetime: token.map { .seconds($0 * 3600) })
        #expect(rules.maxIdleTime == 20_000 && rules.lifetime == Int64(lifetime * 3_600_000))
    }

    @Test(
        "what a notification says",
        arguments: [
            (1, #"{"errorLevel":5}"#, RecordingTask.Event.fatal), (1, #"{"errorLevel":4}"#, .other), (2, "{}", .other),
            (11, #"{"exitStatus":0}"#, .exited(isNormal: true)), (11, #"{"exitStatus":1}"#, .exited(isNormal: false)),
            (12, #"{"newUid":2963340175}"#, .failedOver(newUID: "2963340175")), (13, "{}", .registered), (31, #"{"status":0}"#, .uploaded),
            (32, #"{"status":"0"}"#, .uploaded), (40, "{}", .other), (41, #"{"leaveCode":2}"#, .left(isNormal: false)),
            (41, #"{"leaveCode":6}"#, .left(isNormal: true)), (41, #"{"leaveCode":24}"#, .left(isNormal: true)),
            (41, #"{"leaveCode":8}"#, .left(isNormal: false)),
        ])
    func news(number: Int, details: String, event: RecordingTask.Event) throws {
        let body =
            #"{"productId":3,"eventType":\#(number),"payload":{"sid":"s1","cname":"stage7","uid":"1","sendts":17,"details":\#(details)}}"#
        let news = try RecordingNews(Array(body.utf8))
        #expect(news.event == event && news.sid == "s1" && news.uid == "1" && news.cname == "stage7" && news.order == 17)
    }

    @Test("recordings that follow each other are one show, those of the second recording another, named by the wish and its time")
    func linked() {
        var wish = RecordingWish(
            name: "evening", cname: "stage7", mode: .mix, uids: ["1", "2"], backupUids: ["3", "4"], until: .forever,
            start: RecordingSpec(storageConfig: .init(vendor: 1, region: 1, bucket: "b", accessKey: "k", secretKey: "s")))
        wish.start.storageConfig.fileNamePrefix = ["dir1", "dir2"]
        var record = RecordingRecord(wish, at: 77)
        #expect(record.shows == [])
        record.show.take(.main) { $0.sessions = [.init(sid: "m1", uid: "1", began: 1), .init(sid: "m2", uid: "2", began: 3)] }
        record.show.take(.backup) { $0.sessions = [.init(sid: "b1", uid: "3", began: 2)] }
        #expect(
            record.shows == [
                LinkedRecordings(show: .init("evening", wanted: 77), sids: ["m1", "m2"], folder: "dir1/dir2/"),
                LinkedRecordings(show: .init("evening", wanted: 77, isBackup: true), sids: ["b1"], folder: "dir1/dir2/"),
            ])
        #expect(Set(record.ids) == ["m1", "m2", "b1"])
    }
}
