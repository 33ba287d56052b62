import MediaEvents

/// What runs in a project, read to its end: every page, or an error. Half a list proves nothing.
package struct TaskLists: Sendable {
    /// More pages than any project has; a service that never ends its list is not followed for ever.
    private static let mostPages = 1000

    private let client: AgoraClient
    private let push: MediaPushCalls
    private let pull: MediaPullCalls

    package init(_ client: AgoraClient, appID: String) {
        self.client = client
        push = MediaPushCalls(appID: appID)
        pull = MediaPullCalls(appID: appID)
    }

    /// - Parameter deadline: Unix milliseconds; no call leaves later.
    /// - Throws: `AgoraError`, `InvalidCall`, or `UndecodableBody` for an answer that cannot be read.
    package func converters(channel: String? = nil, before deadline: Int64? = nil) async throws -> [ConverterPage.Member] {
        try await all { cursor in
            let answer = try await client.carryOut(push.list(channel: channel, cursor: cursor), before: deadline)
            let page: ConverterPage = try VendorReply.read(answer.body)
            return (page.data.members, page.nextCursor)
        }
    }

    package func players(channel: String? = nil, before deadline: Int64? = nil) async throws -> [PlayerReply] {
        try await all { token in
            let answer = try await client.carryOut(try pull.list(channel: channel, pageToken: token), before: deadline)
            let page: PlayerPage = try VendorReply.read(answer.body)
            return (page.players, page.nextToken)
        }
    }

    private func all<Task>(_ page: (_ mark: String?) async throws -> (tasks: [Task], next: String?)) async throws -> [Task] {
        var (tasks, mark, marks) = ([Task](), String?.none, Set<String>())
        while true {
            let (some, next) = try await page(mark)
            tasks += some
            guard let next else { return tasks }
            guard marks.insert(next).inserted, marks.count < Self.mostPages else {
                throw UndecodableBody(reason: "the list has no end: the mark of a page comes again, or there are \(marks.count) pages")
            }
            mark = next
        }
    }
}
