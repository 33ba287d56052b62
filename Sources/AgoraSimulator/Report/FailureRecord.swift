/// A failure of a caller's task, and how it went on.
struct FailureRecord: Encodable, Sendable {
    let at: Int64
    let kind: String
    /// Why it was destroyed, in the service's word.
    let reason: String?
    let service: AgoraService
    let task: String
    /// Of a recording or an unnamed task, the channel.
    let name: String
    /// The service mends it by itself.
    let isMended: Bool
    /// When the same task was back, by itself.
    let returned: Int64?
    /// The next task of the same name, or of a recording's channel.
    let replacedBy: String?
    /// When that one ran.
    let replaced: Int64?
    /// From the failure until it ran.
    let seconds: Double?

    init(_ failure: Failure, of task: SimulatedTask, among tasks: [SimulatedTask]) {
        let next = tasks.first { other in
            other.id != task.id && other.service == task.service && other.label == task.label && (other.ranAt ?? 0) > failure.at
                && other.born > task.born
        }
        at = failure.at
        kind = failure.kind
        reason = failure.reason
        service = task.service
        self.task = task.id
        name = task.label
        isMended = failure.isMended
        returned = task.runs.first { $0.from > failure.at }?.from
        replacedBy = next?.id
        replaced = next?.ranAt
        seconds = next?.ranAt.map { Double($0 - failure.at) / 1000 }
    }
}

/// How long it took from the failures that the service does not mend until another task ran, in seconds.
struct ReplacementTimes: Encodable, Sendable {
    let count: Int
    /// Failures that nothing has replaced.
    let open: Int
    let p50: Double?
    let p99: Double?
    let longest: Double?

    init(_ failures: [FailureRecord]) {
        let grave = failures.filter { !$0.isMended }
        let times = grave.compactMap(\.seconds).sorted()
        count = times.count
        open = grave.count - times.count
        p50 = Self.percentile(50, of: times)
        p99 = Self.percentile(99, of: times)
        longest = times.last
    }

    /// The smallest of which so many percent are not above it.
    private static func percentile(_ percent: Double, of sorted: [Double]) -> Double? {
        guard !sorted.isEmpty else { return nil }
        return sorted[max(0, Int((percent / 100 * Double(sorted.count)).rounded(.up)) - 1)]
    }
}
