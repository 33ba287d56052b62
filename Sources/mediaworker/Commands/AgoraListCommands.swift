import ArgumentParser
import MediaEvents
import StreamServices
import WorkerStore

/// What runs in the project, as Agora's own lists say it; keys in addresses are hidden.
struct AgoraPushListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the converters that run in the project, or in one channel.")

    @Option(help: "Only those of this channel.")
    var channel: String?

    @Flag(help: "Print a JSON array.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let services = try AgoraServices(try options.load())
        let wanted = try await AgoraTaskRow.wanted(services, .mediaPush)
        let rows = try await AgoraServices.orFailure { try await services.lists.converters(channel: channel) }.map { member in
            AgoraTaskRow(
                wanted: wanted[member.converterID.lowercased()], id: member.converterID, name: member.converterName,
                channel: member.rtcChannel, state: member.state,
                address: member.rtmpURL.map(StreamAddress.masked), created: member.create)
        }
        try AgoraTaskRow.show(rows, json: json)
    }
}

struct AgoraPullListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the players that run in the project, or in one channel.")

    @Option(help: "Only those of this channel.")
    var channel: String?

    @Flag(help: "Print a JSON array.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let services = try AgoraServices(try options.load())
        let wanted = try await AgoraTaskRow.wanted(services, .mediaPull)
        let rows = try await AgoraServices.orFailure { try await services.lists.players(channel: channel) }.map { player in
            AgoraTaskRow(
                wanted: wanted[player.id.lowercased()], id: player.id, name: player.name, channel: player.channelName, state: player.status,
                address: player.streamURL.map(StreamAddress.masked), created: player.createTs)
        }
        try AgoraTaskRow.show(rows, json: json)
    }
}

/// One task of a list. What the service left out is absent.
struct AgoraTaskRow: Encodable {
    /// The name of the wish that it was made for; absent for a task that is not ours, which is shown and never touched.
    let wanted: String?
    let id: String
    let name: String?
    let channel: String?
    let state: String?
    let address: String?
    /// Unix seconds.
    let created: Int64?

    /// The names of the wishes by the ids of their tasks, in lower case.
    static func wanted(_ services: AgoraServices, _ service: StreamService) async throws -> [String: String] {
        var names: [String: String] = [:]
        for task in try await services.tasks.all(TaskRecord.self) where task.record.service == service {
            for id in task.record.ids { names[id.lowercased()] = task.record.name }
        }
        return names
    }

    static func show(_ rows: [AgoraTaskRow], json: Bool) throws {
        if json { return StandardOutput.line(try JSONText.array(rows)) }
        var table = Table("ID", "NAME", "WANTED", "CHANNEL", "STATE", "ADDRESS")
        for row in rows {
            table.add(
                row.id, row.name ?? "-", row.wanted == nil ? "not ours" : "yes", row.channel ?? "-", row.state ?? "-", row.address ?? "-")
        }
        StandardOutput.line(table.text)
    }
}
