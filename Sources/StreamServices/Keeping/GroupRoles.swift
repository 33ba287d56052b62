/// Which of the tasks of one wish viewers should watch. It stays with a task until that one fails, so that viewers are not sent to and fro.
package struct GroupRoles: Codable, Sendable, Equatable {
    struct Member: Codable, Sendable, Equatable {
        let side: TaskSide
        let isHealthy: Bool
    }

    package struct Change: Sendable, Equatable {
        package let old: TaskSide
        package let new: TaskSide
    }

    /// By rank.
    private var members: [Int: Member] = [:]
    private var active: Int?
    /// What viewers were told last.
    private var told: TaskSide?

    package init() {}

    /// - Returns: What viewers have to be told, if that changes.
    mutating func heard(_ rank: Int, _ member: Member) -> Change? {
        members[rank] = member
        if active.flatMap({ members[$0]?.isHealthy }) != true {
            active = members.filter(\.value.isHealthy).keys.min() ?? active
        }
        guard let active, let now = members[active], now.isHealthy else { return nil }
        defer { told = now.side }
        guard let told, !told.isSameToViewers(as: now.side) else { return nil }
        return Change(old: told, new: now.side)
    }
}

extension TaskSide {
    /// A new task at the same address, or under the same user, is nothing that viewers notice.
    fileprivate func isSameToViewers(as other: TaskSide) -> Bool {
        (task, uid, account, address) == (other.task, other.uid, other.account, other.address)
    }
}
