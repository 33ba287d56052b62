import ArgumentParser
import Handlers
import MediaEvents
import Settings
import WorkerCore

struct HandlersListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the plugins, the events they take, and whether the configuration switches them on.")

    @OptionGroup var options: ConfigurationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    private struct Row: Encodable {
        let name: String
        /// `*` for a catch-all, which chooses by itself.
        let events: String
        let on: Bool
        let summary: String

        init(_ plugin: Plugin, enabled: [String]) {
            name = plugin.name
            on = enabled.contains(plugin.name)
            summary = plugin.summary
            switch plugin.takes {
            case .event(let type): events = type.name
            case .anyEvent: events = "*"
            }
        }
    }

    func run() throws {
        let enabled = try options.load().enabledHandlers
        let rows = HandlerCatalog.all.map { Row($0, enabled: enabled) }
        if json { return StandardOutput.line(try JSONText.array(rows)) }
        var table = Table("NAME", "EVENTS", "STATE", "SUMMARY")
        for row in rows { table.add(row.name, row.events, row.on ? "on" : "off", row.summary) }
        StandardOutput.line(table.text)
    }
}
