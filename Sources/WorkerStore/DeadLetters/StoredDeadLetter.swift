package import WorkerCore

package import struct Foundation.Date

/// A dead letter with what its store knows about it.
package struct StoredDeadLetter: Sendable, Equatable {
    /// The last time it was sent again.
    package struct Replay: Sendable, Equatable {
        package var time: Date
        /// The id of the new message.
        package var messageID: String
    }

    /// Short and stable, for people: the row number (`12`) in SQLite, the message id of the letter itself in a queue.
    package var id: String
    package var letter: DeadLetter
    package var kept: Date
    package var replay: Replay?
    /// How often this letter has been sent again.
    package var replays = 0
}
