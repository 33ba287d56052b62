/// Where notifications go, and which.
package struct NotificationPlan: Sendable, Equatable {
    /// Of a bridge: `http` or `https`.
    var url: String
    /// What signs them, by service: each has its own, as in Agora's console.
    var secrets: [AgoraService: String]
    /// The event types to send, by service; those of a service that is left out are all sent.
    var events: [AgoraService: Set<Int64>] = [:]
    /// Converters say `lts` in seconds, as the printed samples do, and not in milliseconds.
    var saysSeconds = false
    /// Part of the recordings that end with `backuped` (32) and not with `uploaded` (31).
    var backuped = 0.0
    var conditions = PostConditions()
}
