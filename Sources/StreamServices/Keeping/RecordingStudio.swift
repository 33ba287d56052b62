package import Logging
import Synchronization

/// The hands for each wanted show: one for each, so that a start is repeated with the token that it had.
package final class RecordingStudio: Sendable {
    private let client: AgoraClient
    private let calls: CloudRecordingCalls
    private let tokens: (any TokenProvider)?
    private let logger: Logger
    private let replies: RecordingReplies?
    private let hands = Mutex<[String: (wish: RecordingWish, hands: RecordingHands)]>([:])

    /// - Parameters:
    ///   - tokens: nil where the project needs none.
    ///   - replies: Gets what answers say of files.
    package init(
        _ client: AgoraClient, appID: String, tokens: (any TokenProvider)?, logger: Logger, replies: RecordingReplies? = nil
    ) {
        self.client = client
        calls = CloudRecordingCalls(appID: appID)
        self.tokens = tokens
        self.logger = logger
        self.replies = replies
    }

    func rules(for record: RecordingRecord) -> RecordingTaskRules { record.rules(tokenLifetime: tokens?.lifetime) }

    func hands(for wish: RecordingWish) -> RecordingHands {
        hands.withLock { known in
            if let (old, hands) = known[wish.name], old == wish { return hands }
            let made = RecordingHands(client, calls, wish.plan, logger: logger, replies: replies) { [tokens] uid in
                guard let tokens, let number = UInt32(uid) else { return nil }
                return try await tokens.token(channel: wish.cname, user: .uid(number))
            }
            known[wish.name] = (wish, made)
            return made
        }
    }
}

extension RecordingWish {
    /// What its calls say.
    var plan: RecordingHands.Plan { RecordingHands.Plan(cname: cname, mode: mode, spec: start, acquiring: acquire ?? .init()) }
}
