import ArgumentParser
import MediaEvents
import SMQProtocol

struct PeekCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peek", abstract: "Look at the next messages of a queue without taking them.",
        discussion: "Tokens and keys of streams are hidden; with --json bodies are exact.")

    @Option(help: "How many at the most, 1...16.")
    var count = 16

    @Option(help: "The queue's name. Default: the configured one.")
    var queue: String?

    @Flag(help: "Print a JSON array.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    private struct Row: Encodable {
        let id: String
        let dequeueCount: Int
        let priority: Int
        let enqueuedAt: String
        let body: String

        init(_ message: ReceivedMessage) {
            id = message.id
            dequeueCount = message.dequeueCount
            priority = message.priority
            enqueuedAt = TimeText.utc(message.enqueueTime)
            body = String(decoding: message.body, as: UTF8.self)
        }
    }

    func validate() throws {
        if !(1...16).contains(count) { throw ValidationError("--count must be 1...16: the service shows no more in one call.") }
    }

    func run() async throws {
        let server = try QueueServer(options.load(), queue: queue)
        let rows = try await server.peek(upTo: count).map { Row($0) }
        if json { return StandardOutput.line(try JSONText.array(rows)) }
        guard !rows.isEmpty else { return StandardError.line("No visible message in \(server.queue) at \(server.endpoint).") }
        var table = Table("ID", "RECEIVED", "PRIORITY", "ENQUEUED", "BODY")
        for row in rows {
            let body = StreamSecrets.masking(body: Array(row.body.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? row.body
            table.add(row.id, "\(row.dequeueCount)", "\(row.priority)", row.enqueuedAt, String(body.prefix(80)))
        }
        StandardOutput.line(table.text)
    }
}
