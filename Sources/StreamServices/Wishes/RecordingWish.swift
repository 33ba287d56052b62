/// A show that somebody wants recorded: what `mediaworker agora recording create` and the file of wanted tasks say.
///
/// ```json
/// { "name": "evening", "cname": "class32", "mode": "mix", "uids": ["527841", "527842"], "until": "2026-06-01T22:00:00Z",
///   "start": { "storageConfig": { "vendor": 2, "region": 0, "bucket": "b", "accessKey": "…", "secretKey": "…" } } }
/// ```
/// It holds keys of the storage: the state files that keep it are for their owner alone.
package struct RecordingWish: Codable, Sendable, Equatable {
    /// Unique among the shows.
    package var name: String
    /// The channel.
    package var cname: String
    package var mode: RecordingMode
    /// Two users that nobody else in the channel has: recordings that follow each other take turns.
    package var uids: [String]
    /// Two more, for a second recording beside the first one, on other servers.
    package var backupUids: [String]?
    package var until: StreamWish.Until
    /// Ends that the service reports do not end the wish before its time.
    package var keepUntil: Bool?
    /// The `clientRequest` of `acquire`; what it must not share a fate with is filled in.
    package var acquire: CloudRecordingCalls.Acquiring?
    /// The `clientRequest` of `start`.
    package var start: RecordingSpec
    /// The time within which event 13 has to come, in seconds; without it nobody waits for it, since Agora does not document it.
    package var registersWithin: Int?
    package var isConfigured: Bool?

    /// Where the storage has its files; empty at the top, or ends with `/`.
    var folder: String { (start.storageConfig.fileNamePrefix ?? []).map { $0 + "/" }.joined() }

    /// - Parameter now: Unix milliseconds.
    /// - Throws: Every rule that it breaks, those of the calls that will be made for it included.
    package func check(appID: String, now: Int64) throws(InvalidCall) {
        var rules = CallRules()
        rules.name(name)
        if case .moment(let end) = until { rules.require(end > now, "until", "must be in the future, or \"forever\"") }
        rules.require(uids.count == 2, "uids", "must be two")
        rules.require(backupUids.map { $0.count == 2 } ?? true, "backupUids", "must be two")
        let all = uids + (backupUids ?? [])
        rules.require(Set(all).count == all.count, "uids", "must differ from each other and from backupUids")
        if let registersWithin { rules.range(registersWithin, 5...90, "registersWithin") }
        try rules.finish("The show `\(name)`")
        let calls = CloudRecordingCalls(appID: appID)
        for uid in all {
            let identity = RecordingIdentity(cname: cname, uid: uid)
            _ = try calls.acquire(identity, acquire ?? .init())
            _ = try calls.start(identity, resourceID: "resource", mode, start)
        }
    }
}
