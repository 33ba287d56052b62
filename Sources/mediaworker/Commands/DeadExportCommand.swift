import ArgumentParser
import WorkerStore

struct DeadExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print dead letters as JSON Lines, one object per line; `bodyBase64` holds the exact body.",
        discussion: "Nothing is hidden: bodies of Agora's events may hold tokens and keys of streams.")

    @OptionGroup var filter: DeadFilterOptions

    @Flag(help: "Print one JSON array instead.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let office = try DeadLetterOffice(options.load())
        var array = JSONLines()
        if let desk = try office.desk {
            if let limitation = desk.limitation { StandardError.line("Note: \(limitation).") }
            try await office.attempt {
                try await desk.forEach(filter.selection) { letter in
                    let line = try DeadLetterJSON(letter).bytes()
                    if json { array.add(line) } else { StandardOutput.line(line) }
                }
            }
        }
        if json { array.finish() }
    }
}
