/// A task that this process works on for now.
package struct ClaimedTask<Record: KeptRecord>: Sendable {
    package var record: Record
    /// Since when nobody wants it any more, Unix milliseconds.
    package let stopped: Int64?
    /// How often something happened to it; so often when it was claimed.
    package let wakes: Int64
    /// Under which it was claimed.
    package let owner: String

    package init(record: Record, stopped: Int64?, wakes: Int64, owner: String) {
        self.record = record
        self.stopped = stopped
        self.wakes = wakes
        self.owner = owner
    }
}

/// A task of that service and name is wanted already.
package struct TaskNameTaken: Error, Equatable {
    package let name: String

    package init(name: String) { self.name = name }
}

/// A task as it is listed.
package struct ListedTask<Record: KeptRecord>: Sendable {
    package let record: Record
    package let stopped: Int64?
    /// When there is something to do next, Unix milliseconds; nil when it is over.
    package let due: Int64?

    package init(record: Record, stopped: Int64?, due: Int64?) {
        self.record = record
        self.stopped = stopped
        self.due = due
    }
}

/// The wanted tasks, kept where every process that may act on them sees them: one database for one host; several hosts need one that
/// they share.
///
/// An owner is one turn of one process: a process that stood still for so long that its claim ended is another owner to its own next turn.
/// A claim ends by itself when its owner dies; what it had begun is in the record. Times are Unix milliseconds.
package protocol TaskStore: Sendable {
    /// Adds tasks, all of them or none, in one step. Those that are over make room.
    ///
    /// - Parameter check: Sees all tasks of the records' services that are not over; what it throws is thrown.
    /// - Throws: `TaskNameTaken` if a task of that service and name is not over.
    func add<Record: KeptRecord>(_ records: [Record], at now: Int64, check: @escaping @Sendable ([Record]) throws -> Void) async throws

    /// Makes the tasks those of a project, if none of another one is wanted.
    /// - Returns: nil, or the App ID of that other one.
    func bind(to appID: String) async throws -> String?

    /// Marks a task as not wanted any more.
    /// - Returns: False if there is none that is still wanted.
    func stop(_ name: String, _ service: StreamService, at now: Int64) async throws -> Bool

    func all<Record: KeptRecord>(_ type: Record.Type) async throws -> [ListedTask<Record>]

    /// Takes tasks that are due and nobody works on, the longest due first.
    func claim<Record: KeptRecord>(
        _ type: Record.Type, by owner: String, at now: Int64, until: Int64, atMost limit: Int
    ) async throws -> [ClaimedTask<Record>]

    /// Takes one task, due or not, if nobody works on it.
    func claim<Record: KeptRecord>(
        _ type: Record.Type, named name: String, _ service: StreamService, by owner: String, at now: Int64, until: Int64
    ) async throws -> ClaimedTask<Record>?

    /// Keeps the record and the claim, if this owner still has it.
    /// - Returns: False if it has not: the record is as somebody else left it, and nothing may be done.
    func save(_ record: some KeptRecord, by owner: String, at now: Int64, until: Int64) async throws -> Bool

    /// Keeps the record and gives the claim back, if this owner still has it.
    /// - Parameter due: nil when the task is over. What happened to it meanwhile makes it due at once.
    func release<Record: KeptRecord>(_ task: ClaimedTask<Record>, by owner: String, at now: Int64, due: Int64?) async throws

    /// What all processes know together under one name.
    func state<State: Codable & Sendable>(_ name: String, _ type: State.Type) async throws -> State?

    /// Changes what all processes know together under one name, in one step.
    func change<State: Codable & Sendable, Value: Sendable>(
        _ name: String, _ state: State.Type, _ body: @escaping @Sendable (inout State?) -> Value
    ) async throws -> Value

    /// Keeps an event of our own until it is sent.
    func post(_ event: [UInt8]) async throws

    /// The oldest events that are not sent yet.
    func unsent(atMost limit: Int) async throws -> [(id: Int64, event: [UInt8])]

    func sent(_ id: Int64) async throws
}
