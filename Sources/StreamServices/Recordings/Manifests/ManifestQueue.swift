/// The recordings whose manifests are to be written, shared by all processes of a host.
///
/// What is heard of a recording puts it in. Owners are processes, and a claim ends by itself when its owner dies. Times are Unix
/// milliseconds.
package protocol ManifestQueue: Sendable {
    /// Takes a recording of which something was heard, or that is to be looked at again, if nobody works on it and it does not rest.
    func claim(by owner: String, at now: Int64, until: Int64) async throws -> ManifestTurn?

    /// Gives it back, if this owner still has it.
    func release(_ turn: ManifestTurn, by owner: String, _ next: ManifestTurn.Next) async throws
}

/// One writing of a recording's manifest.
package struct ManifestTurn: Sendable, Equatable {
    package let sid: String
    /// How much had been heard of it when it was taken.
    package let marks: Int64
    /// How often it was looked at since something was heard last.
    package let looks: Int

    package init(sid: String, marks: Int64, looks: Int) {
        self.sid = sid
        self.marks = marks
        self.looks = looks
    }

    /// When it has its next turn.
    package struct Next: Sendable, Equatable {
        /// False leaves what was heard for the next turn.
        package let isWritten: Bool
        /// Not before, whatever is heard.
        package let rest: Int64
        /// Then though nothing is heard; nil if that could change nothing.
        package let look: Int64?

        package init(isWritten: Bool, rest: Int64, look: Int64?) {
            self.isWritten = isWritten
            self.rest = rest
            self.look = look
        }
    }
}
