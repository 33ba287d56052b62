import Foundation
package import Logging
import SMQProtocol
import Synchronization
package import WorkerCore

/// What goes wrong in the bridge: one log line a minute for each kind, and the last of all for those who ask.
package final class BridgeTrouble: Sendable {
    private let throttle = LogThrottle()
    private let logger: Logger
    private let clock: any WorkerClock
    private let lastOne = Mutex<Entry?>(nil)

    struct Entry: Sendable, Encodable {
        let what: String
        let at: Date
    }

    package init(logger: Logger, clock: any WorkerClock) {
        self.logger = logger
        self.clock = clock
    }

    var last: Entry? { lastOne.withLock { $0 } }

    /// - Parameter what: The kind, in words that may be shown to anybody; particulars belong into `error`.
    func report(_ what: String, _ error: (any Error)? = nil) {
        let entry = Entry(what: what, at: clock.wall)
        lastOne.withLock { $0 = entry }
        guard let held = throttle.pass(what, at: clock.now) else { return }
        var metadata: Logger.Metadata = ["times": "\(held + 1)"]
        if let error { metadata["error"] = "\(error)" }
        logger.error("\(what)", metadata: metadata)
    }
}

extension SMQError {
    /// The server refuses this message, whenever it comes: not the queue, the key or the moment.
    var isAboutTheMessage: Bool { [.invalidArgument, .malformedXML, .invalidRequest].contains(code) }
}
