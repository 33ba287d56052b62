/// The recordings of one show, joined in the order in which they were made: what failed was followed by a new one.
package struct ShowManifest: Encodable, Sendable, Equatable {
    package struct Member: Encodable, Sendable, Equatable {
        package let sid: String
        /// Its own manifest, beside this one. Absent if nothing is known of it.
        package let manifest: String?
        package let isComplete: Bool
        package let began: String?
        package let ended: String?
    }

    package struct Reason: Encodable, Sendable, Equatable {
        package let sid: String
        package let code: String
        package let text: String
    }

    package let name: String
    /// When its wish was registered: another show may have had the name before.
    package let wanted: String?
    /// Whether it is the second recording of the wish, beside the first.
    package let isBackup: Bool
    package let sids: [String]
    /// Whether all recordings so far are; a later one can follow.
    package let isComplete: Bool
    package let reasons: [Reason]
    /// In their order.
    package let recordings: [Member]
    package let tracks: [ManifestTrack]
    /// MP4 files in the order in which they play.
    package let mp4: [String]
}

/// The recordings of a show, each as far as it is known, in their order.
struct ShowView: Sendable {
    struct Member: Sendable {
        let sid: String
        /// Nil if nothing was heard of it.
        var view: RecordingView?
        var manifest: RecordingManifest?

        init(sid: String) { self.sid = sid }

        init(_ view: RecordingView, _ manifest: RecordingManifest) {
            sid = manifest.sid
            self.view = view
            self.manifest = manifest
        }
    }

    let show: LinkedRecordings.Show
    let members: [Member]

    /// The tracks of all recordings one behind the other.
    var timelines: [RecordingTimeline] {
        var joined: [TrackKey: RecordingTimeline] = [:]
        for timeline in members.flatMap({ $0.view?.timelines ?? [] }) {
            joined[TrackKey(timeline.track), default: RecordingTimeline(track: timeline.track, parts: [])].parts += timeline.parts
        }
        return joined.sorted { $0.key < $1.key }.map(\.value)
    }

    var reasons: [ShowManifest.Reason] {
        members.flatMap { member in
            guard let manifest = member.manifest else {
                return [ShowManifest.Reason(sid: member.sid, code: "unknown", text: "no event of this recording has come")]
            }
            return manifest.reasons.map { ShowManifest.Reason(sid: member.sid, code: $0.code.rawValue, text: $0.text) }
        }
    }
}

extension ShowManifest {
    init(_ show: ShowView) {
        name = show.show.name
        wanted = show.show.wanted.map(RecordingTime.text)
        isBackup = show.show.isBackup
        sids = show.members.map(\.sid)
        reasons = show.reasons
        isComplete = reasons.isEmpty
        recordings = show.members.map { member in
            Member(
                sid: member.sid, manifest: member.manifest.map { ManifestName.manifest($0.sid) },
                isComplete: member.manifest?.isComplete ?? false, began: member.manifest?.began, ended: member.manifest?.ended)
        }
        tracks = show.timelines.map { ManifestTrack($0, playlist: ManifestName.showPlaylist(show.show, $0.track)) }
        mp4 = show.members.flatMap { $0.manifest?.mp4 ?? [] }
    }
}
