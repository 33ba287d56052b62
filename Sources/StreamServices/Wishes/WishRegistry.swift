package import Settings

/// Takes wishes into the store, if they can be fulfilled.
package struct WishRegistry: Sendable {
    /// A wish that cannot be taken, and what to do about it.
    package struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
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
        let known = try await tasks.all().filter { $0.record.service == wish.service && $0.due != nil }
        let limit = wish.service == .mediaPush ? section.limits.mediaPush : section.limits.mediaPull
        guard known.count + wanted.count <= limit else {
            let key = wish.service == .mediaPush ? "media_push" : "media_pull"
            throw Refusal(
                description: """
                    \(wish.name) is refused: \(known.count) \(wish.service.name) tasks are wanted, it needs \(wanted.count) more, and the project \
                    may have \(limit) ([agora.limits] \(key)); delete some, or raise the limit if Agora granted more
                    """)
        }
        let names = Set(known.map(\.record.name))
        if let taken = wanted.map(\.name).first(where: names.contains) {
            throw Refusal(description: "\(taken) is wanted already; delete it first, or take another name")
        }
        for task in wanted {
            guard try await tasks.add(TaskRecord(task), at: now) else {
                throw Refusal(description: "\(task.name) is wanted already; delete it first, or take another name")
            }
        }
        return wanted.map(\.name)
    }

    /// Ends a wish: the task of that name, or all tasks of the wish of that name.
    /// - Returns: The names that were wanted until now.
    package func end(_ name: String, _ service: StreamService) async throws -> [String] {
        var ended: [String] = []
        for task in try await tasks.all() where task.record.service == service && task.due != nil {
            guard task.record.name == name || task.record.wish.group == name else { continue }
            if try await tasks.stop(task.record.name, service, at: clock.unixMilliseconds) { ended.append(task.record.name) }
        }
        return ended
    }
}
