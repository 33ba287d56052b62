import ArgumentParser

struct QueueListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the queues of the server, one name per line.")

    @Option(help: "Only names that begin with this.")
    var prefix: String?

    @Flag(help: "Print a JSON array of names.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let names = try await QueueServer(options.load()).names(prefix: prefix)
        if json { return StandardOutput.line(try JSONText.array(names)) }
        for name in names { StandardOutput.line(name) }
    }
}
