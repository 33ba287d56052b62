import MediaEvents

extension StreamTask.Event {
    /// - Returns: nil for a fact that says nothing about how the task is.
    init?(_ fact: StreamFact) {
        switch EventDecoder().decode(fact.body).event {
        case let event as AgoraNotice<MediaPushStateChanged>: self = .state(hasFailed: event.payload.converter.state == "failed")
        case let event as AgoraNotice<MediaPushDestroyed>: self = .destroyed(reason: event.payload.destroyReason ?? "")
        case let event as AgoraNotice<MediaPullStatusChanged>: self = .state(hasFailed: event.payload.player.status == "failed")
        case let event as AgoraNotice<MediaPullDestroyed>: self = .destroyed(reason: event.payload.destroyReason ?? "")
        default: return nil
        }
    }
}
