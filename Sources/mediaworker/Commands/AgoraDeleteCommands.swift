import ArgumentParser
import StreamServices

struct AgoraPushDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Want a stream no more: the worker deletes its converter, and those of its backups.")

    @Argument(help: "Name of a wish, or of one of its tasks.")
    var name: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws { try await AgoraWishes(options).end(name, .mediaPush) }
}

struct AgoraPullDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Want a stream no more: the worker deletes its player, and those of its backups.")

    @Argument(help: "Name of a wish, or of one of its tasks.")
    var name: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws { try await AgoraWishes(options).end(name, .mediaPull) }
}
