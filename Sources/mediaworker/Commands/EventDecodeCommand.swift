import ArgumentParser
import MediaEvents

struct EventDecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decode one message body as the worker would.",
        discussion: "Exit code: 0 for an event of a known type, 3 for an unknown one, 4 for a body that cannot be decoded.")

    @Argument(help: ArgumentHelp("A file that holds the body, or - for stdin.", valueName: "file"))
    var file: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let body = EventDecoder().decode(try InputFile.read(file))
        if json {
            StandardOutput.line(try EventPrinter.json(body))
        } else {
            StandardOutput.write(Array(try EventPrinter.text(body).utf8))
        }
        if body.status != .typed { throw ExitCode(body.status.rawValue) }
    }
}
