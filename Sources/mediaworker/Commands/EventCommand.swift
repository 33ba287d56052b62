import ArgumentParser

struct EventCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event",
        abstract: "Look at events: decode a body, list the known types, print a sample. Needs no configuration.",
        subcommands: [EventDecodeCommand.self, EventListCommand.self, EventSampleCommand.self])
}
