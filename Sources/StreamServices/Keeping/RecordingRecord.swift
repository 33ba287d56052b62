/// A wanted show as the store keeps it: the wish, and its recordings so far.
package struct RecordingRecord: KeptRecord, Equatable {
    package static let services: [StreamService] = [.cloudRecording]

    package let wish: RecordingWish
    /// When it was registered, Unix milliseconds; nil if an older version did it.
    package let wanted: Int64?
    package var show: RecordingShow
    /// The wish's `start` as changes of running recordings left it: what follows begins so.
    package var start: RecordingSpec?
    /// The number of the newest fact that was taken.
    package var newestFact: Int64 = 0
    /// What people were told last, of the main recording and of the second one.
    package var announced: [RecordingShow.Slot: RecordingTask.Alarm] = [:]
    /// The recordings that were made known as those of one show.
    package var linked: [String] = []

    package init(_ wish: RecordingWish, at now: Int64? = nil) {
        self.wish = wish
        wanted = now
        let (end, isKept) = (wish.until.milliseconds, wish.keepUntil ?? false)
        let backup = wish.backupUids.map { RecordingTask(uid: $0[0], otherUID: $0[1], wantedUntil: end, isKept: isKept) }
        show = RecordingShow(
            cname: wish.cname, main: RecordingTask(uid: wish.uids[0], otherUID: wish.uids[1], wantedUntil: end, isKept: isKept),
            backup: backup)
    }

    /// The wish with all changes.
    var current: RecordingWish {
        var current = wish
        current.start = start ?? wish.start
        return current
    }

    package var service: StreamService { .cloudRecording }
    package var name: String { wish.name }
    package var ids: [String] { show.main.sids + (show.backup?.sids ?? []) }

    /// The recordings that followed each other. The second recording runs beside the first: it is a show of its own.
    var shows: [LinkedRecordings] {
        [(show.main.sids, false), (show.backup?.sids ?? [], true)].filter { !$0.0.isEmpty }.map { sids, isBackup in
            LinkedRecordings(show: .init(name, wanted: wanted, isBackup: isBackup), sids: sids, folder: wish.folder)
        }
    }

    /// - Parameter tokenLifetime: Of the tokens with which its recordings enter the channel; nil where they need none.
    func rules(tokenLifetime: Duration?) -> RecordingTaskRules {
        var rules = RecordingTaskRules(for: wish.plan, tokenLifetime: tokenLifetime)
        rules.registersWithin = wish.registersWithin.map { Int64($0) * 1000 }
        return rules
    }
}
