/// How the latest calls for each task of one service ended, known to all processes together: what tells a task's trouble from the
/// service's own.
package struct CallHealth: Codable, Sendable, Equatable {
    /// An outcome says something for so long, in milliseconds.
    private static let life: Int64 = 60_000

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
    private var outageSince: Int64?

    package init() {}

    package mutating func heard(_ task: String, isGood: Bool, at now: Int64) -> Change? {
        outcomes[task] = Outcome(at: now, isGood: isGood)
        outcomes = outcomes.filter { $0.value.at > now - Self.life }
        return judged(at: now)
    }

    /// Whether the calls for the other tasks fail, too: at least one does, and at least half of those that were heard of.
    package func isOutage(besides task: String, at now: Int64) -> Bool {
        let others = outcomes.filter { $0.key != task && $0.value.at > now - Self.life }.values
        let bad = others.count { !$0.isGood }
        return bad > 0 && bad * 2 >= others.count
    }

    /// A replacement was refused because the service is in trouble: from now on until calls succeed again.
    package mutating func refusedReplacement(at now: Int64) -> Change? {
        guard outageSince == nil else { return nil }
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
