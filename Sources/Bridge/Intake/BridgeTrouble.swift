import Logging
import SMQProtocol
import WorkerCore

/// One log line a minute for each kind of trouble.
struct BridgeTrouble: Sendable {
    private let throttle = LogThrottle()
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func report(_ what: String, _ error: (any Error)? = nil, at now: ContinuousClock.Instant) {
        guard let held = throttle.pass(what, at: now) else { return }
        var metadata: Logger.Metadata = ["times": "\(held + 1)"]
        if let error { metadata["error"] = "\(error)" }
        logger.error("\(what)", metadata: metadata)
    }
}

extension SMQError {
    /// The server refuses this message, whenever it comes: not the queue, the key or the moment.
    var isAboutTheMessage: Bool { [.invalidArgument, .malformedXML, .invalidRequest].contains(code) }
}
