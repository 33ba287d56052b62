package import Foundation
package import Logging
import Synchronization
package import WorkerCore

/// A delivery that nobody watches: the other side of a handler's context in tests.
package final class FakeDelivery: DeliveryControl {
    private struct State {
        var cancellation: HandlerContext.Cancellation?
        var extensions: [Duration] = []
    }

    private let state = Mutex(State())
    package let leaseDeadline: ContinuousClock.Instant

    package init(leaseDeadline: ContinuousClock.Instant = .now + .seconds(30)) { self.leaseDeadline = leaseDeadline }

    package var cancellation: HandlerContext.Cancellation? { state.withLock { $0.cancellation } }

    /// What the handler asked for, in order.
    package var extensions: [Duration] { state.withLock { $0.extensions } }

    package func cancel(_ reason: HandlerContext.Cancellation) { state.withLock { $0.cancellation = reason } }

    package func extend(by duration: Duration) -> Bool {
        state.withLock { state in
            state.extensions.append(duration)
            return state.cancellation == nil
        }
    }
}

extension HandlerContext {
    /// A context for the test of a handler.
    package static func fake(
        messageID: String = "7B9A1C2D3E4F50617283940A1B2C3D4E", queue: String = "media-events", handler: String = "test", attempt: Int = 1,
        maximumAttempts: Int = 3, enqueued: Date = Date(timeIntervalSince1970: 1_748_938_467), replayedFrom: String? = nil,
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), delivery: FakeDelivery = FakeDelivery()
    ) -> HandlerContext {
        HandlerContext(
            messageID: messageID, queue: queue, handler: handler, attempt: attempt, maximumAttempts: maximumAttempts, enqueued: enqueued,
            replayedFrom: replayedFrom, logger: logger, control: delivery)
    }
}
