/// Where queues outlive the process: takes each change before the caller is answered, and gives all of them back at a start.
package protocol QueueStore: Sendable {
    /// False spares the queues the making of records that nobody keeps.
    var isDurable: Bool { get }

    /// Every record kept so far, in the order of the appends.
    func load() throws -> [StoreRecord]

    /// Returns when the record is kept; called under the directory's lock, so in the order of the changes.
    func append(_ record: StoreRecord) throws
}

/// One entry of a store.
package enum StoreRecord: Sendable {
    case queueCreated(name: String, options: QueueOptions, at: Int64)
    case queueDeleted(name: String)
    /// `at`: when the settings changed last; nil when these changes are of messages only.
    case changed(name: String, [QueueChange], settingsAt: Int64?)
}

/// Keeps nothing: the queues live as long as the process.
package struct MemoryStore: QueueStore {
    package init() {}

    package var isDurable: Bool { false }

    package func load() -> [StoreRecord] { [] }

    package func append(_ record: StoreRecord) {}
}
