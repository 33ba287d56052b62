package import SMQProtocol

/// What people do with dead letters. Letters are named by their own id or by the id of the message.
package protocol DeadLetterDesk: Sendable {
    /// What can be seen from here, if that is not everything: a sentence for people.
    var limitation: String? { get }

    /// Calls `body` for each selected letter in order, with few letters in memory at a time. Letters kept meanwhile do not appear.
    func forEach(_ selection: DeadLetterSelection, _ body: (StoredDeadLetter) async throws -> Void) async throws

    /// The ids of the selected letters in order: what `replay` and `drop` take.
    func ids(_ selection: DeadLetterSelection) async throws -> [String]

    /// How many of the selected letters there are by reason and event type, most frequent first. Limit and offset are not looked at.
    func counts(_ selection: DeadLetterSelection) async throws -> [DeadLetterCount]

    /// - Throws: `DeadLetterDeskError` when there is none, or more than one.
    func show(_ id: String) async throws -> StoredDeadLetter

    /// Removes letters for good, replayed or not.
    func drop(_ ids: [String]) async throws -> DropReport

    /// Sends letters again, one after the other, each with its exact body and its own user properties.
    ///
    /// Each is sent first and marked afterwards: a crash in between repeats the send and never loses a letter. The new message has
    /// a new id, so it starts with no attempts; `ReplayProperty` tells where it came from.
    /// - Parameters:
    ///   - force: Send again what was sent before.
    ///   - send: Puts the message into the queue with this label.
    ///   - report: Called once for each id, in the order of the work. An error it throws ends the replay.
    func replay(
        _ ids: [String], force: Bool, send: (_ message: OutgoingMessage, _ queue: String) async throws -> SentMessage,
        report: (_ id: String, _ outcome: ReplayOutcome) async throws -> Void
    ) async throws
}

extension DeadLetterDesk {
    /// The selected letters at once: for few.
    package func list(_ selection: DeadLetterSelection) async throws -> [StoredDeadLetter] {
        var letters: [StoredDeadLetter] = []
        try await forEach(selection) { letters.append($0) }
        return letters
    }

    /// JSON Lines: one `DeadLetterJSON` for each selected letter, with the line feed.
    package func export(_ selection: DeadLetterSelection, to write: ([UInt8]) async throws -> Void) async throws {
        try await forEach(selection) { letter in
            try await write(try DeadLetterJSON(letter).bytes() + [UInt8(ascii: "\n")])
        }
    }
}
