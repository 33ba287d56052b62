package import Logging
package import SMQProtocol
import WorkerCore

/// What can be done with dead letters in a queue. A queue shows only its head and cannot search: where there is more than a peek
/// shows, this desk receives the letters and hands them back.
package struct QueueDeadLetterDesk: DeadLetterDesk {
    /// What one peek shows at most.
    package static let reach = SMQLimits.maximumBatch

    let queue: any MessageQueue
    let logger: Logger
    private let peek: @Sendable (_ maximum: Int) async throws -> [ReceivedMessage]

    /// - Parameter peek: BatchPeekMessage on the same queue, 1...16 messages; handles and lease times are not looked at.
    package init(
        _ queue: any MessageQueue, logger: Logger, peek: @escaping @Sendable (_ maximum: Int) async throws -> [ReceivedMessage]
    ) {
        self.queue = queue
        self.logger = logger
        self.peek = peek
    }

    package var limitation: String? {
        "dead letters are kept in the queue \(queue.name); those that another command has in hand are not seen"
    }

    package func forEach(_ selection: DeadLetterSelection, _ body: (StoredDeadLetter) async throws -> Void) async throws {
        for letter in try await visible(selection) { try await body(letter) }
    }

    package func ids(_ selection: DeadLetterSelection) async throws -> [String] { try await visible(selection).map(\.id) }

    package func counts(_ selection: DeadLetterSelection) async throws -> [DeadLetterCount] {
        throw DeadLetterDeskError.notOnAQueue(operation: "count by reason", queue: queue.name)
    }

    package func show(_ id: String) async throws -> StoredDeadLetter {
        let letters = try await visible(DeadLetterSelection()).filter { $0.isNamed(id) }
        guard let letter = letters.first else { throw DeadLetterDeskError.notFound(id) }
        guard letters.count == 1 else { throw DeadLetterDeskError.ambiguous(id, ids: letters.map(\.id)) }
        return letter
    }

    package func drop(_ ids: [String]) async throws -> DropReport {
        var report = DropReport()
        report.missing = try await scan(for: ids) { id, _, handle in
            if let failure = await delete(handle) {
                report.failed.append(DropReport.Failure(id: id, reason: "\(failure)"))
            } else {
                report.dropped.append(id)
            }
        }
        return report
    }

    /// A letter that was sent again is deleted here: what can be listed has not been replayed, and `force` changes nothing.
    package func replay(
        _ ids: [String], force: Bool, send: (_ message: OutgoingMessage, _ queue: String) async throws -> SentMessage,
        report: (_ id: String, _ outcome: ReplayOutcome) async throws -> Void
    ) async throws {
        let missing = try await scan(for: ids) { id, stored, handle in
            try await report(id, await replay(stored, handle, send: send))
        }
        for id in missing { try await report(id, .notFound) }
    }

    private func replay(
        _ stored: StoredDeadLetter, _ handle: ReceiptHandle,
        send: (_ message: OutgoingMessage, _ queue: String) async throws -> SentMessage
    ) async -> ReplayOutcome {
        let replay = ReplayMessage(stored)
        if let obstacle = stored.isForeign ? "no worker put it here, so its queue is not known" : replay.obstacle {
            await handBack(handle)
            return .unsendable(reason: obstacle)
        }
        let sent: SentMessage
        do {
            sent = try await send(replay.message, stored.letter.key.queue)
        } catch {
            await handBack(handle)
            return .failed(error)
        }
        if let failure = await delete(handle) { return .sentNotMarked(sent, failure) }
        return .sent(sent)
    }

    private func visible(_ selection: DeadLetterSelection) async throws -> [StoredDeadLetter] {
        var messages = try await peek(Self.reach)
        let counts = try await queue.attributes()
        if messages.count < counts.activeMessages + counts.inactiveMessages + counts.delayedMessages { messages = try await receiveAll() }
        var letters = messages.map { StoredDeadLetter($0, in: queue.name) }.filter(selection.includes)
        letters.sort { selection.order == .newestFirst ? $0.kept > $1.kept : $0.kept < $1.kept }
        return Array(letters.dropFirst(selection.offset).prefix(selection.limit ?? .max))
    }
}

extension StoredDeadLetter {
    /// By its own id, or by that of the message it came from.
    func isNamed(_ id: String) -> Bool { self.id == id || letter.key.messageID == id }
}
