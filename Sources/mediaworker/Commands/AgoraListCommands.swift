import ArgumentParser
import MediaEvents
import StreamServices
import WorkerStore

struct AgoraPushListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the converters that run in the project, or in one channel.")

    @OptionGroup var list: AgoraTaskList

    func run() async throws {
        try await list.show(.mediaPush) { lists, channel in
            try await lists.converters(channel: channel).map { member in
                .init(
                    id: member.converterID, name: member.converterName, channel: member.rtcChannel, state: member.state,
                    address: member.rtmpURL, created: member.create)
            }
        }
    }
}

struct AgoraPullListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the players that run in the project, or in one channel.")

    @OptionGroup var list: AgoraTaskList

    func run() async throws {
        try await list.show(.mediaPull) { lists, channel in
            try await lists.players(channel: channel).map { player in
                .init(
                    id: player.id, name: player.name, channel: player.channelName, state: player.status, address: player.streamURL,
                    created: player.createTs)
            }
        }
    }
}

/// What runs in the project, as Agora's own lists say it; keys in addresses are hidden.
struct AgoraTaskList: ParsableArguments {
    /// One task. What the service left out is absent.
    struct Row: Encodable {
        let id: String
        let name: String?
        let channel: String?
        let state: String?
        let address: String?
        /// Unix seconds.
        let created: Int64?
        /// The name of the wish that it was made for; absent for a task that is not ours, which is shown and never touched.
        fileprivate(set) var wanted: String?

        init(id: String, name: String?, channel: String?, state: String?, address: String?, created: Int64?) {
            self.id = id
            self.name = name
            self.channel = channel
            self.state = state
            self.address = address.map(StreamAddress.masked)
            self.created = created
        }
    }

    @Option(help: "Only those of this channel.")
    var channel: String?

    @Flag(help: "Print a JSON array.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    func show(_ service: StreamService, _ read: (TaskLists, _ channel: String?) async throws -> [Row]) async throws {
        let services = try AgoraServices(try options.load())
        var names: [String: String] = [:]
        for task in try await services.tasks.all(TaskRecord.self) where task.record.service == service {
            for id in task.record.ids { names[id.lowercased()] = task.record.name }
        }
        var rows = try await AgoraServices.orFailure { try await read(services.lists, channel) }
        for index in rows.indices { rows[index].wanted = names[rows[index].id.lowercased()] }
        if json { return StandardOutput.line(try JSONText.array(rows)) }
        var table = Table("ID", "NAME", "WANTED", "CHANNEL", "STATE", "ADDRESS")
        for row in rows {
            table.add(
                row.id, row.name ?? "-", row.wanted == nil ? "not ours" : "yes", row.channel ?? "-", row.state ?? "-", row.address ?? "-")
        }
        StandardOutput.line(table.text)
    }
}
