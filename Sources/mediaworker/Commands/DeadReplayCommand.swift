import ArgumentParser
import SMQProtocol
import Synchronization
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
        let office = DeadLetterOffice(configuration)
        let desk = try office.existingDesk
        var selection = filter.selection
        // A letter that was sent again is only chosen on purpose.
        if !force, selection.isReplayed == nil { selection.isReplayed = false }
        let chosen = ids.isEmpty ? try await office.attempt { try await desk.ids(selection) } : ids
        let servers = ReplayTargets(configuration)
        let interruption = Mutex<Int32?>(nil)
        let signals = await StopSignals()
        let watching = signals.watch(first: { signal in interruption.withLock { $0 = signal } }, second: .ends(atOnce: {}))
        defer { watching.cancel() }
        var (count, missed) = (0, 0)
        var array = JSONLines()
        do {
            try await office.attempt {
                try await desk.replay(chosen, force: force) { message, queue in
                    try await servers.send(message, to: queue)
                } report: { id, outcome in
                    let row = Self.row(id, outcome)
                    count += 1
                    missed += row.sent ? 0 : 1
                    if json { array.add(Array(try JSONText.object(row).utf8)) } else { Self.show(row) }
                    // Between two letters: what was sent is marked, what was not is not.
                    if let signal = interruption.withLock({ $0 }) {
                        throw CommandFailure(128 + signal, "Stopped after \(count) of \(chosen.count) letters.")
                    }
                }
            }
        } catch {
            if json { array.finish() }
            throw error
        }
        if json { array.finish() }
        if missed > 0 { throw CommandFailure(CommandFailure.Code.partial, "\(missed) of \(count) letters not sent; see above.") }
        if count == 0 { StandardError.line("No dead letters match: nothing was sent.") }
    }

    private static func show(_ row: Row) {
        if row.sent {
            StandardOutput.line("\(row.id)  sent as \(row.messageId ?? "?")" + (row.note.map { "; \($0)" } ?? ""))
        } else {
            StandardError.line("\(row.id)  not sent: \(row.note ?? "")")
        }
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
