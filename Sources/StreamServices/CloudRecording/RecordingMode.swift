/// How a recording is made: part of the path of all its calls but `acquire`.
package enum RecordingMode: String, Sendable, CaseIterable, Codable {
    /// A file for each user and type.
    case individual
    /// All users in one file; also called composite.
    case mix
    /// A web page.
    case web
}

/// What names a recording in all its calls: the user that records, in the channel that is recorded.
///
/// Both stay what they were at the start, also after a failover, when the recorder itself has another uid in the channel.
package struct RecordingIdentity: Sendable, Hashable, Codable {
    package let cname: String
    /// A whole number as text, 1...4294967295, that nobody else in the channel has.
    package let uid: String

    package init(cname: String, uid: String) {
        self.cname = cname
        self.uid = uid
    }
}

/// A recording that was started.
package struct RecordingHandle: Sendable, Hashable, Codable {
    package let identity: RecordingIdentity
    /// Opaque, several hundred characters, for one recording.
    package let resourceID: String
    package let sid: String
    package let mode: RecordingMode

    package init(_ identity: RecordingIdentity, resourceID: String, sid: String, mode: RecordingMode) {
        self.identity = identity
        self.resourceID = resourceID
        self.sid = sid
        self.mode = mode
    }
}
