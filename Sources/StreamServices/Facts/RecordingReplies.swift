package import Logging

/// Writes down what answers say of a recording's files, each news once.
package struct RecordingReplies: Sendable {
    private let facts: any StreamFactStore
    private let clock: any StreamClock
    private let logger: Logger

    package init(_ facts: any StreamFactStore, clock: any StreamClock, logger: Logger) {
        self.facts = facts
        self.clock = clock
        self.logger = logger
    }

    /// A failure is said and no error: the recording goes on, and the next answer says the same.
    func take(_ answer: AgoraAnswer, to call: StreamFact.FileCall, of sid: String) async {
        guard let fact = StreamFact(answer, to: call, of: sid, at: clock.unixMilliseconds) else { return }
        do { try await facts.write(fact) } catch {
            logger.warning(
                "what an answer says of a recording's files could not be written down", metadata: ["sid": "\(sid)", "error": "\(error)"])
        }
    }
}
