import Foundation

/// How long replacements took, against what the rules allow; seconds of simulated time.
///
/// Half of them are judged by the failures of calm times. From the longest ones is taken off what held them up: outages of all hosts with
/// the time in which replacements wait after them, and the claims of killed workers.
struct StreamStoryTimes {
    /// After an outage: what was heard of it counts for 60 s, and it is asked again after 30 s; after 429, the last retreat wait.
    private static let waits = (outage: 90.0, storm: 16.0)
    /// What a killed worker was at is free again after so long.
    private static let claim = 180.0
    /// Fewer in calm times say nothing about half of them.
    private static let fewest = 5

    /// From the failure until another task runs.
    struct Allowed {
        /// With the notification of it.
        let heard: Double
        /// Without: the low-rate look has to find it.
        let silent: Double
    }

    /// By service and kind of failure.
    ///
    /// | Part | Seconds | Why |
    /// | --- | --- | --- |
    /// | `event` | 15 | the script delays by 5 s and shuffles by 10 s |
    /// | `look` | 120 | between two looks at a task that nobody speaks of |
    /// | migration | 120, 240, 90 | a push, pull or recording that is missing may be on a move; the last look at it comes a retreat wait later |
    /// | `retreat` | 33 | 5-6 s, 10-11 s, 15-16 s: what failed in between is called again, also while three others are being replaced |
    /// | `list` | 10 | a List has to be new, and Media Pull's two of them |
    /// | `making` | 15 | Delete and Create at their rates, then 2.6 s until it runs |
    /// | `machine` | 40 | two real seconds at 20 times the speed, for processes on a busy machine; not for half of the failures |
    private static let allowed: [String: Allowed] = {
        let (event, look, retreat, list, making, machine) = (15.0, 120.0, 33.0, 10.0, 15.0, 40.0)
        func moved(_ migration: Double, lists: Double) -> Double { look + migration + retreat + lists * list + making + machine }
        return [
            // The API itself says that it failed.
            "media-push fail": Allowed(heard: event + retreat + making, silent: look + retreat + making + machine),
            // A fifth of the List's elements says nothing of the state: it may take another look.
            "media-pull fail": Allowed(heard: event + retreat + list + making, silent: 2 * look + retreat + list + making + machine),
            // Heard of and missing: no move.
            "media-push destroy": Allowed(heard: event + retreat + making, silent: moved(120, lists: 1)),
            "media-pull destroy": Allowed(heard: event + retreat + 2 * list + making, silent: moved(240, lists: 2)),
            "media-push vanish": Allowed(heard: moved(120, lists: 1), silent: moved(120, lists: 1)),
            "media-pull vanish": Allowed(heard: moved(240, lists: 2), silent: moved(240, lists: 2)),
            // Event 11, and a query that finds nothing.
            "cloud-recording exit": Allowed(heard: event + retreat + making, silent: moved(90, lists: 0)),
            "cloud-recording fault": Allowed(heard: event + retreat + making, silent: moved(90, lists: 0)),
            // Event 1 has the three waits of a missing recording: 5 s, 10 s, 15 s.
            "cloud-recording fatal": Allowed(heard: event + 30 + retreat + making, silent: moved(90, lists: 0)),
            "cloud-recording vanish": Allowed(heard: moved(90, lists: 0), silent: moved(90, lists: 0)),
        ]
    }()

    struct Row: CustomStringConvertible {
        let cause: String
        let allowed: Allowed
        /// As they were.
        fileprivate(set) var all: [Double] = []
        /// Of them, those that no outage touched.
        fileprivate(set) var calm: [Double] = []
        /// All, without what held them up.
        fileprivate(set) var free: [Double] = []
        /// The one that took longest without what held it up: where to look in the logs.
        fileprivate(set) var slowest = ""

        var isWithin: Bool {
            percentile(99, of: free) <= allowed.silent
                && (calm.count < StreamStoryTimes.fewest || percentile(50, of: calm) <= allowed.heard)
        }

        var description: String {
            func text(_ seconds: Double) -> String { String(format: "%.0f s", seconds) }
            return [
                "\(cause): \(all.count) replaced, p50 \(text(percentile(50, of: all))), p99 \(text(percentile(99, of: all)))",
                "\(calm.count) in calm times, p50 \(text(percentile(50, of: calm))), allowed \(text(allowed.heard))",
                "not held up p99 \(text(percentile(99, of: free))), allowed \(text(allowed.silent)); slowest \(slowest)",
            ].joined(separator: "; ")
        }

        /// The smallest of which so many percent are not above it.
        private func percentile(_ percent: Double, of times: [Double]) -> Double {
            guard !times.isEmpty else { return 0 }
            return times.sorted()[max(0, Int((percent / 100 * Double(times.count)).rounded(.up)) - 1)]
        }
    }

    let rows: [Row]
    /// Kinds of failures that the table does not know.
    let unknown: Set<String>

    /// - Parameter kills: When a worker was killed, Unix milliseconds of simulated time.
    init(_ report: StreamStoryReport, kills: [Int64]) {
        var rows: [String: Row] = [:]
        var unknown = Set<String>()
        let claims = kills.map { Stretch(from: $0, seconds: Self.claim) }
        for failure in report.failures where !failure.isMended {
            guard let replaced = failure.replaced else { continue }
            let cause = "\(failure.service) \(failure.kind)"
            guard let allowed = Self.allowed[cause] else {
                unknown.insert(cause)
                continue
            }
            let (outages, time) = (Self.outages(of: failure.service, report), Stretch(from: failure.at, to: replaced))
            var row = rows[cause] ?? Row(cause: cause, allowed: allowed)
            row.all.append(time.seconds)
            if !outages.contains(where: time.touches) { row.calm.append(time.seconds) }
            let free = time.seconds(without: outages + claims)
            if free > row.free.max() ?? -1 {
                row.slowest = "\(failure.name) after \((failure.at - report.clock.start) / 1000) s: \(time.seconds) s"
            }
            row.free.append(free)
            rows[cause] = row
        }
        self.rows = rows.values.sorted { $0.cause < $1.cause }
        self.unknown = unknown
    }

    /// With the waits after them. Single hosts that are away are no outage: calls go to another one.
    private static func outages(of service: String, _ report: StreamStoryReport) -> [Stretch] {
        report.hostFaults.filter { $0.host == "*" && ($0.service ?? service) == service }.map { fault in
            let wait = fault.fault == "status 429" ? waits.storm : waits.outage
            return Stretch(from: fault.from, seconds: Double(fault.until - fault.from) / 1000 + wait)
        }
    }
}

/// Unix milliseconds.
private struct Stretch {
    let from: Int64
    let to: Int64

    init(from: Int64, to: Int64) {
        self.from = from
        self.to = to
    }

    init(from: Int64, seconds: Double) { self.init(from: from, to: from + Int64(seconds * 1000)) }

    var seconds: Double { Double(to - from) / 1000 }

    func touches(_ other: Stretch) -> Bool { from < other.to && other.from < to }

    func seconds(without others: [Stretch]) -> Double {
        var (free, reached) = (Int64(0), from)
        for other in others.filter(touches).sorted(by: { $0.from < $1.from }) where other.to > reached {
            free += max(0, other.from - reached)
            reached = min(other.to, to)
        }
        return Double(free + to - reached) / 1000
    }
}
