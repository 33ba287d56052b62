import ArgumentParser

struct AgoraCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agora", abstract: "Agora's streams and recordings.",
        subcommands: [
            AgoraPushCommand.self, AgoraPullCommand.self, AgoraRecordingCommand.self, AgoraTasksCommand.self, AgoraDoctorCommand.self,
            AgoraSimulateCommand.self,
        ])
}

struct AgoraPushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Converters of Media Push.",
        subcommands: [AgoraPushCreateCommand.self, AgoraPushUpdateCommand.self, AgoraPushDeleteCommand.self, AgoraPushListCommand.self])
}

struct AgoraPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Players of Media Pull.",
        subcommands: [AgoraPullCreateCommand.self, AgoraPullUpdateCommand.self, AgoraPullDeleteCommand.self, AgoraPullListCommand.self])
}

struct AgoraRecordingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recording", abstract: "Recordings of Cloud Recording.",
        subcommands: [
            AgoraRecordingCreateCommand.self, AgoraRecordingUpdateCommand.self, AgoraRecordingLayoutCommand.self,
            AgoraRecordingDeleteCommand.self, AgoraRecordingManifestCommand.self, AgoraRecordingOrderCommand.self,
        ])
}
