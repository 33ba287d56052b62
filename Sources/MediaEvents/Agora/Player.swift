/// A Media Pull player as notifications show it: whole when created, afterwards the members that `fields` names.
/// - SeeAlso: Agora, Media Pull, notifications, player.
public struct Player: VendorObject {
    public var id: String
    /// Missing when none was given.
    public var name: String?
    /// The RTC channel that it plays into.
    public var channelName: String?
    /// The source.
    public var streamURL: String?
    /// An RTC token in clear: never to be logged.
    public var token: String?
    /// Of players made with a user id; `uid` and `account` exclude each other.
    public var uid: Int64?
    public var account: String?
    /// Seconds.
    public var idleTimeout: Int64?
    /// Unix seconds.
    public var createTs: Int64?
    /// Unix seconds; in one edition only.
    public var playTs: Int64?
    /// `connecting` (after `running`: the source was lost), `success`, `running`, `failed`, `stopped`, `idle`. Open.
    public var status: String?

    public enum CodingKeys: String, CodingKey {
        case id, name, channelName
        case streamURL = "streamUrl"
        case token, uid, account, idleTimeout, createTs, playTs, status
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        id = try fields.subject(.id)
        name = fields.text(.name)
        channelName = fields.text(.channelName)
        streamURL = fields.text(.streamURL)
        token = fields.text(.token)
        uid = fields.long(.uid)
        account = fields.text(.account)
        idleTimeout = fields.long(.idleTimeout)
        createTs = fields.long(.createTs)
        playTs = fields.long(.playTs)
        status = fields.text(.status)
    }

    static func contentKey(_ player: Player, _ lts: Int64?) -> String {
        [player.id, lts.map { "\($0)" } ?? "-", player.status ?? "-"].joined(separator: "/")
    }
}
