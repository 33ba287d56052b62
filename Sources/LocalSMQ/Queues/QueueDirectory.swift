import Foundation
package import SMQProtocol

/// All queues of the server, and the store that their changes go to. A plain value: no lock, no clock.
package struct QueueDirectory: Sendable {
    /// What became of a CreateQueue.
    package enum Creation: Sendable {
        case created
        /// A queue of that name with the same settings was there.
        case existed
    }

    /// One page of names.
    package struct Page: Sendable {
        package var queues: [QueueAttributes]
        /// Where the next page begins; nil on the last one.
        package var nextMarker: String?
    }

    private struct Hosted {
        var machine: QueueMachine
        var created: Int64
        var modified: Int64
    }

    private var queues: [String: Hosted] = [:]
    private let store: any QueueStore
    private let newTicket: @Sendable () -> UInt64

    /// - Throws: What the store throws when its records cannot be read.
    package init(
        store: any QueueStore = MemoryStore(), newTicket: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) throws {
        self.store = store
        self.newTicket = newTicket
        for record in try store.load() { replay(record) }
    }

    package var names: [String] { Array(queues.keys) }

    // MARK: Queues

    /// - Throws: `queueAlreadyExist` when the settings differ.
    package mutating func create(_ name: String, _ settings: QueueSettings, at now: Int64) throws(QueueRefusal) -> Creation {
        let options = QueueOptions(settings)
        if let existing = queues[name] {
            guard existing.machine.options == options else { throw .queueAlreadyExist }
            return .existed
        }
        let record = StoreRecord.queueCreated(name: name, options: options, at: now)
        try keep(record)
        replay(record)
        return .created
    }

    /// All messages are lost at once.
    package mutating func delete(_ name: String) throws(QueueRefusal) {
        guard queues[name] != nil else { throw .queueNotExist }
        let record = StoreRecord.queueDeleted(name: name)
        try keep(record)
        replay(record)
    }

    package mutating func set(_ settings: QueueSettings, of name: String, at now: Int64) throws(QueueRefusal) {
        guard let index = queues.index(forKey: name) else { throw .queueNotExist }
        queues.values[index].machine.set(settings)
        queues.values[index].modified = now
        try keepChanges(of: name, at: index, settingsAt: now)
    }

    package mutating func attributes(of name: String, at now: Int64) throws(QueueRefusal) -> QueueAttributes {
        guard let index = queues.index(forKey: name) else { throw .queueNotExist }
        queues.values[index].machine.advance(to: now)
        let hosted = queues.values[index]
        let options = hosted.machine.options
        let counts = hosted.machine.counts
        return QueueAttributes(
            name: name, delay: .seconds(options.delay), maximumMessageSize: options.maximumMessageSize,
            retention: .seconds(options.retention), visibilityTimeout: .seconds(options.visibilityTimeout),
            pollingWait: .seconds(options.pollingWait), loggingEnabled: options.loggingEnabled,
            created: ServerTime(milliseconds: hosted.created), lastModified: ServerTime(milliseconds: hosted.modified),
            activeMessages: counts.active, inactiveMessages: counts.inactive, delayedMessages: counts.delayed)
    }

    /// Queues by name, in byte order.
    ///
    /// - Parameters:
    ///   - marker: `nextMarker` of the page before: the base64 of its last name.
    ///   - limit: 1...1000.
    /// - Throws: `invalidMarker` for one that this server did not make.
    package mutating func list(
        prefix: String, after marker: String?, limit: Int, at now: Int64
    ) throws(QueueRefusal) -> Page {
        var names = queues.keys.filter { $0.hasPrefix(prefix) }.sorted()
        if let marker {
            guard let data = Data(base64Encoded: marker), let last = String(data: data, encoding: .utf8) else {
                throw .invalidMarker
            }
            names.removeAll { $0 <= last }
        }
        let shown = names.prefix(limit)
        let isLast = shown.count == names.count
        var page = Page(queues: [], nextMarker: isLast ? nil : shown.last.map { Data($0.utf8).base64EncodedString() })
        for name in shown { page.queues.append(try attributes(of: name, at: now)) }
        return page
    }

    // MARK: Messages

    /// Runs `body` on the queue and keeps what it changed before returning.
    package mutating func with<Value>(
        _ name: String, _ body: (inout QueueMachine) throws(QueueRefusal) -> Value
    ) throws(QueueRefusal) -> Value {
        guard let index = queues.index(forKey: name) else { throw .queueNotExist }
        let value = try body(&queues.values[index].machine)
        try keepChanges(of: name, at: index, settingsAt: nil)
        return value
    }

    /// Carries out what time alone does. Needs no record.
    package mutating func advance(_ name: String, to now: Int64) {
        guard let index = queues.index(forKey: name) else { return }
        queues.values[index].machine.advance(to: now)
    }

    /// When the next message becomes visible by time alone; nil if none will, or if there is no such queue.
    package mutating func nextWake(of name: String, at now: Int64) -> Int64? {
        guard let index = queues.index(forKey: name) else { return nil }
        return queues.values[index].machine.nextWake(at: now)
    }

    // MARK: Store

    private mutating func keepChanges(of name: String, at index: Dictionary<String, Hosted>.Index, settingsAt: Int64?) throws(QueueRefusal)
    {
        guard store.isDurable else { return }
        let changes = queues.values[index].machine.takeChanges()
        if !changes.isEmpty { try keep(.changed(name: name, changes, settingsAt: settingsAt)) }
    }

    private func keep(_ record: StoreRecord) throws(QueueRefusal) {
        do { try store.append(record) } catch { throw .storeFailed("\(error)") }
    }

    private mutating func replay(_ record: StoreRecord) {
        switch record {
        case .queueCreated(let name, let options, let created):
            let machine = QueueMachine(options: options, isJournaled: store.isDurable, newTicket: newTicket)
            queues[name] = Hosted(machine: machine, created: created, modified: created)
        case .queueDeleted(let name):
            queues[name] = nil
        case .changed(let name, let changes, let settingsAt):
            guard let index = queues.index(forKey: name) else { return }
            for change in changes { queues.values[index].machine.replay(change) }
            if let settingsAt { queues.values[index].modified = settingsAt }
        }
    }
}
