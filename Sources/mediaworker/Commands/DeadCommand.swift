import ArgumentParser

struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "Dead letters: messages that were put aside with a reason. Look at them, send them again, drop them.",
        discussion: "A letter is named by its own id or by the id of its message.",
        subcommands: [
            DeadListCommand.self, DeadShowCommand.self, DeadReplayCommand.self, DeadDropCommand.self, DeadExportCommand.self,
        ])
}
