/// Leads a wanted stream to another address, or has it come from another one, while it runs: by Update, and for all tasks that follow.
package struct AddressChange: Sendable {
    package enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        case notWanted(String)
        /// The worker is in the middle of something with it.
        case busy(String)
        case notRunning(String)

        package var description: String {
            switch self {
            case .notWanted(let name): "no task \(name) is wanted; see `mediaworker agora tasks`"
            case .busy(let name): "the worker is in the middle of a call for \(name); try again in a minute"
            case .notRunning(let name): "\(name) does not run yet; delete it and want it with the other address"
            }
        }
    }

    private static let tries = 20

    private let client: AgoraClient
    private let appID: String
    private let store: any TaskStore
    private let clock: any StreamClock
    private let owner: String

    package init(_ client: AgoraClient, appID: String, store: any TaskStore, clock: any StreamClock, owner: String) {
        self.client = client
        self.appID = appID
        self.store = store
        self.clock = clock
        self.owner = owner
    }

    /// - Throws: `Refusal`, `InvalidCall`, `AgoraError`: nothing is changed for the tasks that follow.
    package func change(_ name: String, _ service: StreamService, to address: String) async throws {
        var task = try await claimed(name, service)
        do {
            try await change(&task.record, to: address)
        } catch {
            // The number is used up, whatever became of the call.
            try await store.release(task, by: owner, at: clock.unixMilliseconds, due: clock.unixMilliseconds)
            throw error
        }
        try await store.release(task, by: owner, at: clock.unixMilliseconds, due: clock.unixMilliseconds)
    }

    private func change(_ record: inout TaskRecord, to address: String) async throws {
        guard let id = record.life.instance?.id else { throw Refusal.notRunning(record.name) }
        // The service keeps what came with the highest number, so that no number may come twice: it is stored before the call.
        record.sequence += 1
        let now = clock.unixMilliseconds
        guard try await store.save(record, by: owner, at: now, until: now + TaskDesk.claim) else { throw Refusal.busy(record.name) }
        var wish = record.wish
        let call: AgoraCall
        if record.service == .mediaPush {
            wish.converter?.rtmpUrl = address
            call = try MediaPushCalls(appID: appID).update(
                id, in: wish.region, to: ConverterSpec(rtmpUrl: wish.converter(after: record.life.losses)?.rtmpUrl), fields: "rtmpUrl",
                sequence: record.sequence)
        } else {
            wish.player?.streamUrl = address
            var change = PlayerChange()
            change.streamUrl = address
            call = try MediaPullCalls(appID: appID).update(id, in: wish.region, to: change, sequence: record.sequence)
        }
        _ = try await client.carryOut(call)
        record.wish = wish
    }

    private func claimed(_ name: String, _ service: StreamService) async throws -> ClaimedTask<TaskRecord> {
        for _ in 0..<Self.tries {
            let now = clock.unixMilliseconds
            if let task = try await store.claim(TaskRecord.self, named: name, service, by: owner, at: now, until: now + TaskDesk.claim) {
                return task
            }
            let isWanted = try await store.all(TaskRecord.self).contains {
                $0.record.name == name && $0.record.service == service && $0.due != nil && $0.stopped == nil
            }
            guard isWanted else { throw Refusal.notWanted(name) }
            await clock.sleep(until: clock.now + .milliseconds(500))
        }
        throw Refusal.busy(name)
    }
}
