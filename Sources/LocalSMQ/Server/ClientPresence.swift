import Synchronization

/// Whether the client at the other end of a connection still waits for its answer, as the connection's channel handler sees it.
///
/// The handler reports on the event loop, a long poll asks from its task: whichever comes first, the poll's action runs once.
final class ClientPresence: Sendable {
    enum Status: Sendable {
        case present
        /// The client closed its side, or the connection is lost.
        case gone
        /// The server stops: answer what is in hand and close.
        case stopping
    }

    private struct State {
        var status = Status.present
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var status: Status { state.withLock { $0.status } }

    /// Runs `action` when the client goes or the server stops; at once if that has happened. Replaces the action before.
    func whenOver(_ action: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            guard state.status == .present else { return true }
            state.action = action
            return false
        }
        if isOver { action() }
    }

    /// The wait ended otherwise.
    func forgetAction() {
        state.withLock { $0.action = nil }
    }

    /// A client that is gone stays gone.
    func report(_ status: Status) {
        let action = state.withLock { state in
            if state.status != .gone { state.status = status }
            defer { state.action = nil }
            return state.action
        }
        action?()
    }
}
