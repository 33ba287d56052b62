import ArgumentParser
import SMQProtocol

struct QueueSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change settings of a queue. What is not named stays as it is.")

    @Argument(help: "The queue's name.")
    var name: String

    @OptionGroup var settings: QueueSettingsOptions
    @OptionGroup var options: ConfigurationOption

    func validate() throws {
        guard settings.settings != QueueSettings() else { throw ValidationError("Name at least one setting, such as --visibility 60s.") }
    }

    func run() async throws {
        try await QueueServer(options.load()).set(name, settings.settings)
        StandardOutput.line("changed \(name)")
    }
}
