import ArgumentParser

struct QueueDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a queue and all messages in it. Deleting one that is not there is no error.")

    @Argument(help: "The queue's name.")
    var name: String

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let server = try QueueServer(options.load())
        guard yes || Confirmation.ask("Delete the queue \(name) at \(server.endpoint) and every message in it?") else {
            throw CommandFailure(CommandFailure.Code.partial, "nothing was deleted. Answer yes, or give --yes.")
        }
        StandardOutput.line(try await server.delete(name) ? "deleted \(name)" : "there is no queue \(name)")
    }
}
