/// Which of the tasks of one wish viewers should watch. It stays with a task until that one fails, so that viewers are not sent to and fro.
package struct GroupRoles: Codable, Sendable, Equatable {
    package struct Member: Codable, Sendable, Equatable {
        /// The user or account of a player, the masked address of a push.
        package let identity: String
        let isHealthy: Bool

        package init(identity: String, isHealthy: Bool) {
            self.identity = identity
            self.isHealthy = isHealthy
        }
    }

    package struct Change: Sendable, Equatable {
        package let old: String
        package let new: String
    }

    /// By rank.
    private var members: [Int: Member] = [:]
    private var active: Int?
    /// What viewers were told last.
    private var told: String?

    package init() {}

    /// - Returns: What viewers have to be told, if that changes.
    package mutating func heard(_ rank: Int, _ member: Member) -> Change? {
        members[rank] = member
        if active.flatMap({ members[$0]?.isHealthy }) != true {
            active = members.filter(\.value.isHealthy).keys.min() ?? active
        }
        guard let active, let now = members[active], now.isHealthy, now.identity != told else { return nil }
        defer { told = now.identity }
        return told.map { Change(old: $0, new: now.identity) }
    }
}
