import SMQProtocol
import Synchronization

/// What a replay sent, and what it reported.
final class Outbox: Sendable {
    struct Sent: Sendable, Equatable {
        var message: OutgoingMessage
        var queue: String
    }

    struct Refusal: Error, Equatable {}

    private let state = Mutex<(sent: [Sent], isRefusing: Bool)>(([], false))

    var sent: [Sent] { state.withLock { $0.sent } }

    func refuse(_ isRefusing: Bool) { state.withLock { $0.isRefusing = isRefusing } }

    /// New ids are `R1`, `R2`, ...
    func send(_ message: OutgoingMessage, _ queue: String) throws -> SentMessage {
        let number: Int? = state.withLock { state in
            guard !state.isRefusing else { return nil }
            state.sent.append(Sent(message: message, queue: queue))
            return state.sent.count
        }
        guard let number else { throw Refusal() }
        return SentMessage(id: "R\(number)", bodyMD5: "")
    }
}
