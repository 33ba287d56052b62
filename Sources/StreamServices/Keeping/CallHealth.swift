/// How the latest calls for each task of one service ended, known to all processes together: what tells a task's trouble from the
/// service's own.
package struct CallHealth: Codable, Sendable, Equatable {
    /// An outcome says something for so long, in milliseconds: longer than the looks at a healthy task are apart.
    private static let life: Int64 = 150_000
    /// Trouble that lasts for so long is told even if nothing has to be replaced in it, in milliseconds.
    private static let patience: Int64 = 60_000

    package enum Change: Sendable, Equatable {
        /// The service is in trouble since now; so many tasks' calls fail.
        case outageBegan(tasks: Int)
        case outageEnded(tasks: Int, milliseconds: Int64)
    }

    private struct Outcome: Codable, Equatable {
        let at: Int64
        let isGood: Bool
    }

    private var outcomes: [String: Outcome] = [:]
    /// Since when most calls fail.
    private var troubleSince: Int64?
    private var outageSince: Int64?

    package init() {}

    package mutating func heard(_ task: String, isGood: Bool, at now: Int64) -> Change? {
        outcomes[task] = Outcome(at: now, isGood: isGood)
        outcomes = outcomes.filter { $0.value.at > now - Self.life }
        let bad = outcomes.values.count { !$0.isGood }
        troubleSince = bad * 2 > outcomes.count ? troubleSince ?? now : nil
        if outageSince == nil, let troubleSince, now - troubleSince >= Self.patience { return beginOutage(at: now) }
        return judged(at: now)
    }

    /// Whether the calls for the other tasks fail, too: most of those that were heard of. A good answer for the task itself counts as one
    /// of theirs.
    package func isOutage(besides task: String, at now: Int64) -> Bool {
        let said = outcomes.filter { $0.value.at > now - Self.life && ($0.key != task || $0.value.isGood) }.values
        return said.count { !$0.isGood } * 2 > said.count
    }

    /// A replacement was refused because the service is in trouble: from now on until calls succeed again.
    package mutating func refusedReplacement(at now: Int64) -> Change? {
        outageSince == nil ? beginOutage(at: now) : nil
    }

    private mutating func beginOutage(at now: Int64) -> Change {
        outageSince = now
        return .outageBegan(tasks: max(1, outcomes.values.count { !$0.isGood }))
    }

    private mutating func judged(at now: Int64) -> Change? {
        guard let since = outageSince else { return nil }
        let bad = outcomes.values.count { !$0.isGood }
        guard bad * 2 < outcomes.count else { return nil }
        outageSince = nil
        return .outageEnded(tasks: outcomes.count, milliseconds: now - since)
    }
}
