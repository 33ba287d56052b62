import ArgumentParser
import WorkerStore

struct DeadDropCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Remove dead letters for good.", discussion: "More than one needs --yes.")

    @Argument(help: "Ids of letters or of messages.")
    var ids: [String] = []

    @Flag(help: "All letters.")
    var all = false

    @OptionGroup var filter: DeadFilterOptions

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Print a JSON array.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    private struct Row: Encodable {
        let id: String
        let dropped: Bool
        let note: String?
    }

    func validate() throws { try DeadChoice.validate(ids: ids, filter: filter, all: all) }

    func run() async throws {
        let office = try DeadLetterOffice(options.load())
        let desk = try office.existingDesk
        let chosen = ids.isEmpty ? try await office.attempt { try await desk.ids(filter.selection) } : ids
        guard chosen.count <= 1 || yes || Confirmation.ask("Drop \(chosen.count) dead letters for good?") else {
            throw CommandFailure(
                CommandFailure.Code.partial, "\(chosen.count) dead letters match; nothing was dropped. Give --yes to drop them.")
        }
        let report = try await office.attempt { try await desk.drop(chosen) }
        let rows =
            report.dropped.map { Row(id: $0, dropped: true, note: nil) }
            + report.missing.map { Row(id: $0, dropped: false, note: "there is no such dead letter") }
            + report.failed.map { Row(id: $0.id, dropped: false, note: $0.reason) }
        if json {
            StandardOutput.line(try JSONText.array(rows))
        } else {
            for row in rows where row.dropped { StandardOutput.line("\(row.id)  dropped") }
            for row in rows where !row.dropped { StandardError.line("\(row.id)  not dropped: \(row.note ?? "")") }
        }
        let missed = rows.count { !$0.dropped }
        if missed > 0 { throw CommandFailure(CommandFailure.Code.partial, "\(missed) of \(rows.count) letters not dropped; see above.") }
    }
}
