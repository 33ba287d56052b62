/// What is known of one recording: who recorded, when and how it ended, which files there are, how they play, and what is missing.
///
/// Made from facts and index files alone: the same facts in any order give the same bytes.
package struct RecordingManifest: Encodable, Sendable, Equatable {
    package enum Mode: String, Encodable, Sendable {
        case composite, individual
        case webPage = "web-page"
    }

    /// The recorder that was started, or one that took over.
    package struct Recorder: Encodable, Sendable, Equatable {
        package let uid: String
        /// What it wrote: `none`, `bak0`, `bak1`, ... Absent if it is unknown, because no event told of another recorder.
        package let generation: String?
        package let since: String
        /// Whether a failover announced it, and not its own events alone.
        package let isAnnounced: Bool
    }

    /// How it ended, as far as it was told.
    package struct End: Encodable, Sendable, Equatable {
        /// Event 11: 0 normal, 1 abnormal.
        package let exitStatus: Int64?
        package let exited: String?
        /// Event 41: bits.
        package let leaveCode: Int64?
        package let left: String?
        /// Event 71, of a web page recording.
        package let webPageCode: Int64?
        package let webPageStopped: String?
        /// Events 31 and 32.
        package let isUploaded: Bool
        package let isBackedUp: Bool
        /// What `stop` answered.
        package let uploadingStatus: String?
        /// The last event 33, in ten-thousandths of the recorded files.
        package let uploadProgress: Int64?
    }

    package struct Fault: Encodable, Sendable, Equatable {
        package let time: String
        package let module: Int64
        /// 5 is fatal.
        package let level: Int64
        package let code: Int64
        package let text: String
    }

    /// A stream that broke off and went on, as event 42 tells it.
    package struct Interruption: Encodable, Sendable, Equatable {
        package let from: String
        package let to: String
        /// `0` for all users.
        package let uid: String
        package let type: String
    }

    package struct File: Encodable, Sendable, Equatable {
        package let name: String
        /// `index`, `slice`, `mp4`, `screenshot`, `delayed-copy`.
        package let kind: String
        package let generation: String
        /// The recorded user; absent where all are in one file.
        package let uid: String?
        /// `audio`, `video`; absent where both are in one file.
        package let type: String?
        package let start: String?
        package let seconds: Double?
        /// `event 31`, `query`, `index file`, `folder`.
        package let sources: [String]
    }

    package let sid: String
    package let cname: String?
    package let mode: Mode?
    package let isComplete: Bool
    /// Why it is not complete. Empty exactly if it is.
    package let reasons: [ManifestReason]
    /// What else somebody should know.
    package let notes: [String]
    /// With this one calls go on, whatever recorder is in the channel.
    package let startUid: String?
    /// In the channel now, or last.
    package let currentUid: String?
    /// As far as events or the names of files tell.
    package let failovers: Int
    package let recorders: [Recorder]
    package let began: String?
    package let ended: String?
    package let end: End
    package let faults: [Fault]
    package let interruptions: [Interruption]
    /// In the order in which they play, kind by kind.
    package let files: [File]
    /// Names that are not this recording's.
    package let foreign: [String]
    package let tracks: [ManifestTrack]
    /// MP4 files in the order in which they play.
    package let mp4: [String]
}

/// One track, in the order in which it plays.
package struct ManifestTrack: Encodable, Sendable, Equatable {
    /// What one recorder wrote.
    package struct Part: Encodable, Sendable, Equatable {
        package let sid: String
        package let generation: String
        /// The index file that was read.
        package let index: String
        package let isClosed: Bool
        package let slices: Int
        package let from: String?
        package let to: String?
        package let seconds: Double
        /// When streams began, or began again after a break.
        package let starts: [String]
    }

    package struct Gap: Encodable, Sendable, Equatable {
        package let before: String
        package let after: String
        package let from: String
        package let to: String
        package let seconds: Double
    }

    package let uid: String?
    package let type: String?
    /// The media playlist beside the manifest.
    package let playlist: String
    package let parts: [Part]
    package let gaps: [Gap]
    package let overlaps: [Gap]
}

/// One thing that keeps a recording from being complete.
package struct ManifestReason: Encodable, Sendable, Hashable, Comparable {
    package enum Code: String, Encodable, Sendable, CaseIterable {
        /// Neither event 31 nor 32 has come.
        case notUploaded = "not-uploaded"
        /// What was uploaded is an earlier recorder's.
        case uploadedBeforeFailover = "uploaded-before-failover"
        case uploadFailed = "upload-failed"
        case uploadProgress = "upload-progress"
        /// After event 32: Agora's backup storage has not delivered everything.
        case notDelivered = "not-delivered"
        case noFiles = "no-files"
        /// A recorder took over, and no index file of its generation is known.
        case generationMissing = "generation-missing"
        /// No source of index files is configured.
        case slicesUnknown = "slices-unknown"
        case indexMissing = "index-missing"
        case indexUnreadable = "index-unreadable"
        case sourceUnreachable = "source-unreachable"
        /// It has no `#EXT-X-ENDLIST`.
        case indexOpen = "index-open"
        case indexEmpty = "index-empty"
        case indexDamaged = "index-damaged"
        case channelUnknown = "channel-unknown"
    }

    package let code: Code
    /// For a person; names the file, or the event that is awaited.
    package let text: String

    package static func < (one: Self, other: Self) -> Bool { (one.code.rank, one.text) < (other.code.rank, other.text) }
}

extension ManifestReason.Code {
    /// In the order of the cases, which goes from the whole to its parts.
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
