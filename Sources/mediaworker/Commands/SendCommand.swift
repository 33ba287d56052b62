import ArgumentParser
import Foundation
import SMQProtocol

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send files to a queue, one message each.",
        discussion: "Prints one line for each message: its id and the file. Exit code 1 if a message was not sent.")

    @Argument(help: ArgumentHelp("Files to send, - for stdin.", valueName: "file"))
    var files: [String]

    @Option(help: "The queue. Default: the configured one.")
    var queue: String?

    @Option(help: ArgumentHelp("How long the messages wait before they can be received, 0s...7d.", valueName: "time"))
    var delay: DurationArgument?

    @Option(help: "1 (first) to 16 (last). Default 8.")
    var priority: Int?

    @Flag(help: "Send the base64 of each body, as the official SDKs do by default.")
    var base64 = false

    @Flag(help: "Every line of a file is a message of its own; empty lines are left out.")
    var lines = false

    @Option(name: .customLong("repeat"), help: "Send everything this many times.")
    var repeats = 1

    @OptionGroup var options: ConfigurationOption

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name at least one file, or - for stdin.") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("stdin can be read only once.") }
        if let priority, !(1...16).contains(priority) { throw ValidationError("--priority must be 1...16.") }
        if repeats < 1 { throw ValidationError("--repeat must be 1 or more.") }
        if let delay, delay.duration.components.attoseconds != 0 { throw ValidationError("--delay is in whole seconds.") }
    }

    func run() async throws {
        let server = try QueueServer(options.load(), queue: queue)
        var report = SendReport()
        var outgoing: [SendBatch.Item] = []
        for file in files {
            do throws(CommandFailure) {
                outgoing += bodies(in: try InputFile.read(file)).map { body in
                    SendBatch.Item(file: file, message: OutgoingMessage(body: body, delay: delay?.duration, priority: priority))
                }
            } catch {
                report.failed(file, error.text)
            }
        }
        var batch = SendBatch()
        for _ in 0..<repeats {
            for item in outgoing { try await send(batch.add(item), to: server, &report) }
        }
        try await send(batch.takeAll(), to: server, &report)
        try report.finish(queue: server.queue)
    }

    private func send(_ items: [SendBatch.Item], to server: QueueServer, _ report: inout SendReport) async throws {
        if items.isEmpty { return }
        let results = try await server.send(items.map(\.message))
        // One bad message gets its whole batch refused: alone, each is judged by itself.
        guard items.count > 1, results.allSatisfy({ if case .failure = $0 { true } else { false } }) else {
            return report.add(results, for: items)
        }
        for item in items { report.add(try await server.send([item.message]), for: [item]) }
    }

    private func bodies(in bytes: [UInt8]) -> [[UInt8]] {
        let bodies =
            lines ? bytes.split(separator: UInt8(ascii: "\n")).map { Array($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) } : [bytes]
        return base64 ? bodies.map { Array(Data($0).base64EncodedData()) } : bodies
    }
}
