/// A moment by the queue server's clock, to the millisecond.
///
/// Message times travel as Unix milliseconds, queue times (`CreateTime`) as Unix seconds; both end here. Never compared with
/// the local wall clock: that clock may be off, and leases are counted on the monotonic one.
package struct ServerTime: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func < (earlier: ServerTime, later: ServerTime) -> Bool { earlier.milliseconds < later.milliseconds }

    /// How long after `earlier` this is; negative if before.
    package func since(_ earlier: ServerTime) -> Duration { .milliseconds(milliseconds - earlier.milliseconds) }
}
