import Foundation

/// What one worker process has done so far. Children send it to their parent, which adds them up.
struct WorkerReport: Codable, Sendable, Equatable {
    /// Messages received, redeliveries included.
    var received = 0
    /// Messages received and not settled yet.
    var inHand = 0
    /// Messages that came to their end: finished, ignored or put aside. Each counts once, however often it was tried.
    var handled = 0
    var succeeded = 0
    var deleted = 0
    var retried = 0
    var deadLettered = 0
    var redelivered = 0
    /// Seconds on the machine's monotonic clock, the same in all processes; nil before the first one.
    var firstReceive: Double?
    var lastSettle: Double?
    /// User + system.
    var cpuSeconds = 0.0
    var peakRSSBytes = 0

    /// First receive to last settle; 0 if nothing was settled.
    var wallSeconds: Double {
        guard let firstReceive, let lastSettle else { return 0 }
        return max(0, lastSettle - firstReceive)
    }

    /// Whether the other one tells the same of messages.
    func counts(as other: WorkerReport) -> Bool {
        var other = other
        (other.cpuSeconds, other.peakRSSBytes) = (cpuSeconds, peakRSSBytes)
        return self == other
    }

    /// Adds what another process did: counts add up, times span both, the peak is the larger one.
    mutating func add(_ other: WorkerReport) {
        received += other.received
        inHand += other.inHand
        handled += other.handled
        succeeded += other.succeeded
        deleted += other.deleted
        retried += other.retried
        deadLettered += other.deadLettered
        redelivered += other.redelivered
        firstReceive = [firstReceive, other.firstReceive].compactMap { $0 }.min()
        lastSettle = [lastSettle, other.lastSettle].compactMap { $0 }.max()
        cpuSeconds += other.cpuSeconds
        peakRSSBytes = max(peakRSSBytes, other.peakRSSBytes)
    }

    /// The line of `--summary json`: these keys in this order.
    var summaryJSON: String {
        func seconds(_ value: Double) -> String { String((value * 1_000_000).rounded() / 1_000_000) }
        let members: [(String, String)] = [
            ("handled", String(handled)), ("succeeded", String(succeeded)), ("deleted", String(deleted)),
            ("retried", String(retried)), ("deadLettered", String(deadLettered)), ("redelivered", String(redelivered)),
            ("wallSeconds", seconds(wallSeconds)), ("cpuSeconds", seconds(cpuSeconds)), ("peakRSSBytes", String(peakRSSBytes)),
        ]
        return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
}

extension WorkerReport {
    /// Marks a report among the lines of a child's stdout; everything else there is passed through.
    private static let mark = "mediaworker-report "

    /// One line for the parent.
    var line: String {
        get throws { Self.mark + String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    /// - Returns: nil for a line that is no report.
    init?(line: String) {
        guard line.hasPrefix(Self.mark) else { return nil }
        guard let report = try? JSONDecoder().decode(WorkerReport.self, from: Data(line.utf8.dropFirst(Self.mark.utf8.count)))
        else { return nil }
        self = report
    }
}
