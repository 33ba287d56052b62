package import Settings
import Synchronization

/// Which host worked when the primary did not: asked first for a while, so that not every call pays for the same failure.
package final class HostMemory: Sendable {
    private struct State {
        var host: AgoraHost?
        var until: ContinuousClock.Instant?
    }
    /// How long; then the primary is asked first again.
    private let life: Duration
    private let state = Mutex(State())

    package init(life: Duration = .seconds(300)) { self.life = life }

    package func host(at now: ContinuousClock.Instant) -> AgoraHost? {
        state.withLock { state in
            guard let until = state.until, now < until else { return nil }
            return state.host
        }
    }

    /// A host answered. The primary's answer ends the memory; another one's does not make it longer.
    package func worked(_ host: AgoraHost, primary: AgoraHost, at now: ContinuousClock.Instant) {
        state.withLock { state in
            if host == primary {
                state = State()
            } else if state.host != host || state.until.map({ $0 <= now }) ?? true {
                state = State(host: host, until: now + life)
            }
        }
    }

    /// The remembered host failed.
    package func failed(_ host: AgoraHost) {
        state.withLock { state in
            if state.host == host { state = State() }
        }
    }
}
