import ArgumentParser
import MediaEvents

struct EventSampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Print a valid body of a type, with invented values.")

    @Argument(help: "A type of `mediaworker event list`.")
    var type: String

    func run() throws {
        guard let body = EventSample.body(of: EventType(type)) else {
            throw ValidationError("There is no event type \(type). `mediaworker event list` shows all of them.")
        }
        StandardOutput.line(body)
    }
}
