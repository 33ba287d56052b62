import ArgumentParser
import MediaEvents
import WorkerCore
import WorkerStore

struct DeadListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List dead letters; all of them without --limit.")

    @OptionGroup var filter: DeadFilterOptions
    @OptionGroup var options: ConfigurationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() async throws {
        let office = try DeadLetterOffice(options.load())
        guard let desk = try office.desk else {
            if json { StandardOutput.line("[]") } else { StandardError.line("No dead letters: \(office.place) is not there yet.") }
            return
        }
        if json {
            var array = JSONLines()
            try await office.attempt { try await desk.forEach(filter.selection) { array.add(try DeadLetterJSON($0).bytes()) } }
            return array.finish()
        }
        if let limitation = desk.limitation { StandardError.line("Note: \(limitation).") }
        var table = Table("ID", "KEPT", "TYPE", "REASON", "TRIES", "MESSAGE", "ERROR")
        var count = 0
        try await office.attempt {
            try await desk.forEach(filter.selection) { stored in
                let letter = stored.letter
                count += 1
                table.add(
                    stored.id, TimeText.utc(stored.kept), letter.eventType ?? "-", letter.reason.text, "\(letter.attempts.count)",
                    letter.key.messageID, (stored.replay.map { "sent again as \($0.messageID); " } ?? "") + Self.brief(letter.error))
            }
        }
        if count == 0 { return StandardError.line("No dead letters\(filter.isNarrow ? " match" : "").") }
        StandardOutput.line(table.text)
    }

    private static func brief(_ error: String?) -> String {
        guard let error = error.map({ StreamAddress.masked(in: $0) }) else { return "" }
        return error.count > 100 ? "\(error.prefix(97))..." : error
    }
}
