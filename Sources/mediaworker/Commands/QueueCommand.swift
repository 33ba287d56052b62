import ArgumentParser

struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Make, list, look at, change and delete queues, on the local server and on the cloud.",
        subcommands: [
            QueueCreateCommand.self, QueueListCommand.self, QueueAttributesCommand.self, QueueSetCommand.self, QueueDeleteCommand.self,
        ])
}
