/// The Agora products whose notifications are known here, by the number in `productId`.
/// - SeeAlso: Agora, Notifications, product ids.
public enum AgoraProduct: Int64, Sendable, Hashable, CaseIterable {
    case rtcChannel = 1
    case cloudRecording = 3
    case mediaPull = 4
    /// Started by REST (`rtmp-converters`).
    case mediaPush = 5

    /// The first part of an event type: `media-push` of `media-push.4`.
    public var name: String {
        switch self {
        case .rtcChannel: "rtc-channel"
        case .cloudRecording: "cloud-recording"
        case .mediaPull: "media-pull"
        case .mediaPush: "media-push"
        }
    }

    /// The name under which an event of this product is registered.
    public func type(_ event: Int64) -> EventType { EventType("\(name).\(event)") }
}
