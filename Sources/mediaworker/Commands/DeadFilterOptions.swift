import ArgumentParser
import Foundation
import WorkerStore

/// Which dead letters: all conditions that are given must hold.
struct DeadFilterOptions: ParsableArguments {
    @Option(
        help:
            "Only this reason: undecodable, \"unknown type\", \"no handler\", \"attempts exhausted\", \"retention ends\", \"handler decided\", \"push failed\", \"too large\"."
    )
    var reason: String?

    @Option(help: "Only this event type.")
    var type: String?

    @Option(help: "Only messages of this queue.")
    var queue: String?

    @Option(help: ArgumentHelp("Only message ids that begin so.", valueName: "prefix"))
    var message: String?

    @Option(help: ArgumentHelp("Kept at this time or later: 2h (ago), 2026-03-01 or 2026-03-01T12:00:00Z.", valueName: "time"))
    var since: MomentArgument?

    @Option(help: ArgumentHelp("Kept before this time.", valueName: "time"))
    var until: MomentArgument?

    @Flag(inversion: .prefixedNo, help: "Only letters that were sent again, or only others.")
    var replayed: Bool?

    @Flag(help: "Oldest first. Default: newest first.")
    var oldestFirst = false

    @Option(help: ArgumentHelp("At most so many. Default: all.", valueName: "count"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    }

    /// True if a condition narrows the choice.
    var isNarrow: Bool {
        reason != nil || type != nil || queue != nil || message != nil || since != nil || until != nil || replayed != nil || limit != nil
    }

    var selection: DeadLetterSelection {
        var selection = DeadLetterSelection()
        selection.reason = reason
        selection.eventType = type
        selection.queue = queue
        selection.messageIDPrefix = message
        selection.since = since?.date
        selection.until = until?.date
        selection.isReplayed = replayed
        selection.order = oldestFirst ? .oldestFirst : .newestFirst
        selection.limit = limit
        return selection
    }
}
