/// Leads a wanted stream to another address, or has it come from another one, while it runs: by Update, and for all tasks that follow.
package struct AddressChange: Sendable {
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

    /// - Throws: `ChangeRefusal`, `InvalidCall`, and `AgoraError`: after one that says that it may have been carried out, tasks that follow have it.
    package func change(_ name: String, _ service: StreamService, to address: String) async throws {
        var task = try await store.claim(TaskRecord.self, named: name, service, by: owner, clock: clock)
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
        let before = record
        let (changed, call) = try update(record, to: address)
        let service = record.service
        try changed.wish.checkAlone(
            among: try await store.all(TaskRecord.self).filter { $0.due != nil && $0.record.service == service }.map(\.record.wish))
        record = changed
        // Stored before the call: no number may come twice, since the service keeps what came with the highest, and what may have been
        // carried out has to hold for replacements, too.
        let now = clock.unixMilliseconds
        guard try await store.save(record, by: owner, at: now, until: now + TaskDesk.claim) else { throw ChangeRefusal.busy(record.name) }
        do throws(AgoraError) {
            _ = try await client.carryOut(call, before: now + TaskDesk.claim - TaskDesk.callMargin)
        } catch {
            if error.isCertainlyUndone { (record.wish, record.written) = (before.wish, before.written) }
            throw error
        }
    }

    /// - Returns: The record as it is after the change, and the call that makes it.
    /// - Throws: `ChangeRefusal`, and `InvalidCall` for an address that the service would not take.
    private func update(_ record: TaskRecord, to address: String) throws -> (TaskRecord, AgoraCall) {
        guard let id = record.life.instance?.id else { throw ChangeRefusal.notRunning(record.name) }
        var changed = record
        changed.sequence += 1
        changed.written = record.written ?? record.wish
        guard record.service == .mediaPush else {
            changed.wish.player?.streamUrl = address
            var change = PlayerChange()
            change.streamUrl = address
            return (changed, try MediaPullCalls(appID: appID).update(id, in: record.wish.region, to: change, sequence: changed.sequence))
        }
        changed.wish.converter?.rtmpUrl = address
        let spec = ConverterSpec(rtmpUrl: changed.wish.converter(after: record.life.losses)?.rtmpUrl)
        let calls = MediaPushCalls(appID: appID)
        return (changed, try calls.update(id, in: record.wish.region, to: spec, fields: "rtmpUrl", sequence: changed.sequence))
    }
}
