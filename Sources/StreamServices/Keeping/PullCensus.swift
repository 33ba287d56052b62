import Synchronization

/// The players of the project, from complete Lists that all tasks share: Media Pull has no Get, and its List may be asked for 20 times a
/// minute only.
package final class PullCensus: Sendable {
    package struct Players: Sendable {
        /// When the List was asked for, Unix milliseconds.
        package let began: Int64
        package let players: [PlayerReply]
    }

    private struct State {
        var latest: Players?
        var running: Task<Players, any Error>?
    }

    private let lists: TaskLists
    private let clock: any StreamClock
    private let state = Mutex(State())

    package init(_ lists: TaskLists, clock: any StreamClock) {
        self.lists = lists
        self.clock = clock
    }

    /// - Parameter moment: Unix milliseconds; an older List is of no use.
    /// - Throws: When no List could be read to its end.
    package func players(since moment: Int64) async throws -> Players {
        while true {
            let (latest, running) = state.withLock { state -> (Players?, Task<Players, any Error>?) in
                if let latest = state.latest, latest.began >= moment { return (latest, nil) }
                let running = state.running ?? begin()
                state.running = running
                return (nil, running)
            }
            if let latest { return latest }
            guard let running else { continue }
            let players = try await running.value
            // One that was under way before the moment is of no use: another one follows.
            if players.began >= moment { return players }
        }
    }

    private func begin() -> Task<Players, any Error> {
        Task {
            let began = clock.unixMilliseconds
            do {
                let players = Players(began: began, players: try await lists.players())
                state.withLock {
                    $0.latest = players
                    $0.running = nil
                }
                return players
            } catch {
                state.withLock { $0.running = nil }
                throw error
            }
        }
    }
}
