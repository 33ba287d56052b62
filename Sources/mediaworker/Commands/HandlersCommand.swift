import ArgumentParser

struct HandlersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handlers", abstract: "The plugins of this program.", subcommands: [HandlersListCommand.self],
        defaultSubcommand: HandlersListCommand.self)
}
