import Synchronization

/// The tasks of one service in the project, from complete Lists that all wanted tasks share: Media Pull has no Get, and its List may be
/// asked for 20 times a minute only; Media Push's Get does not tell the state of a converter that passes streams on.
final class TaskCensus<Member: Sendable>: Sendable {
    struct Members: Sendable {
        /// When the List was asked for, Unix milliseconds.
        let began: Int64
        let members: [Member]
    }

    private struct State {
        var latest: Members?
        var running: Task<Members, any Error>?
    }

    private let clock: any StreamClock
    /// Reads the List to its end.
    private let list: @Sendable () async throws -> [Member]
    private let state = Mutex(State())

    init(clock: any StreamClock, list: @escaping @Sendable () async throws -> [Member]) {
        self.clock = clock
        self.list = list
    }

    /// - Parameter moment: Unix milliseconds; an older List is of no use.
    /// - Throws: When no List could be read to its end.
    func members(since moment: Int64) async throws -> [Member] {
        while true {
            let (latest, running) = state.withLock { state -> (Members?, Task<Members, any Error>?) in
                if let latest = state.latest, latest.began >= moment { return (latest, nil) }
                let running = state.running ?? begin()
                state.running = running
                return (nil, running)
            }
            if let latest { return latest.members }
            guard let running else { continue }
            let found = try await running.value
            // One that was under way before the moment is of no use: another one follows.
            if found.began >= moment { return found.members }
        }
    }

    private func begin() -> Task<Members, any Error> {
        Task {
            let began = clock.unixMilliseconds
            do {
                let found = Members(began: began, members: try await list())
                state.withLock {
                    $0.latest = found
                    $0.running = nil
                }
                return found
            } catch {
                state.withLock { $0.running = nil }
                throw error
            }
        }
    }
}
