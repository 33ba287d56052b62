package import WorkerCore

/// The plugins of this program, in the order of `mediaworker handlers list`. A new one is named here and nowhere else
/// (`scripts/new-handler` does it).
package enum HandlerCatalog {
    package static let all: [Plugin] = [
        Plugin(EventArchive.self),
        Plugin(WebhookForwarder.self),
        Plugin(StreamKeeper.self),
        Plugin(StreamAlarms.self),
        Plugin(Tally.self),
        Plugin(Rehearsal.self),
        Plugin(BlockingRehearsal.self),
    ]
}
