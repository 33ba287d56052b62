import Foundation
import GRDB
package import SMQProtocol
import WorkerCore

extension SQLiteDeadLetterStore {
    /// How long a replay holds a letter, in milliseconds: much longer than a send can take. After a crash of the program in the
    /// middle of a send, the letter can be replayed again when this time is over.
    private static var claimTime: Int64 { 120_000 }

    private enum Claim: Sendable {
        case taken(StoredDeadLetter)
        case refused(ReplayOutcome)
    }

    package func replay(
        _ ids: [String], force: Bool, send: (_ message: OutgoingMessage, _ queue: String) async throws -> SentMessage,
        report: (_ id: String, _ outcome: ReplayOutcome) async throws -> Void
    ) async throws {
        for id in ids {
            let outcome: ReplayOutcome
            do {
                outcome = try await replay(try await row(id), force: force, send: send)
            } catch DeadLetterDeskError.notFound {
                outcome = .notFound
            } catch let error as DeadLetterDeskError {
                outcome = .failed(error)
            }
            try await report(id, outcome)
        }
    }

    private func replay(
        _ row: Int64, force: Bool, send: (_ message: OutgoingMessage, _ queue: String) async throws -> SentMessage
    ) async throws -> ReplayOutcome {
        let claim = makeClaim()
        let stored: StoredDeadLetter
        switch try await take(row, claim, force: force) {
        case .refused(let outcome): return outcome
        case .taken(let letter): stored = letter
        }
        let replay = ReplayMessage(stored)
        if let obstacle = replay.obstacle {
            try await giveBack(row, claim)
            return .unsendable(reason: obstacle)
        }
        let sent: SentMessage
        do {
            sent = try await send(replay.message, stored.letter.key.queue)
        } catch {
            // Should this fail too, the claim runs out by itself; the caller learns of the database's trouble either way.
            try await giveBack(row, claim)
            return .failed(error)
        }
        do {
            try await mark(row, as: sent.id)
            return .sent(sent)
        } catch {
            return .sentNotMarked(sent, error)
        }
    }

    /// Takes the letter for one replay, so that two people who replay at the same time do not both send it.
    private func take(_ row: Int64, _ claim: String, force: Bool) async throws -> Claim {
        let time = StoredTime.milliseconds(now())
        return try await database.write { connection in
            guard let found = try Row.fetchOne(connection, sql: "SELECT * FROM deadLetter WHERE id = ?", arguments: [row]) else {
                return .refused(.notFound)
            }
            if let until: Int64 = found["claimedUntil"], until > time { return .refused(.claimed(until: StoredTime.date(until))) }
            let stored = try StoredDeadLetter(found)
            if let earlier = stored.replay, !force { return .refused(.alreadyReplayed(earlier)) }
            try connection.execute(
                sql: "UPDATE deadLetter SET claim = ?, claimedUntil = ? WHERE id = ?",
                arguments: [claim, time + Self.claimTime, row])
            return .taken(stored)
        }
    }

    private func giveBack(_ row: Int64, _ claim: String) async throws {
        try await database.write { connection in
            try connection.execute(
                sql: "UPDATE deadLetter SET claim = NULL, claimedUntil = NULL WHERE id = ? AND claim = ?", arguments: [row, claim])
        }
    }

    /// Marks the letter whoever holds the claim by now, since it was sent.
    private func mark(_ row: Int64, as messageID: String) async throws {
        let time = StoredTime.milliseconds(now())
        try await database.write { connection in
            try connection.execute(
                sql: """
                    UPDATE deadLetter SET claim = NULL, claimedUntil = NULL, replays = replays + 1, replayedAt = ?, replayedAs = ?
                    WHERE id = ?
                    """,
                arguments: [time, messageID, row])
        }
    }
}
