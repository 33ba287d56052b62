/// A player was created: `Create` succeeded. Its token is in it, in clear.
/// - SeeAlso: Agora, Media Pull, notifications, Player Created.
public struct MediaPullCreated: AgoraPayload {
    public static let product = AgoraProduct.mediaPull
    public static let event: Int64 = 1
    public static let subjectKey = "player.id"
    public static let summary = "a player was created"

    public var player: Player
    /// Unix milliseconds at the server.
    public var lts: Int64?
    /// The `X-Request-ID` of the call that created it.
    public var xRequestID: String?

    public var subject: String { player.id }
    public var order: AgoraOrder? { lts.map { AgoraOrder(milliseconds: AgoraTime.milliseconds($0)) } }
    public var contentKey: String { Player.contentKey(player, lts) }

    public enum CodingKeys: String, CodingKey {
        case player, lts
        case xRequestID = "xRequestId"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        player = try fields.part(.player, of: Player.self)
        lts = fields.long(.lts)
        xRequestID = fields.text(.xRequestID)
    }

    public static let sample = #"""
        {
          "player": {
            "channelName": "class32",
            "createTs": 1575508644,
            "id": "2a784467d647bb87b60b719f6fa56317",
            "idleTimeout": 300,
            "name": "class32_relay",
            "playTs": 1575508650,
            "status": "connecting",
            "streamUrl": "rtmp://example.com/live/class32/101",
            "token": "006example",
            "uid": 101
          },
          "lts": 1575508644041,
          "xRequestId": "5a2cc8b4bcce48c78b53c5a261a8c742"
        }
        """#
}

/// A player is gone; final for its id, even when an older event comes after it.
/// - SeeAlso: Agora, Media Pull, notifications, Player Destroyed.
public struct MediaPullDestroyed: AgoraPayload {
    public static let product = AgoraProduct.mediaPull
    public static let event: Int64 = 3
    public static let subjectKey = "player.id"
    public static let summary = "a player was destroyed"

    public var player: Player
    /// Unix milliseconds at the server.
    public var lts: Int64?
    /// Comma-separated names of what is here, with their prefix: `player.name,player.id`.
    public var fields: String?
    /// `Delete Request`, `Internal Error` (often the token), `Idle Timeout` (the source), `Stream Stopped` (its end). Open.
    public var destroyReason: String?

    public var subject: String { player.id }
    public var order: AgoraOrder? { lts.map { AgoraOrder(milliseconds: AgoraTime.milliseconds($0)) } }
    public var contentKey: String { Player.contentKey(player, lts) }

    public enum CodingKeys: String, CodingKey { case player, lts, fields, destroyReason }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        player = try fields.part(.player, of: Player.self)
        lts = fields.long(.lts)
        self.fields = fields.text(.fields)
        destroyReason = fields.text(.destroyReason)
    }

    public static let sample = #"""
        {
          "player": {
            "channelName": "class32",
            "id": "2a784467d647bb87b60b719f6fa56317",
            "name": "class32_relay"
          },
          "lts": 1575509644012,
          "fields": "player.name,player.channelName,player.id",
          "destroyReason": "Stream Stopped"
        }
        """#
}

/// The running state of a player changed.
/// - SeeAlso: Agora, Media Pull, notifications, Player Status Changed.
public struct MediaPullStatusChanged: AgoraPayload {
    public static let product = AgoraProduct.mediaPull
    public static let event: Int64 = 4
    public static let subjectKey = "player.id"
    public static let summary = "the running state of a player changed"

    public var player: Player
    /// Unix milliseconds at the server.
    public var lts: Int64?
    /// As in `MediaPullDestroyed`.
    public var fields: String?

    public var subject: String { player.id }
    public var order: AgoraOrder? { lts.map { AgoraOrder(milliseconds: AgoraTime.milliseconds($0)) } }
    public var contentKey: String { Player.contentKey(player, lts) }

    public enum CodingKeys: String, CodingKey { case player, lts, fields }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        player = try fields.part(.player, of: Player.self)
        lts = fields.long(.lts)
        self.fields = fields.text(.fields)
    }

    public static let sample = #"""
        {
          "player": {
            "channelName": "class32",
            "id": "2a784467d647bb87b60b719f6fa56317",
            "name": "class32_relay",
            "status": "running"
          },
          "lts": 1575508655390,
          "fields": "player.name,player.channelName,player.id,player.status"
        }
        """#
}
