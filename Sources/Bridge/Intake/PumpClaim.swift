package import WorkerStore

/// Says which of several processes pumps.
package protocol PumpClaim: Sendable {
    /// - Returns: False if another process has it.
    func take(for time: Duration) async throws -> Bool
    func giveBack() async throws
}

extension SQLiteClaim: PumpClaim {}
