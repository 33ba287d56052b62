import ArgumentParser
import MediaEvents

struct EventListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the event types that are known.")

    @Flag(help: "Print a JSON array.")
    var json = false

    private struct Row: Encodable {
        let type: String
        let subject: String
        let summary: String
    }

    func run() throws {
        let entries = EventCatalog.standard.entries
        if json {
            return StandardOutput.line(
                try JSONText.array(entries.map { Row(type: $0.type.name, subject: $0.subjectKey, summary: $0.summary) }))
        }
        var table = Table("TYPE", "SUBJECT", "RAISED")
        for entry in entries { table.add(entry.type.name, entry.subjectKey, entry.summary) }
        StandardOutput.line(table.text)
    }
}
