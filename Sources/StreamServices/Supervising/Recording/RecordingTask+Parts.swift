extension RecordingTask {
    /// A recording at Agora, as its calls name it: the uid is that of the start, after a failover, too.
    package struct Target: Codable, Sendable, Hashable {
        package let uid: String
        package let resourceID: String
        package let sid: String
        /// Of other starts that may have made it, for one that only an event has named.
        let otherResourceIDs: [String]

        package init(uid: String, resourceID: String, sid: String, otherResourceIDs: [String] = []) {
            self.uid = uid
            self.resourceID = resourceID
            self.sid = sid
            self.otherResourceIDs = otherResourceIDs
        }

        /// With the next resource id, when the service refuses this one.
        var other: Target? {
            otherResourceIDs.first.map {
                Target(uid: uid, resourceID: $0, sid: sid, otherResourceIDs: Array(otherResourceIDs.dropFirst()))
            }
        }
    }

    /// One that began: a part of what was wanted.
    package struct Session: Codable, Sendable, Equatable {
        package let sid: String
        package let uid: String
        package let began: Int64
        /// Nobody sent anything while it ran.
        package internal(set) var hasNoFiles = false
    }

    /// A resource id and the starts that were made with it.
    struct Attempt: Codable, Sendable, Equatable {
        let uid: String
        let resourceID: String
        let acquired: Int64
        /// When the first start left.
        var sent: Int64?
        /// A start may be under way, or was when the process died.
        var isCalling = false
        var repeats = 0
        var next: Int64

        /// Nil before its first start.
        var asDoubt: Doubt? { sent.map { Doubt(uid: uid, resourceID: resourceID, sent: $0) } }
    }

    /// A start that may have worked without telling the recording's `sid`.
    struct Doubt: Codable, Sendable, Equatable {
        let uid: String
        let resourceID: String
        let sent: Int64
        /// The service says that one runs.
        var isRunning = false
    }

    /// The end of a recording that is not proven yet.
    struct Debt: Codable, Sendable, Equatable {
        var target: Target
        let since: Int64
        /// No other recording begins before: this one may run.
        let blocksUntil: Int64
        var absence: Absence
        var failures = 0
        /// The service says that it is ending.
        var isEnding = false
        /// The next call is a query that is to confirm the end.
        var isConfirming = false
        /// Only an event has named it, and no answer has shown that it is ours.
        var isUnproven: Bool?
        var next: Int64
    }

    /// How long 404 has been answered.
    struct Absence: Codable, Sendable, Equatable {
        var since: Int64?
        var last: Int64?
        var count = 0
        /// The latest failover that was told.
        var moved: Int64?

        /// From when the time of a failover counts: the first 404 or event 12, the later.
        var base: Int64? { since.map { max($0, moved ?? $0) } }

        mutating func missed(at now: Int64, _ rules: RecordingTaskRules) {
            // Two moves may lie between answers that are so far apart.
            if let last, now - last > rules.failover { clear() }
            since = since ?? now
            last = now
            count += 1
        }

        mutating func clear() { (since, last, count) = (nil, nil, 0) }

        func lasted(_ span: Int64) -> Bool {
            guard let base, let last else { return false }
            return last - base >= span
        }
    }
}
