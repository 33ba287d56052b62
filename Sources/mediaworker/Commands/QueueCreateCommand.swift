import ArgumentParser

struct QueueCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a queue. One that is there with the same settings is no error.")

    @Argument(help: "1 to 120 letters, digits and hyphens, a letter or digit first.")
    var name: String

    @OptionGroup var settings: QueueSettingsOptions
    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let server = try QueueServer(options.load())
        let isNew = try await server.create(name, settings.settings)
        StandardOutput.line(isNew ? "created \(name)" : "\(name) is there already, with these settings")
    }
}
