import SMQProtocol
import Synchronization

/// The directory of queues behind one lock, and the long polls that wait at them.
///
/// Polls are resumed outside the lock. A message wakes one poll, the one that has waited longest; a receive that comes while others
/// wait never overtakes them. Time is asked for once per call; what time alone does (a delay or a lease that ends) wakes polls
/// through `alarm`, which is set only while a queue has both polls and hidden messages.
package final class MessageBroker: Sendable {
    /// What a receive got at once.
    enum Reception: Sendable {
        case messages([ReceivedMessage])
        case empty
        /// The poll is in line; it is to leave after `seconds`.
        case waiting(LongPoll, seconds: Int)
    }

    private struct State {
        var directory: QueueDirectory
        var lines: [String: PollLine] = [:]
    }

    /// Runs the action after so many milliseconds.
    package typealias Alarm = @Sendable (_ milliseconds: Int64, _ action: @escaping @Sendable () -> Void) -> Void

    private let state: Mutex<State>
    private let now: @Sendable () -> Int64
    private let alarm: Alarm

    /// - Parameter now: Unix time in milliseconds.
    package init(directory: QueueDirectory, now: @escaping @Sendable () -> Int64, alarm: @escaping Alarm) {
        state = Mutex(State(directory: directory))
        self.now = now
        self.alarm = alarm
    }

    // MARK: Queues

    func create(_ name: String, _ settings: QueueSettings) throws(QueueRefusal) -> QueueDirectory.Creation {
        try change { state, now throws(QueueRefusal) in try state.directory.create(name, settings, at: now) }
    }

    /// Polls that wait at the queue end with `queueDeleted`.
    func delete(queue name: String) throws(QueueRefusal) {
        let line = try change { state, _ throws(QueueRefusal) in
            try state.directory.delete(name)
            return state.lines.removeValue(forKey: name)
        }
        for poll in line?.polls ?? [] { poll.finish(.queueDeleted) }
    }

    func set(_ settings: QueueSettings, of name: String) throws(QueueRefusal) {
        try change { state, now throws(QueueRefusal) in try state.directory.set(settings, of: name, at: now) }
    }

    func attributes(of name: String) throws(QueueRefusal) -> QueueAttributes {
        try change { state, now throws(QueueRefusal) in try state.directory.attributes(of: name, at: now) }
    }

    func list(prefix: String, after marker: String?, limit: Int) throws(QueueRefusal) -> QueueDirectory.Page {
        try change { state, now throws(QueueRefusal) in
            try state.directory.list(prefix: prefix, after: marker, limit: limit, at: now)
        }
    }

    // MARK: Messages

    /// Runs `body` on the queue's machine, then serves the polls that wait there.
    func with<Value: Sendable>(
        _ queue: String, _ body: (inout QueueMachine, _ now: Int64) throws(QueueRefusal) -> Value
    ) throws(QueueRefusal) -> Value {
        let (value, served) = try change { state, now throws(QueueRefusal) in
            let value = try state.directory.with(queue) { machine throws(QueueRefusal) in try body(&machine, now) }
            return (value, serve(queue, &state, now))
        }
        finish(served)
        return value
    }

    /// - Parameter wait: Seconds; nil takes the queue's `PollingWaitSeconds`; 0 answers at once.
    func receive(from queue: String, upTo maximum: Int, wait: Int?) throws(QueueRefusal) -> Reception {
        let (reception, served) = try change { state, now throws(QueueRefusal) in
            let served = serve(queue, &state, now)  // those who wait come first
            let (messages, pollingWait) = try state.directory.with(queue) { machine in
                (machine.receive(upTo: maximum, at: now), machine.options.pollingWait)
            }
            guard messages.isEmpty else { return (Reception.messages(messages), served) }
            let seconds = wait ?? pollingWait
            guard seconds > 0 else { return (Reception.empty, served) }
            let poll = LongPoll(queue: queue, maximum: maximum)
            state.lines[queue, default: PollLine()].join(poll)
            setAlarm(queue, &state, now)
            return (Reception.waiting(poll, seconds: seconds), served)
        }
        finish(served)
        return reception
    }

    /// Ends a poll without a message: its time is over, its client has gone, or the server stops. No effect on one that has an outcome.
    func leave(_ poll: LongPoll) {
        let left = state.withLock { state in
            guard var line = state.lines.removeValue(forKey: poll.queue) else { return false }
            let left = line.leave(poll)
            if line.first != nil { state.lines[poll.queue] = line }
            return left
        }
        if left { poll.finish(.empty) }
    }

    /// Undoes receives whose answer found nobody there any more.
    func handBack(_ messages: [ReceivedMessage], to queue: String) {
        // A queue deleted meanwhile has nothing to undo.
        try? with(queue) { machine, now in
            for message in messages { machine.handBack(message.receiptHandle, at: now) }
        }
    }

    /// Carries out what time alone does in all queues: frees what is over, wakes polls. For a sweep now and then, and after an
    /// injected clock was moved.
    package func timePassed() {
        let served = state.withLock { state in
            let now = now()
            return state.directory.names.flatMap { name in
                state.directory.advance(name, to: now)
                return serve(name, &state, now)
            }
        }
        finish(served)
    }

    func waitingPolls(at queue: String) -> Int { state.withLock { $0.lines[queue]?.polls.count ?? 0 } }

    // MARK: Serving

    private typealias Served = [(poll: LongPoll, messages: [ReceivedMessage])]

    private func change<Value: Sendable>(
        _ body: (inout State, _ now: Int64) throws(QueueRefusal) -> sending Value
    ) throws(QueueRefusal) -> Value {
        try state.withLock { state throws(QueueRefusal) in try body(&state, now()) }
    }

    /// Gives what is there to those in line, in their order.
    private func serve(_ queue: String, _ state: inout State, _ now: Int64) -> Served {
        guard state.lines[queue] != nil else { return [] }
        var served: Served = []
        while let poll = state.lines[queue]?.first {
            // The queue is there as long as its line is; a store that fails leaves the poll waiting.
            let messages = (try? state.directory.with(queue) { machine in machine.receive(upTo: poll.maximum, at: now) }) ?? []
            guard !messages.isEmpty else { break }
            _ = state.lines[queue]?.leave(poll)
            served.append((poll, messages))
        }
        if state.lines[queue]?.first == nil { state.lines[queue] = nil } else { setAlarm(queue, &state, now) }
        return served
    }

    /// Sees to it that the polls in line are served when the next message becomes visible by time alone.
    private func setAlarm(_ queue: String, _ state: inout State, _ now: Int64) {
        guard let line = state.lines[queue], let wake = state.directory.nextWake(of: queue, at: now) else { return }
        if let set = line.alarmAt, set <= wake, set > now { return }
        state.lines[queue]?.alarmAt = wake
        alarm(max(1, wake - now)) { [weak self] in self?.timePassed(at: queue) }
    }

    private func timePassed(at queue: String) {
        let served = state.withLock { state in
            state.lines[queue]?.alarmAt = nil
            return serve(queue, &state, now())
        }
        finish(served)
    }

    private func finish(_ served: Served) {
        for (poll, messages) in served { poll.finish(.messages(messages)) }
    }
}
