import ArgumentParser
import MediaEvents
import StreamServices

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
        let rows = try await AgoraServices.orFailure { try await services.lists.converters(channel: channel) }.map { member in
            AgoraTaskRow(
                id: member.converterID, name: member.converterName, channel: member.rtcChannel, state: member.state,
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
        let rows = try await AgoraServices.orFailure { try await services.lists.players(channel: channel) }.map { player in
            AgoraTaskRow(
                id: player.id, name: player.name, channel: player.channelName, state: player.status,
                address: player.streamURL.map(StreamAddress.masked), created: player.createTs)
        }
        try AgoraTaskRow.show(rows, json: json)
    }
}

/// One task of a list. What the service left out is absent.
struct AgoraTaskRow: Encodable {
    let id: String
    let name: String?
    let channel: String?
    let state: String?
    let address: String?
    /// Unix seconds.
    let created: Int64?

    static func show(_ rows: [AgoraTaskRow], json: Bool) throws {
        if json { return StandardOutput.line(try JSONText.array(rows)) }
        var table = Table("ID", "NAME", "CHANNEL", "STATE", "ADDRESS")
        for row in rows { table.add(row.id, row.name ?? "-", row.channel ?? "-", row.state ?? "-", row.address ?? "-") }
        StandardOutput.line(table.text)
    }
}
