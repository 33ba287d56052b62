package import Foundation
import MediaEvents
package import StreamServices
package import WorkerCore

/// Writes down what Agora says of streams and recordings, and returns: the engine that keeps them alive acts on it later, so that
/// waits of minutes hold no message.
///
/// Takes all events of Media Push, Media Pull and Cloud Recording, of the last one also those that no catalogue has. It has no settings.
package struct StreamKeeper: CatchAllHandler {
    package static let name = "stream-keeper"
    package static let summary = "writes down what is heard of Agora's streams and recordings, for the engine that keeps them alive"

    private let facts: (any StreamFactStore)?
    private let now: @Sendable () -> Date

    package init(facts: any StreamFactStore, now: @escaping @Sendable () -> Date = { Date() }) {
        self.facts = facts
        self.now = now
    }

    package init(_ settings: HandlerSettings) {
        facts = settings.services[(any StreamFactStore).self]
        now = { Date() }
    }

    package func wants(_ event: IncomingEvent) -> Bool { fact(event, received: 0) != nil }

    package func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict {
        let received = Int64(now().timeIntervalSince1970 * 1000)
        guard let fact = fact(event, received: received) else { return .done }
        guard let facts else { throw NoFactStore() }
        try await facts.write(fact)
        return .done
    }

    private func fact(_ event: IncomingEvent, received: Int64) -> StreamFact? {
        if let typed = event.typed { return StreamFact(typed, body: event.json, received: received) }
        return event.type.flatMap { StreamFact(unknown: $0, body: event.json, received: received) }
    }

    private struct NoFactStore: Error, CustomStringConvertible {
        var description: String { "this program was put together without a store for what is heard of streams" }
    }
}
