import Foundation
package import SMQProtocol
import Synchronization
package import WorkerCore

/// A queue in memory that keeps leases by a test's clock, rotates handles as the service does, and fails when it is told to.
package final class ScriptedQueue: MessageQueue {
    package enum Call: Sendable, Equatable {
        case receive(Int)
        case delete([ReceiptHandle])
        case change(ReceiptHandle, Duration)
        case send([[UInt8]])

        var operation: String {
            switch self {
            case .receive: "BatchReceiveMessage"
            case .delete: "BatchDeleteMessage"
            case .change: "ChangeMessageVisibility"
            case .send: "SendMessage"
            }
        }
    }
    /// What a fault does to the call it is asked about.
    package enum Fault: Sendable, Equatable {
        /// Refused with this code, nothing done.
        case refuse(SMQError.Code, status: Int)
        /// Carried out, and the answer is lost.
        case loseAnswer
    }

    private struct Stored {
        var body: [UInt8]
        var digest: String
        var handle: ReceiptHandle?
        var visibleAt: ContinuousClock.Instant
        var enqueued: ServerTime
        var count = 0
    }
    private struct State {
        var messages: [String: Stored] = [:]
        var order: [String] = []
        var calls: [Call] = []
        var limits: [Duration] = []
        var lastHandle = 0
        var lastID = 0
        var fault: (@Sendable (Call) -> Fault?)?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    package let name = "test"
    package let visibility: Duration
    private let retention: Duration
    private let clock: any WorkerClock
    private let state = Mutex(State())

    package init(clock: any WorkerClock, visibility: Duration = .seconds(30), retention: Duration = .seconds(345_600)) {
        self.clock = clock
        self.retention = retention
        self.visibility = visibility
    }

    package var calls: [Call] { state.withLock { $0.calls } }
    /// The limits that visibility changes and deletes were given, in their order.
    package var limits: [Duration] { state.withLock { $0.limits } }
    /// The bodies that are in the queue, in the order of their coming.
    package var bodies: [String] {
        state.withLock { state in state.order.compactMap { state.messages[$0].map { String(decoding: $0.body, as: UTF8.self) } } }
    }
    package var count: Int { state.withLock { $0.messages.count } }
    package func fail(_ fault: (@Sendable (Call) -> Fault?)?) { state.withLock { $0.fault = fault } }
    /// When the message is visible again.
    package func visibleAt(_ id: String) -> ContinuousClock.Instant? { state.withLock { $0.messages[id]?.visibleAt } }
    /// What is left of the lease that ends first; negative for a message that can be received.
    package var shortestLease: Duration {
        let now = clock.now
        return state.withLock { $0.messages.values.map { now.duration(to: $0.visibleAt) }.min() } ?? visibility
    }
    package func handle(_ id: String) -> ReceiptHandle? { state.withLock { $0.messages[id]?.handle } }
    package func receives(_ id: String) -> Int { state.withLock { $0.messages[id]?.count ?? 0 } }

    @discardableResult
    package func put(_ body: String, digest: String = "") -> String {
        let (now, wall) = (clock.now, ServerTime(milliseconds: Int64(clock.wall.timeIntervalSince1970 * 1000)))
        let (id, waiters) = state.withLock { state in
            state.lastID += 1
            let id = "M\(state.lastID)"
            state.messages[id] = Stored(body: Array(body.utf8), digest: digest, visibleAt: now, enqueued: wall)
            state.order.append(id)
            defer { state.waiters = [] }
            return (id, state.waiters)
        }
        for waiter in waiters { waiter.resume() }
        return id
    }

    /// Long polls look again: after the clock was moved.
    package func wake() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    package func receive(upTo maximum: Int, wait: Duration) async throws(SMQError) -> ReceivedBatch {
        try note(.receive(maximum)) {}
        let end = clock.now + wait
        while true {
            let now = clock.now
            let messages = lease(maximum, now)
            if !messages.isEmpty || now >= end { return ReceivedBatch(messages: messages, leasedAt: now) }
            if Task.isCancelled { throw error(.cancelled, "BatchReceiveMessage", effect: .unknown) }
            let timer = Task { [clock] in
                await clock.sleep(until: end)
                self.wake()
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { waiter in
                    let isOver = state.withLock { state in
                        if Task.isCancelled { return true }
                        state.waiters.append(waiter)
                        return false
                    }
                    if isOver { waiter.resume() }
                }
            } onCancel: {
                wake()
            }
            timer.cancel()
        }
    }

    package func delete(_ handles: [ReceiptHandle], within limit: Duration?) async throws(SMQError) -> [DeleteFailure] {
        var failures: [DeleteFailure] = []
        note(limit)
        try note(.delete(handles)) {
            failures = handles.compactMap { handle in
                let gone = remove(handle)
                return gone ? nil : DeleteFailure(handle: handle, failure: EntryFailure(code: .messageNotExist, message: "gone"))
            }
        }
        return failures
    }

    package func changeVisibility(
        of handle: ReceiptHandle, to timeout: Duration, within limit: Duration?
    ) async throws(SMQError) -> RenewedLease {
        var renewed: ReceiptHandle?
        note(limit)
        try note(.change(handle, timeout)) { renewed = rotate(handle, timeout) }
        guard let renewed else { throw error(.messageNotExist, "ChangeMessageVisibility", effect: .none, status: 404) }
        return RenewedLease(handle: renewed, nextVisibleTime: ServerTime(milliseconds: 0))
    }

    package func attributes() async throws(SMQError) -> QueueAttributes {
        let now = clock.now
        return state.withLock { state in
            let hidden = state.messages.values.count { $0.visibleAt > now }
            return QueueAttributes(
                name: name, retention: retention, visibilityTimeout: visibility, created: ServerTime(milliseconds: 0),
                lastModified: ServerTime(milliseconds: 0),
                activeMessages: state.messages.count - hidden, inactiveMessages: hidden)
        }
    }

    package func send(_ messages: [OutgoingMessage]) async throws(SMQError) -> [Result<SentMessage, EntryFailure>] {
        var sent: [Result<SentMessage, EntryFailure>] = []
        try note(.send(messages.map(\.body))) {
            sent = messages.map { .success(SentMessage(id: put(String(decoding: $0.body, as: UTF8.self)), bodyMD5: "")) }
        }
        return sent
    }

    // MARK: State

    private func note(_ limit: Duration?) { if let limit { state.withLock { $0.limits.append(limit) } } }

    private func note(_ call: Call, _ body: () -> Void) throws(SMQError) {
        let fault = state.withLock { state in
            state.calls.append(call)
            return state.fault
        }?(call)
        switch fault {
        case .refuse(let code, let status): throw error(code, call.operation, effect: .none, status: status)
        case .loseAnswer:
            body()
            throw error(.transport, call.operation, effect: .unknown)
        case nil: body()
        }
    }

    private func lease(_ maximum: Int, _ now: ContinuousClock.Instant) -> [ReceivedMessage] {
        let zero = ServerTime(milliseconds: 0)
        return state.withLock { state in
            var leased: [ReceivedMessage] = []
            for id in state.order where leased.count < maximum {
                guard var message = state.messages[id], message.visibleAt <= now else { continue }
                state.lastHandle += 1
                message.handle = ReceiptHandle("h\(state.lastHandle)")
                message.count += 1
                message.visibleAt = now + visibility
                state.messages[id] = message
                leased.append(
                    ReceivedMessage(
                        id: id, bodyMD5: message.digest, body: message.body, receiptHandle: ReceiptHandle("h\(state.lastHandle)"),
                        enqueueTime: message.enqueued,
                        firstDequeueTime: zero, nextVisibleTime: zero, dequeueCount: message.count))
            }
            return leased
        }
    }

    private func remove(_ handle: ReceiptHandle) -> Bool {
        let now = clock.now
        return state.withLock { state in
            guard let id = state.messages.first(where: { $0.value.handle == handle && $0.value.visibleAt > now })?.key else { return false }
            state.messages[id] = nil
            state.order.removeAll { $0 == id }
            return true
        }
    }

    private func rotate(_ handle: ReceiptHandle, _ timeout: Duration) -> ReceiptHandle? {
        let now = clock.now
        return state.withLock { state in
            guard let id = state.messages.first(where: { $0.value.handle == handle && $0.value.visibleAt > now })?.key else { return nil }
            state.lastHandle += 1
            let newer = ReceiptHandle("h\(state.lastHandle)")
            state.messages[id]?.handle = newer
            state.messages[id]?.visibleAt = now + timeout
            return newer
        }
    }

    private func error(_ code: SMQError.Code, _ operation: String, effect: SMQError.Effect, status: Int? = nil) -> SMQError {
        SMQError(code: code, operation: operation, queue: name, status: status, message: "scripted", effect: effect)
    }
}
