import Logging
import SMQProtocol
import Synchronization

/// Says in the log what is wrong with a queue: once a minute for each kind of trouble, and once when it is over.
final class QueueTrouble: Sendable {
    private let queue: String
    private let logger: Logger
    private let throttle = LogThrottle()
    /// A line about receives was written and not yet taken back.
    private let isOutageKnown = Mutex(false)

    init(queue: String, logger: Logger) {
        self.queue = queue
        self.logger = logger
    }

    /// A receive failed: `over` says when that has passed.
    func receiveFailed(_ error: SMQError, at now: ContinuousClock.Instant) {
        if report(error, at: now) { isOutageKnown.withLock { $0 = true } }
    }

    /// A call failed.
    ///
    /// - Returns: Whether a line was written: one a minute for each operation and code, whatever succeeds in between.
    @discardableResult
    func report(_ error: SMQError, at now: ContinuousClock.Instant) -> Bool {
        guard let held = throttle.pass("\(error.operation) \(error.code.name)", at: now) else { return false }
        var metadata: Logger.Metadata = [
            "queue": "\(queue)", "operation": "\(error.operation)", "code": "\(error.code.name)", "said": "\(error.message)",
        ]
        if let status = error.status { metadata["status"] = "\(status)" }
        if let id = error.requestID { metadata["request"] = "\(id)" }
        if held > 0 { metadata["times"] = "\(held + 1)" }
        logger.error("\(Self.advice(error, queue))", metadata: metadata)
        return true
    }

    /// A receive was answered.
    func over() {
        let was = isOutageKnown.withLock { isKnown in
            defer { isKnown = false }
            return isKnown
        }
        guard was else { return }
        logger.notice("the queue answers again", metadata: ["queue": "\(queue)"])
    }

    /// What happened, and what to do about it.
    private static func advice(_ error: SMQError, _ queue: String) -> String {
        switch error.code.name {
        case "QueueNotExist": "the queue does not exist; create it with `mediaworker queue create \(queue)`; asking again slowly"
        case "InvalidAccessKeyId": "the server does not know this access key; check smq.access_key_id; asking again slowly"
        case "SignatureDoesNotMatch": "the signature is refused; check smq.access_key_secret (and signature, region); asking again slowly"
        case "AccessDenied": "the key has no right to this queue; grant it or use another key; asking again slowly"
        case "TimeExpired": "the server refuses the time of the request; set this machine's clock; asking again"
        case "TooManyRequests", "QpsLimitExceeded": "the server limits the rate of requests; asking less often"
        case "Client.Unreachable": "the queue server cannot be reached; check smq.endpoint and that it runs; trying again"
        default: "the queue does not answer as it should; trying again"
        }
    }
}
