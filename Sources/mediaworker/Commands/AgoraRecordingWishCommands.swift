import ArgumentParser
import StreamServices

struct AgoraRecordingCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Want a show recorded.",
        discussion: """
            The file is a wish as JSON: name, cname, mode (individual, mix or web), uids (two, that take turns), until (a time or "forever"), \
            start (the clientRequest of Agora's start), and if wanted backupUids, acquire and keepUntil. The worker (`mediaworker run`) starts \
            the recording, watches it, and follows it with another one when it is lost.

              mediaworker agora recording create evening.json
            """)

    @Argument(help: "A wish as JSON, - for stdin.")
    var file: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        guard case .show(let wish) = try AgoraWishes.read(file) else {
            throw ValidationError("\(file) is no wish for a recording: it has no cname.")
        }
        try await AgoraWishes(options).register(wish)
    }
}

struct AgoraRecordingDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Want a show recorded no more: the worker stops its recordings.")

    @Argument(help: "Name of the wish.")
    var name: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws { try await AgoraWishes(options).end(name, .cloudRecording) }
}
