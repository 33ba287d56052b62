import ArgumentParser
import SMQProtocol

struct QueueAttributesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attributes", abstract: "Show the settings of a queue and its approximate counts.")

    @Argument(help: "The queue's name. Default: the configured one.")
    var name: String?

    @Flag(help: "Print a JSON array with one object; times in seconds.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    /// The vendor's own names and units.
    private struct Row: Encodable {
        let QueueName: String
        let DelaySeconds: Int64
        let MaximumMessageSize: Int
        let MessageRetentionPeriod: Int64
        let VisibilityTimeout: Int64
        let PollingWaitSeconds: Int64
        let LoggingEnabled: Bool
        let CreateTime: Int64
        let LastModifyTime: Int64
        let ActiveMessages: Int
        let InactiveMessages: Int
        let DelayMessages: Int

        init(_ attributes: QueueAttributes) {
            QueueName = attributes.name
            DelaySeconds = attributes.delay.components.seconds
            MaximumMessageSize = attributes.maximumMessageSize
            MessageRetentionPeriod = attributes.retention.components.seconds
            VisibilityTimeout = attributes.visibilityTimeout.components.seconds
            PollingWaitSeconds = attributes.pollingWait.components.seconds
            LoggingEnabled = attributes.loggingEnabled
            CreateTime = attributes.created.milliseconds / 1000
            LastModifyTime = attributes.lastModified.milliseconds / 1000
            ActiveMessages = attributes.activeMessages
            InactiveMessages = attributes.inactiveMessages
            DelayMessages = attributes.delayedMessages
        }
    }

    func run() async throws {
        let configuration = try options.load()
        let server = try QueueServer(configuration, queue: name)
        let attributes = try await server.attributes(server.queue)
        if json { return StandardOutput.line(try JSONText.array([Row(attributes)])) }
        var table = Table("ATTRIBUTE", "VALUE")
        table.add("name", attributes.name)
        table.add("visible messages", "\(attributes.activeMessages)")
        table.add("hidden messages", "\(attributes.inactiveMessages)")
        table.add("delayed messages", "\(attributes.delayedMessages)")
        table.add("visibility timeout", DurationArgument.text(attributes.visibilityTimeout))
        table.add("delay", DurationArgument.text(attributes.delay))
        table.add("retention", DurationArgument.text(attributes.retention))
        table.add("polling wait", DurationArgument.text(attributes.pollingWait))
        table.add("largest body", "\(attributes.maximumMessageSize) bytes")
        table.add("logging", attributes.loggingEnabled ? "on" : "off")
        table.add("created", TimeText.utc(attributes.created))
        table.add("last modified", TimeText.utc(attributes.lastModified))
        StandardOutput.line(table.text)
    }
}
