import ArgumentParser
import SMQProtocol

/// What can be set on a queue, for `queue create` and `queue set`. What is not named keeps its default, or what is set.
struct QueueSettingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long a received message stays hidden, 1s...12h. Default 30s.", valueName: "time"))
    var visibility: DurationArgument?

    @Option(help: ArgumentHelp("How long a new message waits before it can be received, 0s...7d. Default 0s.", valueName: "time"))
    var delay: DurationArgument?

    @Option(help: ArgumentHelp("How long a message is kept, 60s...7d. Default 4d.", valueName: "time"))
    var retention: DurationArgument?

    @Option(help: ArgumentHelp("How long a receive without a wait of its own waits, 0s...30s. Default 0s.", valueName: "time"))
    var pollingWait: DurationArgument?

    @Option(help: ArgumentHelp("The largest body in bytes, 1024...65536. Default 65536.", valueName: "bytes"))
    var maxSize: Int?

    @Flag(inversion: .prefixedNo, help: "Logging on the server's side.")
    var logging: Bool?

    /// The server checks the ranges and names the one that is broken.
    var settings: QueueSettings {
        QueueSettings(
            delay: delay?.duration, maximumMessageSize: maxSize, retention: retention?.duration,
            visibilityTimeout: visibility?.duration, pollingWait: pollingWait?.duration, loggingEnabled: logging)
    }

    func validate() throws {
        let times = [visibility, delay, retention, pollingWait].compactMap { $0?.duration }
        guard times.allSatisfy({ $0.components.attoseconds == 0 }) else {
            throw ValidationError("The times of a queue are whole seconds: write 1s instead of 500ms.")
        }
    }
}
