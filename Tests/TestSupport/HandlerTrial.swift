import Foundation
import Logging
import MediaEvents
package import WorkerCore

/// Runs a handler on one event, outside of any worker: the test kit of handler authors.
///
/// ```swift
/// let trial = HandlerTrial()
/// #expect(try await trial.run(ThumbnailIndex(), on: EventSample.event(SnapshotComplete.self)) == .done)
/// #expect(trial.lines.contains { $0.contains("thumbnails") })
/// ```
/// A handler that takes a clock gets a `ManualClock`, and the test steps it.
package struct HandlerTrial: Sendable {
    /// Cancels the handler, and knows what it asked for.
    package let delivery: FakeDelivery
    private let log = RecordingLog()
    private let attempt: Int
    private let messageID: String

    package init(attempt: Int = 1, messageID: String = "7B9A1C2D3E4F50617283940A1B2C3D4E", delivery: FakeDelivery = FakeDelivery()) {
        self.attempt = attempt
        self.messageID = messageID
        self.delivery = delivery
    }

    /// What the handler logged: `warning: text key=value`.
    package var lines: [String] { log.lines }

    /// How long it asked to be given, each time.
    package var extensions: [Duration] { delivery.extensions }

    /// For a handler of one event type.
    package func run<Handler: EventHandler>(_ handler: Handler, on event: Handler.Event) async throws -> Verdict {
        try await handler.handle(event, context(Handler.name))
    }

    /// The same with a body: a fixture, or a text of the test.
    /// - Throws: `UndecodableBody` if it is none of that type.
    package func run<Handler: EventHandler>(_ handler: Handler, onBody body: [UInt8]) async throws -> Verdict {
        let decoded = EventDecoder().decode(body)
        guard let event = decoded.event as? Handler.Event else {
            throw UndecodableBody(reason: "the body is no \(Handler.Event.type): \(decoded.result)")
        }
        return try await run(handler, on: event)
    }

    /// For a catch-all; nil if it does not want the event.
    package func run(_ handler: some CatchAllHandler, onBody body: [UInt8]) async throws -> Verdict? {
        let decoded = EventDecoder().decode(body)
        let event = IncomingEvent(type: decoded.type, typed: decoded.event, json: decoded.json ?? body)
        guard handler.wants(event) else { return nil }
        return try await handler.handle(event, context(type(of: handler).name))
    }

    /// The same with the event of a file.
    package func run<Handler: EventHandler>(_ handler: Handler, onFile path: String) async throws -> Verdict {
        try await run(handler, onBody: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    }

    private func context(_ handler: String) -> HandlerContext {
        .fake(messageID: messageID, handler: handler, attempt: attempt, logger: log.logger, delivery: delivery)
    }
}
