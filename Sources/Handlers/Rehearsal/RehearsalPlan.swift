import Foundation
package import MediaEvents
import Settings
import WorkerCore

/// What a rehearsal does with an event: how long it takes and how it ends. Read from the settings of either rehearsal plugin.
///
/// | key | default | meaning |
/// | --- | --- | --- |
/// | `events` | all known types | list of type names to take |
/// | `sleep` | `0s` | how long each event takes |
/// | `ignore_cancellation` | false | sleep on when the worker cancels the handler |
/// | `fail_on` | none | throw an error for these types |
/// | `retry_on` | none | answer "again" for these types |
/// | `dead_letter_on` | none | put these types aside at once |
/// | `trap_on` | none | end the whole process for these types, as a fault in a handler would |
/// | `log_file` | none | one line for each start and each end; a relative path starts at the state directory |
package struct RehearsalPlan: Sendable {
    /// An error on purpose.
    struct Failure: Error, CustomStringConvertible {
        let type: String
        var description: String { "rehearsed failure of \(type)" }
    }

    package var events: Set<EventType> = []
    package var sleep: Duration = .zero
    package var ignoresCancellation = false
    package var failOn: Set<EventType> = []
    package var retryOn: Set<EventType> = []
    package var deadLetterOn: Set<EventType> = []
    package var trapOn: Set<EventType> = []
    package var logFile: String?

    package init() {}

    init(_ settings: HandlerSettings) {
        let section = settings.section
        events = settings.eventTypes("events")
        sleep = section.duration("sleep", in: .zero ... .seconds(86_400), default: .zero)
        ignoresCancellation = section.flag("ignore_cancellation", default: false)
        failOn = settings.eventTypes("fail_on")
        retryOn = settings.eventTypes("retry_on")
        deadLetterOn = settings.eventTypes("dead_letter_on")
        trapOn = settings.eventTypes("trap_on")
        logFile = section.string("log_file").map { settings.path($0) }
    }

    /// How an event ends, after the sleep. Does not return for a type of `trapOn`.
    func ending(of event: IncomingEvent) throws -> Verdict {
        guard let type = event.type else { return .done }
        if trapOn.contains(type) { abort() }  // the process dies here: that is what this setting is for
        if failOn.contains(type) { throw Failure(type: type.name) }
        if deadLetterOn.contains(type) { return .deadLetter(reason: "rehearsed dead letter of \(type)") }
        if retryOn.contains(type) { return .retry(after: nil, reason: "as retry_on says") }
        return .done
    }
}
