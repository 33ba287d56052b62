/// A stretch of time in which two tasks did the same thing side by side.
struct Overlap: Encodable, Sendable, Equatable {
    /// What they have in common: `name`, `address` (two converters push to one address), `user` (two players or recordings are one user
    /// of a channel) or `channel`.
    let by: String
    let service: AgoraService
    let key: String
    let tasks: [String]
    let from: Int64
    /// Of one that goes on, now.
    let to: Int64
    let seconds: Double

    /// - Parameter priorityField: The CDN's, which is no part of an address: of two priorities the CDN takes one, and both are billed.
    static func doubles(among tasks: [SimulatedTask], priorityField: String, now: Int64) -> [Overlap] {
        let streams = tasks.filter { $0.service != .cloudRecording }
        let named = overlaps("name", streams.filter { !$0.name.isEmpty }, now) { $0.name }
        let pushed = overlaps("address", tasks.filter { $0.service == .mediaPush }, now) { task in
            task.address.map { address($0, without: priorityField) }
        }
        let users = overlaps("user", tasks, now) { task in task.user.map { "\(task.channel)/\($0)" } }
        return inOrder(named + pushed + users)
    }

    private static func address(_ address: String, without field: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1)
        guard parts.count == 2 else { return address }
        let others = parts[1].split(separator: "&").filter { $0.prefix { $0 != "=" } != field }
        return others.isEmpty ? String(parts[0]) : "\(parts[0])?\(others.joined(separator: "&"))"
    }

    static func recordingsSideBySide(among tasks: [SimulatedTask], now: Int64) -> [Overlap] {
        inOrder(overlaps("channel", tasks.filter { $0.service == .cloudRecording }, now) { $0.channel })
    }

    /// The same for the same tasks, always.
    private static func inOrder(_ overlaps: [Overlap]) -> [Overlap] {
        overlaps.sorted { ($0.from, $0.to, $0.by, $0.key) < ($1.from, $1.to, $1.by, $1.key) }
    }

    private struct Key: Hashable {
        let service: AgoraService
        let text: String
    }

    private static func overlaps(
        _ word: String, _ tasks: [SimulatedTask], _ now: Int64, key: (SimulatedTask) -> String?
    ) -> [Overlap] {
        var groups: [Key: [SimulatedTask]] = [:]
        for task in tasks { if let text = key(task) { groups[Key(service: task.service, text: text), default: []].append(task) } }
        return groups.flatMap { key, group in
            pairs(group).flatMap { one, other in
                common(one, other, now).map { from, to in
                    Overlap(
                        by: word, service: key.service, key: key.text, tasks: [one.id, other.id], from: from, to: to,
                        seconds: Double(to - from) / 1000)
                }
            }
        }
    }

    private static func pairs(_ tasks: [SimulatedTask]) -> [(SimulatedTask, SimulatedTask)] {
        tasks.indices.flatMap { first in tasks[(first + 1)...].map { (tasks[first], $0) } }
    }

    /// A stretch of no length is none: one may end at the moment at which another begins.
    private static func common(_ one: SimulatedTask, _ other: SimulatedTask, _ now: Int64) -> [(Int64, Int64)] {
        one.runs.flatMap { mine in
            other.runs.compactMap { theirs in
                let (from, to) = (max(mine.from, theirs.from), min(mine.to ?? now, theirs.to ?? now))
                return from < to ? (from, to) : nil
            }
        }
    }
}
