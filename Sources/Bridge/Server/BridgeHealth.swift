import Foundation
import HTTPTypes

/// What `/healthz` says. For anybody who can reach the port: no addresses, keys, ids or contents.
package struct BridgeHealth: Sendable {
    private struct Report: Encodable {
        /// `ok`, or `degraded`: notices are taken, and not all of them reach the queue at once.
        var status = "ok"
        /// `ok` or `away`, as the last push found it.
        var queue = "ok"
        /// `ok`, `unreadable`, or `failing`: the last notice that needed it found no place.
        var store = "ok"
        /// Notices in the dead-letter store that are still to be brought to the queue; absent when the store cannot be read.
        var waiting: Int?
        /// Notices in the same store that wait for queues of other names: this bridge does not touch them.
        var waitingForOtherQueues: Int?
        var notices: BridgeCounts
        /// The latest trouble since the start, whether it is over or not.
        var lastTrouble: BridgeTrouble.Entry?
    }

    private let intake: NoticeIntake
    private let pump: Pump
    private let trouble: BridgeTrouble

    package init(intake: NoticeIntake, pump: Pump, trouble: BridgeTrouble) {
        self.intake = intake
        self.pump = pump
        self.trouble = trouble
    }

    /// 200 as long as the process answers: whatever is away, a notice may still find its place.
    func reply() async -> BridgeReply {
        var report = Report(notices: intake.counts, lastTrouble: trouble.last)
        if intake.isStoreFailing { report.store = "failing" }
        do {
            (report.waiting, report.waitingForOtherQueues) = try await pump.waiting()
        } catch {
            report.store = "unreadable"
        }
        if intake.isQueueAway { report.queue = "away" }
        if report.waiting != 0 || report.queue != "ok" || report.store != "ok" { report.status = "degraded" }
        return BridgeReply(status: .ok, report)
    }
}
