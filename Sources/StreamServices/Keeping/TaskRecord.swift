import MediaEvents

/// A wanted task as the store keeps it: the wish, and what has come of it so far.
package struct TaskRecord: KeptRecord, Equatable {
    package static let services: [StreamService] = [.mediaPush, .mediaPull]

    package internal(set) var wish: StreamWish
    package var life: StreamTask
    /// Every task at Agora that was made for it, the newest last.
    package var ids: [String] = []
    /// The number of the newest fact that was taken.
    package var newestFact: Int64 = 0
    /// When the oldest create began whose outcome is not known, Unix milliseconds.
    package var unresolvedSince: Int64?
    /// When the first task began, Unix seconds.
    package var began: Int64?
    /// The wish as it was registered, if its address was changed since.
    package internal(set) var written: StreamWish?
    /// Of the newest Update, ever: the service keeps the highest.
    package var sequence = -1
    /// What people were told last.
    var announced: StreamTask.Alarm?
    /// The answer that the last refused or failed call got, for people.
    package var trouble: CallTrouble?

    /// So many ids are remembered: a task of ours that comes back after more replacements than that is not known any more.
    private static let mostIDs = 64

    package init(_ wish: StreamWish) {
        self.wish = wish
        life = StreamTask(wantedUntil: wish.until.milliseconds, isKept: wish.keepUntil ?? false)
    }

    package var name: String { wish.name }
    package var service: StreamService { wish.service }
    var rules: StreamTaskRules { service == .mediaPush ? .mediaPush : .mediaPull }

    /// Its newest task as viewers know it.
    var side: TaskSide {
        let player = wish.player(after: life.losses, began: nil, now: 0)
        return TaskSide(
            task: name, id: life.instance?.id, uid: player?.uid, account: player?.account, address: StreamAddress.masked(wish.address))
    }

    mutating func made(_ id: String) {
        ids.removeAll { $0.lowercased() == id.lowercased() }
        ids.append(id)
        if ids.count > Self.mostIDs { ids.removeFirst() }
    }

    func isOurs(_ id: String) -> Bool { ids.contains { $0.lowercased() == id.lowercased() } }
}
