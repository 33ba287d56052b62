import ArgumentParser

struct AgoraCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agora", abstract: "Agora's streams and recordings.", subcommands: [AgoraRecordingCommand.self])
}

struct AgoraRecordingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recording", abstract: "Recordings of Cloud Recording.", subcommands: [AgoraRecordingOrderCommand.self])
}
