import ArgumentParser

/// `mediaworker`: the root of all subcommands.
struct MediaWorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mediaworker",
        abstract: "A background worker for video events in SMQ queues (Alibaba Cloud Simple Message Queue, formerly MNS).",
        discussion: """
            First steps without any account, each in its own terminal:
              mediaworker serve
              mediaworker event sample FileUploadComplete | mediaworker send -
              mediaworker run

            Settings come from ./worker.conf (or --config FILE) and from the environment, which wins: \
            the key `concurrency` of [worker] is WORKER_CONCURRENCY.
            """,
        version: ProgramVersion.text,
        subcommands: [
            RunCommand.self, ServeCommand.self, SendCommand.self, PeekCommand.self, QueueCommand.self, DeadCommand.self,
            EventCommand.self, HandlersCommand.self, BridgeCommand.self, AgoraCommand.self,
        ])
}

enum ProgramVersion {
    static let text = "0.1.0"
}
