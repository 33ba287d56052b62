package import Logging
import MediaEvents
package import WorkerCore

/// Says in the log what mediaworker itself tells of streams: alarms as errors, changed roles and ended outages as notices.
///
/// The least that a team needs to hear of trouble; whoever wants more writes a handler for one of the typed events
/// (`StreamNotice<StreamBadAddress>` and its like) or lets the webhook-forwarder take them. No settings.
package struct StreamAlarms: CatchAllHandler {
    package static let name = "stream-alarms"
    package static let summary = "logs the alarms of the stream services, and changed roles, as they come"

    private let logger: Logger

    package init(logger: Logger) { self.logger = logger }
    package init(_ settings: HandlerSettings) { self.init(logger: settings.logger) }

    private struct Saying {
        let level: Logger.Level
        let happened: String?
        let advice: String?
        let about: [String: String?]
    }

    package func wants(_ event: IncomingEvent) -> Bool { event.typed.flatMap(Self.saying) != nil }

    package func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict {
        guard let typed = event.typed, let saying = Self.saying(of: typed) else { return .done }
        var metadata = saying.about.compactMapValues { $0.map { Logger.MetadataValue.string($0) } }
        metadata["event"] = "\(type(of: typed).type)"
        if let advice = saying.advice { metadata["advice"] = "\(advice)" }
        logger.log(level: saying.level, "\(saying.happened ?? "no reason given")", metadata: metadata)
        return .done
    }

    private static func saying(of event: any MediaEvent) -> Saying? {
        switch event {
        case let event as StreamNotice<StreamBadAddress>: alarm(event.report, event.report.happened, event.report.advice)
        case let event as StreamNotice<StreamForeignName>: alarm(event.report, event.report.happened, event.report.advice)
        case let event as StreamNotice<StreamRefused>: alarm(event.report, event.report.happened, event.report.advice)
        case let event as StreamNotice<StreamTooManyReplacements>: alarm(event.report, event.report.happened, event.report.advice)
        case let event as StreamNotice<StreamRecordingLost>: alarm(event.report, event.report.happened, event.report.advice)
        case let event as StreamNotice<StreamOutage>:
            Saying(
                level: event.report.state == "ended" ? .notice : .error, happened: event.report.happened, advice: event.report.advice,
                about: ["service": event.report.service])
        case let event as StreamNotice<StreamRoleChanged>:
            Saying(
                level: .notice, happened: event.report.reason, advice: nil,
                about: [
                    "service": event.report.service, "task": event.report.task, "channel": event.report.channel,
                    "old": side(event.report.old), "new": side(event.report.new),
                ])
        default: nil
        }
    }

    private static func alarm(_ report: some StreamReport, _ happened: String?, _ advice: String?) -> Saying {
        Saying(level: .error, happened: happened, advice: advice, about: ["task": report.subject])
    }

    private static func side(_ side: StreamSide?) -> String? {
        side.flatMap { $0.uid.map { "uid \($0)" } ?? $0.account ?? $0.address }
    }
}
