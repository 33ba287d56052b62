/// The live line of `--progress`.
struct ProgressLine {
    private var last: (settled: Int, time: ContinuousClock.Instant)?
    private var rate = 0.0

    /// - Returns: `received 120  in hand 16  done 96  retried 3  dead 5  482 messages/s`; the rate is that since the line before.
    mutating func text(for report: WorkerReport, at now: ContinuousClock.Instant) -> String {
        let settled = report.deleted + report.retried
        if let last {
            let seconds = last.time.duration(to: now) / .seconds(1)
            if seconds > 0 { rate = Double(max(0, settled - last.settled)) / seconds }
        }
        last = (settled, now)
        return "received \(report.received)  in hand \(report.inHand)  done \(report.succeeded)  retried \(report.retried)"
            + "  dead \(report.deadLettered)  \(Int(rate.rounded())) messages/s"
    }
}
