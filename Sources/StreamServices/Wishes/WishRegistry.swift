package import Settings

/// Takes wishes into the store, if they can be fulfilled.
package struct WishRegistry: Sendable {
    /// A wish that cannot be taken, and what to do about it.
    package enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        /// A task of that name is wanted already.
        case isWanted(String)
        case limit(String)
        /// Another task is in the channel as the same user.
        case userTaken(String)
        /// Another task pushes to the same address.
        case addressTaken(String)

        package var description: String {
            switch self {
            case .isWanted(let name): "\(name) is wanted already; delete it first, or take another name"
            case .limit(let words), .userTaken(let words), .addressTaken(let words): words
            }
        }
    }

    private let appID: String
    private let section: AgoraSection
    private let tasks: any TaskStore
    private let clock: any StreamClock

    package init(appID: String, section: AgoraSection, tasks: any TaskStore, clock: any StreamClock) {
        self.appID = appID
        self.section = section
        self.tasks = tasks
        self.clock = clock
    }

    /// - Returns: The names of the tasks that are wanted from now on.
    /// - Throws: `InvalidCall` for broken rules, `TokenNeed`, `Refusal` for names that are taken and limits that are reached.
    @discardableResult
    package func register(_ wish: StreamWish) async throws -> [String] {
        let now = clock.unixMilliseconds
        try wish.check(appID: appID, now: now)
        if wish.player != nil { try TokenNeed.check(section, for: "the player \(wish.name)") }
        let wanted = wish.tasks
        try await add(wanted, at: now)
        return wanted.map(\.name)
    }

    /// Wants the tasks that a wish got since it was registered.
    /// - Throws: As for a new one.
    package func extend(_ wish: StreamWish) async throws {
        let now = clock.unixMilliseconds
        try wish.check(appID: appID, now: now)
        let listed = try await tasks.all(TaskRecord.self).map(\.record)
        let known = Set(listed.filter { $0.service == wish.service && $0.wish.group == wish.name }.map(\.name))
        try await add(wish.tasks.filter { !known.contains($0.name) }, at: now)
    }

    private func add(_ wanted: [StreamWish], at now: Int64) async throws {
        guard let first = wanted.first else { return }
        try await add(wanted.map { TaskRecord($0) }, at: now) { [self] known in
            let others = known.map(\.wish)
            try checkLimit(first.service, wanted: others.count, needed: wanted.count, first.group ?? first.name)
            // A name that is taken is the better answer than what comes with it.
            guard Set(others.map(\.name)).isDisjoint(with: wanted.map(\.name)) else { return }
            for task in wanted { try task.checkAlone(among: others) }
        }
    }

    /// - Throws: As for a stream.
    package func register(_ wish: RecordingWish) async throws {
        let now = clock.unixMilliseconds
        try wish.check(appID: appID, now: now)
        if wish.start.token == nil { try TokenNeed.check(section, for: "the recording \(wish.name)") }
        try TokenNeed.checkLifetime(section, of: wish)
        try await add([RecordingRecord(wish, at: now)], at: now) { [self] known in
            let count = known.reduce(0) { $0 + ($1.wish.backupUids == nil ? 1 : 2) }
            try checkLimit(.cloudRecording, wanted: count, needed: wish.backupUids == nil ? 1 : 2, wish.name)
            for other in known where other.wish.cname == wish.cname && other.name != wish.name {
                let users = Set(other.wish.uids + (other.wish.backupUids ?? []))
                if let user = (wish.uids + (wish.backupUids ?? [])).first(where: users.contains) {
                    throw Refusal.userTaken(
                        "\(wish.name) is refused: \(other.name) records \(wish.cname) as user \(user), too; take other uids")
                }
            }
        }
    }

    private func add<Record: KeptRecord>(
        _ records: [Record], at now: Int64, check: @escaping @Sendable ([Record]) throws -> Void
    ) async throws {
        do { try await tasks.add(records, at: now, check: check) } catch let error as TaskNameTaken { throw Refusal.isWanted(error.name) }
    }

    private func checkLimit(_ service: StreamService, wanted: Int, needed: Int, _ name: String) throws(Refusal) {
        let (limit, key) =
            switch service {
            case .mediaPush: (section.limits.mediaPush, "media_push")
            case .mediaPull: (section.limits.mediaPull, "media_pull")
            case .cloudRecording: (section.limits.cloudRecording, "cloud_recording")
            }
        guard wanted + needed > limit else { return }
        throw .limit(
            """
            \(name) is refused: \(wanted) \(service.name) tasks are wanted, it needs \(needed) more, and the project may have \(limit) \
            ([agora.limits] \(key)); delete some, or raise the limit if Agora granted more
            """)
    }

    /// Ends a wish: the task of that name, or all tasks of the wish of that name.
    /// - Returns: The names that were wanted until now.
    package func end(_ name: String, _ service: StreamService) async throws -> [String] {
        if service == .cloudRecording { return try await tasks.stop(name, service, at: clock.unixMilliseconds) ? [name] : [] }
        var ended: [String] = []
        for task in try await tasks.all(TaskRecord.self) where task.record.service == service && task.due != nil {
            guard task.record.name == name || task.record.wish.group == name else { continue }
            if try await tasks.stop(task.record.name, service, at: clock.unixMilliseconds) { ended.append(task.record.name) }
        }
        return ended
    }
}
