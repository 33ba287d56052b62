public import Logging

public import struct Foundation.Date

/// What a handler knows about the delivery it works on.
public struct HandlerContext: Sendable {
    /// Why a handler is asked to stop. Its task is cancelled at the same time.
    public enum Cancellation: Sendable, Equatable {
        /// The soft time limit passed: return soon, the attempt counts as failed.
        case timeLimit
        /// The message may belong to somebody else by now: the result is thrown away.
        case leaseLost
        /// The worker stops: no attempt is counted, the message is handed back.
        case stopping
    }

    /// The queue's id of the message; stable over redeliveries, new after a replay.
    public let messageID: String
    public let queue: String
    /// 1 at first; grows with each attempt of this message that ended badly, in whichever process of this host.
    public let attempt: Int
    /// The attempt after which a bad end dead-letters the message.
    public let maximumAttempts: Int
    /// When the queue accepted the message.
    public let enqueued: Date
    /// The message id of the dead letter that this message was replayed from, nil for all others.
    public let replayedFrom: String?
    /// Carries the message id and the handler's name as metadata.
    public var logger: Logger {
        var logger = baseLogger  // made when asked for: most events are handled without a log line
        logger[metadataKey: "message"] = "\(messageID)"
        logger[metadataKey: "handler"] = "\(handlerName)"
        return logger
    }
    private let handlerName: String
    private let baseLogger: Logger
    private let control: any DeliveryControl

    package init(
        messageID: String, queue: String, handler: String, attempt: Int, maximumAttempts: Int, enqueued: Date, replayedFrom: String?,
        logger: Logger, control: any DeliveryControl
    ) {
        self.messageID = messageID
        self.queue = queue
        self.attempt = attempt
        self.maximumAttempts = maximumAttempts
        self.enqueued = enqueued
        self.replayedFrom = replayedFrom
        handlerName = handler
        baseLogger = logger
        self.control = control
    }

    /// Until when the message is proven to be ours, on the monotonic clock. Moves on by itself while the handler runs.
    public var leaseDeadline: ContinuousClock.Instant { control.leaseDeadline }

    /// Nil until the handler is asked to stop.
    public var cancellation: Cancellation? { control.cancellation }

    /// Asks for `duration` more from now before the soft limit; the hard limit moves along. The lease is renewed anyway.
    ///
    /// - Returns: False if the handler was cancelled already or the holding limit of the worker leaves less than that.
    @discardableResult
    public func extend(by duration: Duration) -> Bool { control.extend(by: duration) }
}

/// The live side of a delivery that a context shows. The lease engine implements it; a test kit fakes it.
package protocol DeliveryControl: Sendable {
    var leaseDeadline: ContinuousClock.Instant { get }
    var cancellation: HandlerContext.Cancellation? { get }
    func extend(by duration: Duration) -> Bool
}
