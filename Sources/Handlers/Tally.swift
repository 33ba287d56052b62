package import Logging
package import MediaEvents
import Synchronization
package import WorkerCore

/// Counts the events of each known type and does nothing else: the least that a handler can do, for measurements.
///
/// Logs the totals when the worker stops. No settings.
package struct Tally: CatchAllHandler {
    package static let name = "tally"
    package static let summary = "counts the events of each type and logs the totals at the end; for measurements"

    /// Shared by all copies of the handler.
    private final class Counts: Sendable {
        let byType = Mutex<[EventType: Int]>([:])
    }

    private let counts = Counts()
    private let logger: Logger

    package init(logger: Logger) { self.logger = logger }
    package init(_ settings: HandlerSettings) { self.init(logger: settings.logger) }

    package func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict {
        if let type = event.type { counts.byType.withLock { $0[type, default: 0] += 1 } }
        return .done
    }

    /// Events handled so far, by type.
    package var totals: [EventType: Int] { counts.byType.withLock { $0 } }

    package func stop() async {
        let totals = totals
        var metadata = Logger.Metadata(uniqueKeysWithValues: totals.map { ($0.name, "\($1)") })
        metadata["total"] = "\(totals.values.reduce(0, +))"
        logger.info("events counted", metadata: metadata)
    }
}
