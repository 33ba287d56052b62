import ArgumentParser
import SMQProtocol
import WorkerStore

struct DeadReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send dead letters to their queue again, with fresh attempts.",
        discussion: """
            Each letter is sent first and marked afterwards. Letters that were sent before are left out unless --force is given.
            Exit code 1 if a letter could not be sent.
            """)

    @Argument(help: "Ids of letters or of messages.")
    var ids: [String] = []

    @Flag(help: "All letters.")
    var all = false

    @OptionGroup var filter: DeadFilterOptions

    @Flag(help: "Also letters that were sent again before.")
    var force = false

    @Flag(help: "Print a JSON array.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    private struct Row: Encodable {
        let id: String
        let sent: Bool
        let messageId: String?
        let note: String?
    }

    func validate() throws { try DeadChoice.validate(ids: ids, filter: filter, all: all) }

    func run() async throws {
        let configuration = try options.load()
        let office = DeadLetterOffice(configuration, queue: filter.queue)
        let desk = try office.existingDesk
        var selection = filter.selection
        // A letter that was sent again is only chosen on purpose.
        if !force, selection.isReplayed == nil { selection.isReplayed = false }
        let chosen = ids.isEmpty ? try await office.attempt { try await desk.ids(selection) } : ids
        let servers = ReplayTargets(configuration)
        var rows: [Row] = []
        try await office.attempt {
            try await desk.replay(chosen, force: force) { message, queue in
                try await servers.send(message, to: queue)
            } report: { id, outcome in
                let row = Self.row(id, outcome)
                rows.append(row)
                if json { return }
                if row.sent { StandardOutput.line("\(id)  sent as \(row.messageId ?? "?")" + (row.note.map { "; \($0)" } ?? "")) }
                if !row.sent { StandardError.line("\(id)  not sent: \(row.note ?? "")") }
            }
        }
        if json { StandardOutput.line(try JSONText.array(rows)) }
        let missed = rows.count { !$0.sent }
        if missed > 0 { throw CommandFailure(CommandFailure.Code.partial, "\(missed) of \(rows.count) letters not sent; see above.") }
        if rows.isEmpty { StandardError.line("No dead letters match: nothing was sent.") }
    }

    private static func row(_ id: String, _ outcome: ReplayOutcome) -> Row {
        switch outcome {
        case .sent(let message): Row(id: id, sent: true, messageId: message.id, note: nil)
        case .sentNotMarked(let message, let error):
            Row(
                id: id, sent: true, messageId: message.id,
                note: "but not marked as sent, another replay would repeat it: \(ErrorText.of(error))")
        case .alreadyReplayed(let replay):
            Row(
                id: id, sent: false, messageId: replay.messageID,
                note: "sent before, \(TimeText.utc(replay.time)), as \(replay.messageID); --force sends it once more")
        case .claimed(let until):
            Row(id: id, sent: false, messageId: nil, note: "another replay has it in hand, until \(TimeText.utc(until)) at the latest")
        case .unsendable(let reason): Row(id: id, sent: false, messageId: nil, note: reason)
        case .notFound: Row(id: id, sent: false, messageId: nil, note: "there is no such dead letter")
        case .failed(let error): Row(id: id, sent: false, messageId: nil, note: ErrorText.of(error))
        }
    }
}
