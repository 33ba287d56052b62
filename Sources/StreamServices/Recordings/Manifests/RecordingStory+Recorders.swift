/// Who recorded: the recorder keeps its recording over a failover, and gets another uid.
extension RecordingStory {
    struct Recorder: Sendable, Equatable {
        let uid: String
        /// When it was announced, or first heard of.
        let since: Int64
        /// Announced by event 12; otherwise its own events alone tell of it.
        let isAnnounced: Bool
    }

    /// The one that was started, then those after each failover. Empty if nothing names one.
    ///
    /// The uid that no failover announced and that was heard first is the start uid: the one with which calls go on.
    var recorders: [Recorder] {
        let started = uids.filter { failovers[$0.key] == nil }.min { ($0.value, $0.key) < ($1.value, $1.key) }
        var later = failovers.map { Recorder(uid: $0.key, since: $0.value, isAnnounced: true) }
        later += uids.filter { failovers[$0.key] == nil && $0.key != started?.key }
            .map { Recorder(uid: $0.key, since: $0.value, isAnnounced: false) }
        later.sort { ($0.since, $0.uid) < ($1.since, $1.uid) }
        return (started.map { [Recorder(uid: $0.key, since: $0.value, isAnnounced: false)] } ?? []) + later
    }

    /// How often the recording moved to another server, as far as events tell.
    var failoverCount: Int { max(failovers.count, recorders.count - 1) }
}
