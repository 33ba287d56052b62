import Foundation
package import Logging

/// What the work on every kind of wanted task stands on: the store under a claim, the health of the services, and those who are told.
package struct TaskDesk: Sendable {
    /// The claim is somebody else's by now.
    struct ClaimLost: Error {}

    /// What an owner that died had claimed is free after so long, in milliseconds.
    static let claim: Int64 = 180_000
    /// No call leaves later than so long before a claim ends.
    static let callMargin: Int64 = 30_000
    /// More steps than any task has in a row: one that goes round in circles gives way to others.
    static let mostSteps = 32

    let store: any TaskStore
    let facts: any StreamFactStore
    let clock: any StreamClock
    /// Tells this process from all others, also from one that had its number before; in a turn, the turn from all others.
    private(set) var owner: String
    let logger: Logger
    let random: @Sendable () -> Double
    /// Sees what is told, for tests.
    let listener: (@Sendable (Announcement) -> Void)?

    package init(
        store: any TaskStore, facts: any StreamFactStore, clock: any StreamClock, owner: String, logger: Logger,
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, listener: (@Sendable (Announcement) -> Void)? = nil
    ) {
        self.store = store
        self.facts = facts
        self.clock = clock
        self.owner = owner
        self.logger = logger
        self.random = random
        self.listener = listener
    }

    var now: Int64 { clock.unixMilliseconds }

    /// Until when a call that is asked for now may leave.
    var callDeadline: Int64 { now + Self.claim - Self.callMargin }

    // MARK: Claims

    func claim<Record: KeptRecord>(_ type: Record.Type, atMost limit: Int) async throws -> [ClaimedTask<Record>] {
        try await store.claim(type, by: "\(owner)/\(UUID().uuidString)", at: now, until: now + Self.claim, atMost: limit)
    }

    /// The desk for the work on a claimed task.
    func holding<Record: KeptRecord>(_ task: ClaimedTask<Record>) -> TaskDesk {
        var desk = self
        desk.owner = task.owner
        return desk
    }

    /// Before each call that changes something, and after each result.
    /// - Throws: `ClaimLost` if nothing more may be done.
    func save(_ record: some KeptRecord) async throws {
        guard try await store.save(record, by: owner, at: now, until: now + Self.claim) else { throw ClaimLost() }
    }

    /// Runs one turn of a task: what it throws is said, and its claim ends by itself.
    func turn(_ record: some KeptRecord, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is ClaimLost {
            logger.info("another process works on this task now", metadata: metadata(record))
        } catch {
            logger.error("a task could not be worked on; trying again", metadata: metadata(record, ["error": "\(error)"]))
        }
    }

    // MARK: Health

    /// Keeps how a call ended, for the judgement of the service.
    func note(_ isServiceGood: Bool?, _ record: some KeptRecord) async throws {
        guard let isServiceGood else { return }
        let (name, now) = (record.name, now)
        let change = try await store.change(Self.healthName(record.service), CallHealth.self) { health in
            var known = health ?? CallHealth()
            defer { health = known }
            return known.heard(name, isGood: isServiceGood, at: now)
        }
        try await tell(change, record.service)
    }

    /// Whether the calls for other tasks of the service fail, too.
    func isOutage(besides record: some KeptRecord) async throws -> Bool {
        try await store.state(Self.healthName(record.service), CallHealth.self)?.isOutage(besides: record.name, at: now) ?? false
    }

    /// Something was not replaced because the service itself is in trouble.
    func refusedReplacement(_ service: StreamService) async throws {
        let now = now
        let change = try await store.change(Self.healthName(service), CallHealth.self) { health in
            var known = health ?? CallHealth()
            defer { health = known }
            return known.refusedReplacement(at: now)
        }
        try await tell(change, service)
    }

    private static func healthName(_ service: StreamService) -> String { "health.\(service.rawValue)" }

    // MARK: Telling

    private func tell(_ change: CallHealth.Change?, _ service: StreamService) async throws {
        switch change {
        case .outageBegan(let tasks):
            let happened = "calls of \(service.name) fail for \(tasks) tasks at least, so that nothing is replaced"
            try await post(Announcement(.outageBegan(tasks: tasks), service, nil, happened, now))
        case .outageEnded(let tasks, let time):
            try await post(
                Announcement(.outageEnded(tasks: tasks), service, nil, "\(service.name) works again after \(time / 1000) s", now))
        case nil: break
        }
    }

    func post(_ announcement: Announcement) async throws {
        var about: Logger.Metadata = ["service": "\(announcement.service.rawValue)"]
        if let task = announcement.task { about["task"] = "\(task.name)" }
        logger.warning("\(announcement.happened)", metadata: about)
        listener?(announcement)
        try await store.post(try announcement.body(eventID: UUID().uuidString.lowercased()))
    }

    func metadata(_ record: some KeptRecord, _ extra: Logger.Metadata = [:]) -> Logger.Metadata {
        let common: Logger.Metadata = ["service": "\(record.service.rawValue)", "task": "\(record.name)"]
        return common.merging(extra) { $1 }
    }
}
