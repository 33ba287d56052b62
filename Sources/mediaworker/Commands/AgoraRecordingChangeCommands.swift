import ArgumentParser
import Foundation
import StreamServices

struct AgoraRecordingUpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change what a wanted show's recordings take, or where they store it, while they run.",
        discussion: """
            The file is the clientRequest of Agora's update, as JSON: streamSubscribe, webRecordingConfig, rtmpPublishConfig or storageConfig. \
            Recordings that follow begin with the change.

              mediaworker agora recording update evening --request subscribe.json
            """)

    @Argument(help: "Name of the wish.")
    var name: String

    @Option(help: ArgumentHelp("The clientRequest as JSON, - for stdin.", valueName: "file"))
    var request: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let change = try RecordingRequestFile.read(request, as: CloudRecordingCalls.Change.self)
        try await AgoraServices(try options.load()).change(name, .update(change))
    }
}

struct AgoraRecordingLayoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layout", abstract: "Change the pictures of a wanted show's composite recordings while they run.",
        discussion: """
            The file is the clientRequest of Agora's updateLayout, as JSON; what it leaves out falls back to its default. Recordings that \
            follow begin with this layout.

              mediaworker agora recording layout evening --request two-speakers.json
            """)

    @Argument(help: "Name of the wish.")
    var name: String

    @Option(help: ArgumentHelp("The clientRequest as JSON, - for stdin.", valueName: "file"))
    var request: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let layout = try RecordingRequestFile.read(request, as: RecordingLayout.self)
        try await AgoraServices(try options.load()).change(name, .layout(layout))
    }
}

private enum RecordingRequestFile {
    static func read<Request: Codable>(_ file: String, as type: Request.Type) throws -> Request {
        do { return try WishReader.request(try InputFile.read(file), as: type) } catch let error as WishReader.Unreadable {
            throw CommandFailure(CommandFailure.Code.usage, "\(file): \(error)")
        }
    }
}

extension AgoraServices {
    fileprivate func change(_ name: String, _ request: RecordingChange.Request) async throws {
        try await AgoraProject.bind(tasks, to: appID, worker)
        let change = RecordingChange(client, appID: appID, store: tasks, clock: clock, owner: "command/\(UUID().uuidString)")
        let outcome: RecordingChange.Outcome
        do {
            outcome = try await Self.orFailure { try await change.change(name, request) }
        } catch let error as ChangeRefusal {
            throw CommandFailure(CommandFailure.Code.refused, error.description)
        }
        for sid in outcome.changed { StandardOutput.line("changed \(sid)") }
        guard !outcome.moving.isEmpty else { return }
        throw CommandFailure(
            CommandFailure.Code.partial,
            "\(outcome.moving.joined(separator: " ")) was answered with 404: it is on its way to another server, which takes up to 90 s, or over; the worker watches it. Give the command again in two minutes."
        )
    }
}
