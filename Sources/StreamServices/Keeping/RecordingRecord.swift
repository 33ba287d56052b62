/// A wanted show as the store keeps it: the wish, and its recordings so far.
package struct RecordingRecord: KeptRecord, Equatable {
    package static let services: [StreamService] = [.cloudRecording]

    package let wish: RecordingWish
    package var show: RecordingShow
    /// The number of the newest fact that was taken.
    package var newestFact: Int64 = 0
    /// What people were told last, of the main recording and of the second one.
    package var announced: [RecordingShow.Slot: RecordingTask.Alarm] = [:]
    /// The recordings that were made known as those of one show.
    package var linked: [String] = []

    package init(_ wish: RecordingWish) {
        self.wish = wish
        let (end, isKept) = (wish.until.milliseconds, wish.keepUntil ?? false)
        let backup = wish.backupUids.map { RecordingTask(uid: $0[0], otherUID: $0[1], wantedUntil: end, isKept: isKept) }
        show = RecordingShow(
            cname: wish.cname, main: RecordingTask(uid: wish.uids[0], otherUID: wish.uids[1], wantedUntil: end, isKept: isKept),
            backup: backup)
    }

    package var service: StreamService { .cloudRecording }
    package var name: String { wish.name }
    package var ids: [String] { show.sessions.map(\.sid) }

    var rules: RecordingTaskRules {
        var rules = RecordingTaskRules(for: wish.plan)
        rules.registersWithin = wish.registersWithin.map { Int64($0) * 1000 }
        return rules
    }
}
