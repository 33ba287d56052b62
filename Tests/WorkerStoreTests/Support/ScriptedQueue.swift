import SMQProtocol
import Synchronization

/// A queue in memory with leases that never end by themselves, and with failures on request.
final class ScriptedQueue: MessageQueue {
    struct State {
        var messages: [ReceivedMessage] = []
        var leased: Set<String> = []
        var sent: [OutgoingMessage] = []
        var handedBack: [Duration] = []
        var refusesSend: EntryFailure?
        var losesAnswer = false
        var refusesDelete = false
        /// A receive gives out leased messages, too, as after the end of their leases.
        var forgetsLeases = false
    }

    let name: String
    private let state = Mutex(State())

    init(name: String = "dead-events") { self.name = name }

    func with<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        state.withLock { state in body(&state) }
    }

    func receive(upTo maximum: Int, wait: Duration) async throws(SMQError) -> ReceivedBatch {
        let messages = with { state in
            let free = state.messages.filter { state.forgetsLeases || !state.leased.contains($0.id) }.prefix(maximum)
            state.leased.formUnion(free.map(\.id))
            return Array(free)
        }
        return ReceivedBatch(messages: messages, leasedAt: .now)
    }

    func delete(_ handles: [ReceiptHandle], within limit: Duration?) async throws(SMQError) -> [DeleteFailure] {
        with { state in
            guard !state.refusesDelete else {
                let failure = EntryFailure(code: SMQError.Code("MessageNotExist"), message: "gone")
                return handles.map { DeleteFailure(handle: $0, failure: failure) }
            }
            state.messages.removeAll { handles.contains($0.receiptHandle) }
            return []
        }
    }

    func changeVisibility(
        of handle: ReceiptHandle, to timeout: Duration, within limit: Duration?
    ) async throws(SMQError) -> RenewedLease {
        with { state in
            state.handedBack.append(timeout)
            state.leased = state.leased.filter { "handle-\($0)" != handle.text }
        }
        return RenewedLease(handle: handle, nextVisibleTime: ServerTime(milliseconds: 0))
    }

    func attributes() async throws(SMQError) -> QueueAttributes {
        let time = ServerTime(milliseconds: 0)
        return with { state in
            let hidden = state.messages.count { state.leased.contains($0.id) }
            return QueueAttributes(
                name: name, created: time, lastModified: time, activeMessages: state.messages.count - hidden, inactiveMessages: hidden)
        }
    }

    func send(_ messages: [OutgoingMessage]) async throws(SMQError) -> [Result<SentMessage, EntryFailure>] {
        let (refusal, isLost) = with { ($0.refusesSend, $0.losesAnswer) }
        if let refusal { return messages.map { _ in .failure(refusal) } }
        let results = messages.map { message in
            let id = with { state in
                state.sent.append(message)
                let id = "D\(state.sent.count)"
                state.messages.append(Self.received(message, id: id))
                return id
            }
            return Result<SentMessage, EntryFailure>.success(SentMessage(id: id, bodyMD5: ""))
        }
        if isLost {
            throw SMQError(code: SMQError.Code("Client.Transport"), operation: "SendMessage", message: "lost", effect: .unknown)
        }
        return results
    }

    /// What a peek shows.
    func peek(_ maximum: Int) -> [ReceivedMessage] {
        with { state in Array(state.messages.filter { !state.leased.contains($0.id) }.prefix(maximum)) }
    }

    static func received(_ message: OutgoingMessage, id: String) -> ReceivedMessage {
        let time = ServerTime(milliseconds: 1_700_000_200_000)
        return ReceivedMessage(
            id: id, body: message.body, receiptHandle: ReceiptHandle("handle-\(id)"), enqueueTime: time, firstDequeueTime: time,
            nextVisibleTime: time, userProperties: message.userProperties)
    }
}
