package import SMQProtocol

/// One queue as a plain state machine: no I/O, no clock, no lock. Every call is told the time in Unix milliseconds.
///
/// States and their edges are those of the service: a message is delayed, active (can be received) or inactive (leased), and is
/// gone when deleted or when its retention, counted from the send, is over. Active messages leave by priority, then by age.
///
/// All calls cost O(log n) at most, whatever the backlog: three heaps find what is due, and what they still hold of messages that
/// have moved on is skipped, and thrown out before it outnumbers the rest.
package struct QueueMachine: Sendable {
    package private(set) var options: QueueOptions
    package private(set) var counts = QueueCounts()

    private var entries: [UInt64: QueueEntry] = [:]
    private var nextNumber: UInt64 = 1
    /// Active messages by rank: priority in the top byte, number below.
    private var ready = BinaryHeap<UInt64>()
    /// Ends of delays and leases.
    private var wakes = BinaryHeap<Due>()
    /// Ends of retention.
    private var expiries = BinaryHeap<Due>()

    private let newTicket: @Sendable () -> UInt64
    private let isJournaled: Bool
    private var journal: [QueueChange] = []

    /// A moment and the number of the message whose state changes then.
    private struct Due: Comparable, Sendable {
        var time: Int64
        var number: UInt64

        static func < (one: Due, other: Due) -> Bool { (one.time, one.number) < (other.time, other.number) }
    }

    /// - Parameters:
    ///   - isJournaled: Whether changes are kept for `takeChanges`; false saves the memory when nobody stores them.
    ///   - newTicket: Makes handles that cannot be guessed; injected for tests.
    package init(
        options: QueueOptions = QueueOptions(), isJournaled: Bool = false,
        newTicket: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.options = options
        self.isJournaled = isJournaled
        self.newTicket = newTicket
    }

    // MARK: Calls

    package mutating func set(_ settings: QueueSettings) {
        var changed = options
        changed.apply(settings)
        commit(.optionsSet(changed))
    }

    /// - Parameter delay: Seconds; nil takes the queue's.
    /// - Returns: With a handle only if the message is delayed; it is good until the delay ends.
    package mutating func send(_ message: StoredMessage, delay: Int? = nil, at now: Int64) -> SentMessage {
        advance(to: now)
        let key = HandleKey(number: nextNumber, ticket: newTicket())
        let visibleAt = now + Int64(delay ?? options.delay) * 1000
        commit(
            .sent(
                message, number: key.number, ticket: key.ticket, at: now, visibleAt: visibleAt,
                expiresAt: now + Int64(options.retention) * 1000))
        return SentMessage(id: message.id, bodyMD5: message.bodyMD5, receiptHandle: visibleAt > now ? key.handle : nil)
    }

    /// Leases up to `maximum` active messages for the queue's visibility timeout.
    package mutating func receive(upTo maximum: Int, at now: Int64) -> [ReceivedMessage] {
        advance(to: now)
        var received: [ReceivedMessage] = []
        let until = now + Int64(options.visibilityTimeout) * 1000
        while received.count < maximum, let number = firstReady() {
            let key = HandleKey(number: number, ticket: newTicket())
            commit(.leased(number: number, ticket: key.ticket, at: now, until: until))
            if let entry = entries[number] { received.append(entry.described(by: key.handle)) }
        }
        return received
    }

    /// Shows up to `maximum` active messages in the order of a receive, and changes nothing.
    ///
    /// In what is returned the handle is empty and `nextVisibleTime` has no meaning.
    package mutating func peek(upTo maximum: Int, at now: Int64) -> [ReceivedMessage] {
        advance(to: now)
        var ranks: [UInt64] = []
        while ranks.count < maximum, firstReady() != nil, let rank = ready.pop() { ranks.append(rank) }
        for rank in ranks { ready.push(rank) }
        return ranks.compactMap { entries[Self.number(ofRank: $0)]?.described(by: ReceiptHandle("")) }
    }

    package mutating func delete(_ handle: ReceiptHandle, at now: Int64) throws(QueueRefusal) {
        let (number, _) = try held(handle, at: now)
        commit(.deleted(number: number))
    }

    /// Starts the hidden time anew, `timeout` seconds from `now`, and replaces the handle.
    package mutating func changeVisibility(
        of handle: ReceiptHandle, to timeout: Int, at now: Int64
    ) throws(QueueRefusal) -> RenewedLease {
        let (number, old) = try held(handle, at: now)
        var key = HandleKey(number: number, ticket: newTicket())
        if key.ticket == old { key.ticket &+= 1 }
        let until = now + Int64(timeout) * 1000
        commit(.retimed(number: number, ticket: key.ticket, until: until))
        return RenewedLease(handle: key.handle, nextVisibleTime: ServerTime(milliseconds: until))
    }

    /// Undoes a receive whose answer found nobody there any more: the message is active again and the receive is not counted.
    /// A handle that is dead already has nothing to undo.
    package mutating func handBack(_ handle: ReceiptHandle, at now: Int64) {
        guard let (number, _) = try? held(handle, at: now), entries[number]?.state == .inactive else { return }
        commit(.handedBack(number: number))
    }

    /// The next moment when a message becomes visible by time alone; nil if none will.
    package mutating func nextWake(at now: Int64) -> Int64? {
        advance(to: now)
        while let due = wakes.first, !Self.isCurrent(due, in: entries) { _ = wakes.pop() }
        return wakes.first?.time
    }

    /// Carries out what time alone does: delays and leases that end, messages whose retention is over.
    package mutating func advance(to now: Int64) {
        while let due = wakes.first, due.time <= now {
            _ = wakes.pop()
            if Self.isCurrent(due, in: entries) { activate(due.number) }
        }
        while let due = expiries.first, due.time <= now {
            _ = expiries.pop()
            if entries[due.number] != nil { remove(due.number) }
        }
    }

    // MARK: Journal

    /// What was done since the last call, in order. To be stored before the caller is answered.
    package mutating func takeChanges() -> [QueueChange] {
        defer { journal.removeAll(keepingCapacity: true) }
        return journal
    }

    /// Repeats a recorded change.
    package mutating func replay(_ change: QueueChange) {
        if case .leased(_, _, let then, _) = change { advance(to: then) }  // the lease before it had ended by then
        apply(change)
    }

    /// Elements that the heaps hold, outdated ones included: at most about twice the messages, and a few.
    var heapElements: Int { ready.count + wakes.count + expiries.count }

    // MARK: Changes

    private mutating func commit(_ change: QueueChange) {
        apply(change)
        if isJournaled { journal.append(change) }
    }

    private mutating func apply(_ change: QueueChange) {
        switch change {
        case .optionsSet(let changed):
            options = changed
        case .sent(let message, let number, let ticket, let now, let visibleAt, let expiresAt):
            nextNumber = number + 1
            entries[number] = QueueEntry(
                message: message, enqueuedAt: now, expiresAt: expiresAt, state: .delayed, visibleAt: visibleAt, ticket: ticket)
            counts.delayed += 1
            expiries.push(Due(time: expiresAt, number: number))
            if visibleAt > now { wakes.push(Due(time: visibleAt, number: number)) } else { activate(number) }
        case .leased(let number, let ticket, let now, let until):
            guard let rank = entries[number].map({ Self.rank($0.message.priority, number) }) else { return }
            if ready.first == rank { _ = ready.pop() } else { ready.keepOnly { $0 != rank } }
            move(number, to: .inactive) { entry in
                entry.ticket = ticket
                entry.visibleAt = until
                entry.firstDequeuedAt = entry.firstDequeuedAt ?? now
                entry.dequeueCount += 1
            }
            wakes.push(Due(time: until, number: number))
        case .retimed(let number, let ticket, let until):
            guard let entry = entries[number] else { return }
            if entry.visibleAt != until { wakes.push(Due(time: until, number: number)) }
            move(number, to: entry.state) { entry in
                entry.ticket = ticket
                entry.visibleAt = until
            }
        case .handedBack(let number):
            activate(number)
            move(number, to: .active) { entry in
                entry.dequeueCount -= 1
                if entry.dequeueCount == 0 { entry.firstDequeuedAt = nil }
            }
        case .deleted(let number):
            remove(number)
        }
        dropOutdated()
    }

    private mutating func activate(_ number: UInt64) {
        guard let entry = entries[number] else { return }
        move(number, to: .active)
        ready.push(Self.rank(entry.message.priority, number))
    }

    private mutating func move(_ number: UInt64, to state: QueueEntry.State, _ change: (inout QueueEntry) -> Void = { _ in }) {
        guard let index = entries.index(forKey: number) else { return }
        counts[entries.values[index].state] -= 1
        counts[state] += 1
        entries.values[index].state = state
        change(&entries.values[index])
    }

    private mutating func remove(_ number: UInt64) {
        guard let entry = entries.removeValue(forKey: number) else { return }
        counts[entry.state] -= 1
        if entries.isEmpty, entries.capacity > 1024 { entries = [:] }  // a large backlog's table is not kept for ever
    }

    // MARK: Finding

    /// The message that a handle holds: a delayed one, or a leased one under its newest handle.
    private mutating func held(_ handle: ReceiptHandle, at now: Int64) throws(QueueRefusal) -> (number: UInt64, ticket: UInt64) {
        advance(to: now)
        guard let key = HandleKey(handle) else { throw .receiptHandleError }
        guard let entry = entries[key.number], entry.state != .active, entry.ticket == key.ticket else { throw .messageNotExist }
        return (key.number, key.ticket)
    }

    private mutating func firstReady() -> UInt64? {
        while let rank = ready.first {
            let number = Self.number(ofRank: rank)
            if entries[number]?.state == .active { return number }
            _ = ready.pop()
        }
        return nil
    }

    private static func isCurrent(_ due: Due, in entries: [UInt64: QueueEntry]) -> Bool {
        guard let entry = entries[due.number] else { return false }
        return entry.state != .active && entry.visibleAt == due.time
    }

    private mutating func dropOutdated() {
        let slack = 64
        let entries = entries
        if ready.count > 2 * counts.active + slack {
            ready.keepOnly { entries[Self.number(ofRank: $0)]?.state == .active }
        }
        if wakes.count > 2 * (counts.inactive + counts.delayed) + slack { wakes.keepOnly { Self.isCurrent($0, in: entries) } }
        if expiries.count > 2 * entries.count + slack { expiries.keepOnly { entries[$0.number] != nil } }
    }

    /// Priority 1...16 first, then age: numbers are given out in the order of the sends and stay far below 2^56.
    private static func rank(_ priority: Int, _ number: UInt64) -> UInt64 { UInt64(priority) << 56 | number }

    private static func number(ofRank rank: UInt64) -> UInt64 { rank & (1 << 56 - 1) }
}
