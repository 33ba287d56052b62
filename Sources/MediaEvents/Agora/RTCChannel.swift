/// What happened in an RTC channel. All events of the product share one payload; each has the fields that its kind documents.
///
/// The console's health check sends these about the channel `test_webhook`.
/// - SeeAlso: Agora, Notifications, RTC channel events.
public struct RTCChannelPayload<Kind: RTCChannelKind>: AgoraPayload {
    public static var product: AgoraProduct { .rtcChannel }
    public static var event: Int64 { Kind.event }
    public static var subjectKey: String { "channelName" }
    public static var summary: String { Kind.summary }

    public var channelName: String
    /// Unix seconds.
    public var ts: Int64?
    public var uid: Int64?
    /// Of a channel that was destroyed: who was the last in it.
    public var lastUID: Int64?
    /// 1 Android, 2 iOS, 5 Windows, 6 Linux, 7 web, 8 macOS, 0 others.
    public var platform: Int64?
    /// On platform 6: 3 on-premise recording, 10 cloud recording. Not in the communication profile.
    public var clientType: Int64?
    /// Grows with each event of this user. Not for the channel's own events.
    public var clientSeq: UInt64?
    /// Why a user left: 0 other, 1 left, 2 timed out, 3 kicked, 4 the server, 5 joined from another device, 9 several addresses, 10 network,
    /// 12 token, 99 unknown network, 999 joins and leaves too often.
    public var reason: Int64?
    /// Seconds that a user was in the channel.
    public var duration: Int64?

    public var subject: String { channelName }
    public var order: AgoraOrder? {
        ts.map { AgoraOrder(number: Int64(clamping: clientSeq ?? 0), milliseconds: AgoraTime.milliseconds($0)) }
    }
    public var contentKey: String {
        [channelName, uid.map { "\($0)" } ?? "-", clientSeq.map { "\($0)" } ?? "-", ts.map { "\($0)" } ?? "-"].joined(separator: "/")
    }
    /// Sent by the console to try the address.
    public var isHealthCheck: Bool { channelName == "test_webhook" }

    public enum CodingKeys: String, CodingKey {
        case channelName, ts, uid
        case lastUID = "lastUid"
        case platform, clientType, clientSeq, reason, duration
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        channelName = try fields.subject(.channelName)
        ts = fields.long(.ts)
        let documented = Kind.fields
        if documented.contains(.user) { uid = fields.long(.uid) }
        if documented.contains(.lastUser) { lastUID = fields.long(.lastUID) }
        if documented.contains(.platform) { platform = fields.long(.platform) }
        if documented.contains(.clientType) { clientType = fields.long(.clientType) }
        if documented.contains(.user) { clientSeq = fields.unsigned(.clientSeq) }
        if documented.contains(.leaving) { reason = fields.long(.reason) }
        if documented.contains(.leaving) { duration = fields.long(.duration) }
    }

    public static var sample: String {
        let common = #"{ "channelName": "show68", "ts": 1560396834"#
        let user = #", "uid": 101, "platform": 1, "clientSeq": 1625051030746"#
        switch event {
        case 101: return common + " }"
        case 102: return common + #", "lastUid": 101 }"#
        case 104, 106, 108: return common + user + #", "reason": 1, "duration": 600 }"#
        case 111, 112: return common + #", "uid": 101, "clientSeq": 1625051035469 }"#
        default: return common + user + " }"
        }
    }
}

/// Which of the channel's events it is.
public protocol RTCChannelKind: Sendable, Hashable {
    static var event: Int64 { get }
    static var summary: String { get }
    /// Beside `channelName` and `ts`.
    static var fields: RTCChannelFields { get }
}

/// Which of the payload's fields a kind has.
public struct RTCChannelFields: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// `uid`, `clientSeq`.
    public static let user = RTCChannelFields(rawValue: 1)
    /// `lastUid`.
    public static let lastUser = RTCChannelFields(rawValue: 2)
    public static let platform = RTCChannelFields(rawValue: 4)
    public static let clientType = RTCChannelFields(rawValue: 8)
    /// `reason`, `duration`.
    public static let leaving = RTCChannelFields(rawValue: 16)
}

public enum ChannelCreated: RTCChannelKind {
    public static let event: Int64 = 101
    public static let summary = "a channel was created"
    public static let fields: RTCChannelFields = []
}

public enum ChannelDestroyed: RTCChannelKind {
    public static let event: Int64 = 102
    public static let summary = "a channel was destroyed"
    public static let fields: RTCChannelFields = .lastUser
}

public enum HostJoined: RTCChannelKind {
    public static let event: Int64 = 103
    public static let summary = "a host joined a live channel"
    public static let fields: RTCChannelFields = [.user, .platform, .clientType]
}

public enum HostLeft: RTCChannelKind {
    public static let event: Int64 = 104
    public static let summary = "a host left a live channel"
    public static let fields: RTCChannelFields = [.user, .platform, .clientType, .leaving]
}

public enum AudienceJoined: RTCChannelKind {
    public static let event: Int64 = 105
    public static let summary = "an audience member joined a live channel"
    public static let fields: RTCChannelFields = [.user, .platform, .clientType]
}

public enum AudienceLeft: RTCChannelKind {
    public static let event: Int64 = 106
    public static let summary = "an audience member left a live channel"
    public static let fields: RTCChannelFields = [.user, .platform, .clientType, .leaving]
}

public enum UserJoined: RTCChannelKind {
    public static let event: Int64 = 107
    public static let summary = "a user joined a channel of the communication profile"
    public static let fields: RTCChannelFields = [.user, .platform]
}

public enum UserLeft: RTCChannelKind {
    public static let event: Int64 = 108
    public static let summary = "a user left a channel of the communication profile"
    public static let fields: RTCChannelFields = [.user, .platform, .leaving]
}

public enum BecameHost: RTCChannelKind {
    public static let event: Int64 = 111
    public static let summary = "a user became a host"
    public static let fields: RTCChannelFields = .user
}

public enum BecameAudience: RTCChannelKind {
    public static let event: Int64 = 112
    public static let summary = "a user became a member of the audience"
    public static let fields: RTCChannelFields = .user
}
