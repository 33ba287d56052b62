import Logging
import SMQClient
import SMQProtocol
import Settings

/// The queue server as operator commands use it: each failure says what to do about it.
struct QueueServer {
    let queue: String
    let endpoint: String
    private let client: SMQClient

    /// - Parameter queue: nil takes the first configured queue.
    init(_ configuration: WorkerConfiguration, queue name: String? = nil) throws(CommandFailure) {
        guard let connection = configuration.queues.first(where: { $0.label == name || $0.queue == name }) ?? configuration.queues.first
        else { throw CommandFailure(CommandFailure.Code.configuration, "No queue is configured; set smq.queue.") }
        try self.init(connection, queue: name == connection.label ? connection.queue : name ?? connection.queue)
    }

    /// - Parameter other: an address that no configuration names.
    init(_ connection: QueueConnection, queue: String, endpoint other: String? = nil) throws(CommandFailure) {
        self.queue = queue
        endpoint = other ?? connection.endpoint.url
        client = try SMQClient(connection, endpoint: endpoint, logger: Logger(label: "smq", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// The queue's seam, for stores that live in a queue.
    var messageQueue: SMQQueue { client.queue(queue) }

    /// - Returns: False if the queue was there with the same attributes.
    func create(_ name: String, _ settings: QueueSettings) async throws -> Bool {
        try await attempt { () throws(SMQError) in try await client.createQueue(name, settings) }
    }

    func set(_ name: String, _ settings: QueueSettings) async throws {
        try await attempt { () throws(SMQError) in try await client.setAttributes(settings, of: name) }
    }

    /// - Returns: False if there was no such queue.
    func delete(_ name: String) async throws -> Bool {
        try await attempt { () throws(SMQError) in
            do throws(SMQError) { try await client.deleteQueue(name) } catch {
                if error.code == .queueNotExist { return false }
                throw error
            }
            return true
        }
    }

    func attributes(_ name: String) async throws -> QueueAttributes {
        try await attempt { () throws(SMQError) in try await client.attributes(of: name) }
    }

    /// All names, over all pages.
    func names(prefix: String?) async throws -> [String] {
        var names: [String] = []
        var request = QueueListRequest(prefix: prefix)
        repeat {
            let page = try await attempt { () throws(SMQError) in try await client.listQueues(request) }
            names += page.queues.map(\.name)
            request.marker = page.nextMarker
        } while request.marker != nil
        return names
    }

    /// One result for each message; a refusal of a single message is a result, not an error.
    func send(_ messages: [OutgoingMessage]) async throws -> [Result<SentMessage, EntryFailure>] {
        do throws(SMQError) {
            if messages.count == 1 { return [.success(try await client.send(messages[0], to: queue))] }
            return try await client.send(messages, to: queue)
        } catch {
            if [.invalidArgument, .malformedXML, .invalidRequest].contains(error.code) {
                return messages.map { _ in .failure(EntryFailure(code: error.code, message: error.message)) }
            }
            throw failure(error)
        }
    }

    func peek(upTo maximum: Int) async throws -> [ReceivedMessage] {
        try await attempt { () throws(SMQError) in try await client.peek(at: queue, upTo: maximum) }
    }

    private func attempt<Value>(_ call: () async throws(SMQError) -> Value) async throws(CommandFailure) -> Value {
        do {
            return try await call()
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: SMQError) -> CommandFailure {
        let name = error.queue ?? queue
        switch error.code {
        case .unreachable, .timeout, .transport:
            return CommandFailure(
                CommandFailure.Code.unavailable,
                "The queue server at \(endpoint) cannot be reached: \(error.message). Start it (`mediaworker serve`) or set smq.endpoint.")
        case .queueNotExist:
            return CommandFailure(
                CommandFailure.Code.refused,
                "There is no queue \(name) at \(endpoint). Create it: mediaworker queue create \(name)")
        case .queueAlreadyExist:
            return CommandFailure(
                CommandFailure.Code.refused,
                "The queue \(name) exists at \(endpoint) with other attributes. Change them: mediaworker queue set \(name)")
        case .invalidAccessKeyID, .signatureDoesNotMatch, .accessDenied:
            return CommandFailure(
                CommandFailure.Code.noPermission,
                "\(endpoint) refuses the access key (\(error.code.name)). Set smq.access_key_id and smq.access_key_secret to a key that may do this."
            )
        case .invalidRequest where error.status == nil:  // checked here, never sent
            return CommandFailure(CommandFailure.Code.usage, error.message)
        default:
            return CommandFailure(CommandFailure.Code.refused, "\(endpoint): \(error)")
        }
    }
}
