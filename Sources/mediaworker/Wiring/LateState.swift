import Bridge
import Foundation
import SMQProtocol
import Settings
import WorkerCore
import WorkerStore

/// The state database of a bridge, opened as soon as it can be: a disk that is full at the start must not keep notices from the queue.
actor LateState {
    /// Between two tries.
    private static let pause: Duration = .seconds(5)

    private let directory: String
    private var database: StateDatabase?
    private var failure: StateDatabaseError?
    private var failedAt = ContinuousClock.now

    /// - Throws: What no waiting mends: no right to write, a damaged file, a later version's file.
    init(_ configuration: WorkerConfiguration) throws(CommandFailure) {
        directory = configuration.worker.stateDirectory
        do throws(StateDatabaseError) {
            database = try StateDatabase.open(directory: directory)
        } catch {
            switch error.kind {
            case .notWritable, .newerSchema, .corrupt: throw CommandFailure(CommandFailure.Code.cannotCreate, error.description)
            case .busy, .diskFull, .failed: failure = error
            }
        }
    }

    /// Why it is not open yet.
    var problem: StateDatabaseError? { failure }

    /// - Throws: Why it cannot be opened; asked for again only after a while.
    func opened() throws -> StateDatabase {
        if let database { return database }
        if let failure, .now - failedAt < Self.pause { throw failure }
        do throws(StateDatabaseError) {
            let opened = try StateDatabase.open(directory: directory)
            (database, failure) = (opened, nil)
            return opened
        } catch {
            (failure, failedAt) = (error, .now)
            throw error
        }
    }
}

/// Dead letters in a database that may open late.
struct LateDeadLetters: DeadLetterStore, DeadLetterDesk {
    let state: LateState

    private var letters: SQLiteDeadLetterStore {
        get async throws { SQLiteDeadLetterStore(try await state.opened()) }
    }

    func keep(_ letter: DeadLetter) async throws { try await letters.keep(letter) }

    var limitation: String? { nil }

    func forEach(_ selection: DeadLetterSelection, _ body: (StoredDeadLetter) async throws -> Void) async throws {
        try await letters.forEach(selection, body)
    }

    func ids(_ selection: DeadLetterSelection) async throws -> [String] { try await letters.ids(selection) }

    func counts(_ selection: DeadLetterSelection) async throws -> [DeadLetterCount] { try await letters.counts(selection) }

    func show(_ id: String) async throws -> StoredDeadLetter { try await letters.show(id) }

    func drop(_ ids: [String]) async throws -> DropReport { try await letters.drop(ids) }

    func replay(
        _ ids: [String], force: Bool, send: (OutgoingMessage, String) async throws -> SentMessage,
        report: (String, ReplayOutcome) async throws -> Void
    ) async throws {
        try await letters.replay(ids, force: force, send: send, report: report)
    }
}

/// One claim in a database that may open late.
struct LateClaim: PumpClaim {
    let state: LateState
    let name: String
    private let owner = UUID().uuidString

    init(_ state: LateState, name: String) {
        self.state = state
        self.name = name
    }

    private var claim: SQLiteClaim {
        get async throws { SQLiteClaim(try await state.opened(), name: name, owner: owner) }
    }

    func take(for time: Duration) async throws -> Bool { try await claim.take(for: time) }

    func giveBack() async throws { try await claim.giveBack() }
}
