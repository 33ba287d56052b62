/// A task that somebody wants to change from outside, beside those who work on it.
enum NamedClaim<Record: KeptRecord>: Sendable {
    case claimed(ClaimedTask<Record>)
    case notWanted
    /// Somebody works on it for longer than is waited for.
    case busy
}

extension TaskStore {
    /// Takes one task; waits for up to 10 s while somebody works on it.
    func claim<Record: KeptRecord>(
        _ type: Record.Type, named name: String, _ service: StreamService, by owner: String, clock: any StreamClock
    ) async throws -> NamedClaim<Record> {
        for _ in 0..<20 {
            let now = clock.unixMilliseconds
            if let task = try await claim(type, named: name, service, by: owner, at: now, until: now + TaskDesk.claim) {
                return .claimed(task)
            }
            let isWanted = try await all(type).contains {
                $0.record.name == name && $0.record.service == service && $0.due != nil && $0.stopped == nil
            }
            guard isWanted else { return .notWanted }
            await clock.sleep(until: clock.now + .milliseconds(500))
        }
        return .busy
    }
}
