import Foundation
import Logging
import SMQProtocol
import Settings
import WorkerStore

/// The configured dead-letter store, opened for a command.
struct DeadLetterOffice {
    private let configuration: WorkerConfiguration

    init(_ configuration: WorkerConfiguration) { self.configuration = configuration }

    /// Where the letters are, for people.
    var place: String {
        switch configuration.deadLetters.store {
        case .sqlite: "\(configuration.worker.stateDirectory)/\(StateDatabase.fileName)"
        case .queue(let name): "the queue \(name)"
        }
    }

    /// nil if nothing has been kept yet.
    var desk: (any DeadLetterDesk)? {
        get throws {
            switch configuration.deadLetters.store {
            case .sqlite:
                do throws(StateDatabaseError) {
                    return try StateDatabase.openExisting(directory: configuration.worker.stateDirectory).map { SQLiteDeadLetterStore($0) }
                } catch {
                    throw CommandFailure(CommandFailure.Code.cannotCreate, error.description)
                }
            case .queue(let name):
                let server = try QueueServer(configuration.queues[0], queue: name)
                return QueueDeadLetterDesk(server.messageQueue, logger: Logger(label: "dead", factory: { _ in SwiftLogNoOpLogHandler() })) {
                    try await server.peek(upTo: $0)
                }
            }
        }
    }

    var existingDesk: any DeadLetterDesk {
        get throws {
            guard let desk = try desk else {
                throw CommandFailure(
                    CommandFailure.Code.noInput, "No dead letters: \(place) is not there yet. Is --config or state_dir the right one?")
            }
            return desk
        }
    }

    /// Runs one operation of the desk; its errors become this command's.
    func attempt<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as CommandFailure {
            throw failure
        } catch let error as DeadLetterDeskError {
            throw CommandFailure(CommandFailure.Code.partial, error.description)
        } catch {
            throw CommandFailure(CommandFailure.Code.refused, "\(place): \(ErrorText.of(error))")
        }
    }
}

/// Sends replayed letters back to the queues they came from, by the labels of the configuration.
final class ReplayTargets {
    private let configuration: WorkerConfiguration
    private var servers: [String: QueueServer] = [:]

    init(_ configuration: WorkerConfiguration) { self.configuration = configuration }

    func send(_ message: OutgoingMessage, to label: String) async throws -> SentMessage {
        guard
            let connection = configuration.queues.first(where: { $0.label == label })
                ?? configuration.queues.first(where: { $0.queue == label })
        else {
            throw CommandFailure(
                CommandFailure.Code.configuration, "the queue \(label) is not in this configuration; name the one that has it with --config"
            )
        }
        let server = try servers[label] ?? QueueServer(connection, queue: connection.queue)
        servers[label] = server
        guard let result = try await server.send([message]).first else { throw CommandFailure(CommandFailure.Code.software, "no answer") }
        return try result.get()
    }
}

/// An error in one line for people.
enum ErrorText {
    static func of(_ error: any Error) -> String {
        switch error {
        case let failure as CommandFailure: failure.text
        case let failure as EntryFailure: "\(failure.code.name): \(failure.message)"
        default: "\(error)"
        }
    }
}
