import ArgumentParser
import Foundation
import LocalSMQ
import Logging
import SMQProtocol
import ServiceLifecycle
import Settings

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the local SMQ server, which behaves as the cloud's queue service does.",
        discussion: "Queues live in memory and are gone when it stops. The configured queues are made at start.")

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 9324

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("Keep queues in this directory. Not available in this version.", valueName: "dir"))
    var data: String?

    @Flag(help: "Also take requests without a signature. One that is there is checked all the same.")
    var allowUnsigned = false

    @Flag(help: "Do not make the configured queues.")
    var noQueue = false

    @OptionGroup var options: ConfigurationOption

    func validate() throws {
        if data != nil { throw ValidationError("--data is not available in this version: queues live in memory. Leave it out.") }
        if !(0...65_535).contains(port) { throw ValidationError("--port must be 0...65535.") }
    }

    func run() async throws {
        let configuration = try options.load()
        let key = configuration.serverKey
        guard key != .local || QueueEndpoint.isLoopback(host) else {
            throw CommandFailure(
                CommandFailure.Code.configuration,
                "\(host) can be reached from other machines, and the local key pair is known to everybody. "
                    + "Set smq.access_key_id and smq.access_key_secret, or leave --host out.")
        }
        let server = try LocalSMQServer(
            LocalSMQConfiguration(
                host: host, port: port, credentials: [Credentials(accessKeyID: key.id, secret: SecretText(key.secret.reveal()))],
                allowUnsigned: allowUnsigned))
        let names = noQueue ? [] : configuration.queues.map(\.queue)
        let host = host
        let signals = await StopSignals()
        let serving = BodyService {
            // In a task of its own: the server answers only after this returned.
            try await server.run { port in Task { await Self.announce(host, port, key, queues: names) } }
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: serving)], logger: Logger(label: "serve", factory: { _ in SwiftLogNoOpLogHandler() })))
        let watching = signals.watch(first: { _ in Task { await group.triggerGracefulShutdown() } }, second: .ends(atOnce: {}))
        defer { watching.cancel() }
        do {
            try await group.run()
        } catch {
            throw ListenProblem.failure(error, host: host, port: port)
        }
    }

    /// One line for people and scripts, after the queues are there: who reads it may start at once.
    private static func announce(_ host: String, _ port: Int, _ key: AccessKey, queues: [String]) async {
        let endpoint = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        for name in queues {
            do {
                var connection = QueueConnection.local
                connection.accessKey = key
                let server = try QueueServer(connection, queue: name, endpoint: endpoint)
                _ = try await server.create(name, QueueSettings())
                StandardError.line("queue \(name) is ready")
            } catch {
                StandardError.line("the queue \(name) could not be made: \(ErrorText.of(error))")
            }
        }
        StandardOutput.line("listening on \(endpoint)")
    }
}
