/// Why something that is wanted cannot be changed now.
package enum ChangeRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    case notWanted(String)
    /// The worker is in the middle of something with it.
    case busy(String)
    case notRunning(String)

    package var description: String {
        switch self {
        case .notWanted(let name): "nothing of the name \(name) is wanted; see `mediaworker agora tasks`"
        case .busy(let name): "the worker is in the middle of a call for \(name); try again in a minute"
        case .notRunning(let name): "\(name) does not run now; try again when it does, or delete it and want it with the change"
        }
    }
}

extension TaskStore {
    /// Takes one task that somebody wants to change from outside; waits for up to 10 s while somebody else works on it.
    /// - Throws: `ChangeRefusal`.
    func claim<Record: KeptRecord>(
        _ type: Record.Type, named name: String, _ service: StreamService, by owner: String, clock: any StreamClock
    ) async throws -> ClaimedTask<Record> {
        for _ in 0..<20 {
            let now = clock.unixMilliseconds
            if let task = try await claim(type, named: name, service, by: owner, at: now, until: now + TaskDesk.claim) {
                return task
            }
            let isWanted = try await all(type).contains {
                $0.record.name == name && $0.record.service == service && $0.due != nil && $0.stopped == nil
            }
            guard isWanted else { throw ChangeRefusal.notWanted(name) }
            await clock.sleep(until: clock.now + .milliseconds(500))
        }
        throw ChangeRefusal.busy(name)
    }
}
