package import MediaEvents

/// A player as Create answers and List shows it, which may be as little as its id, name and time of creation.
/// - SeeAlso: Agora, Media Pull, RESTful API.
package struct PlayerReply: VendorObject {
    package var id: String
    package var name: String?
    package var channelName: String?
    package var streamURL: String?
    package var uid: Int64?
    package var account: String?
    /// Unix seconds. Once spelled `CreateTs`.
    package var createTs: Int64?
    /// `idle`, `connecting`, `running`, `failed`; nil where the service does not say, which means that the player lives.
    package var status: String?

    package enum CodingKeys: String, CodingKey {
        case id, name, channelName, uid, account, createTs, status
        case otherCreateTs = "CreateTs"
        case streamURL = "streamUrl"
    }

    package init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        id = try fields.subject(.id)
        name = fields.text(.name)
        channelName = fields.text(.channelName)
        streamURL = fields.text(.streamURL)
        uid = fields.long(.uid)
        account = fields.text(.account)
        createTs = fields.long(.createTs) ?? fields.long(.otherCreateTs)
        status = fields.text(.status)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(channelName, forKey: .channelName)
        try container.encodeIfPresent(streamURL, forKey: .streamURL)
        try container.encodeIfPresent(uid, forKey: .uid)
        try container.encodeIfPresent(account, forKey: .account)
        try container.encodeIfPresent(createTs, forKey: .createTs)
        try container.encodeIfPresent(status, forKey: .status)
    }
}

/// What Create answers.
package struct PlayerCreated: VendorObject {
    package var player: PlayerReply

    package enum CodingKeys: String, CodingKey { case player }

    package init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) { player = try fields.part(.player, of: PlayerReply.self) }
}

/// One page of List, oldest players first.
package struct PlayerPage: VendorObject {
    package var players: [PlayerReply]
    package var totalSize: Int64?
    package var nextPageToken: String?

    /// For the next page; nil after the last.
    package var nextToken: String? { PageMark.next(nextPageToken) }

    package enum CodingKeys: String, CodingKey { case players, totalSize, nextPageToken }

    package init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        guard let players = fields.objects(.players, of: PlayerReply.self) else {
            throw UndecodableBody(reason: "`players` is missing", key: "players")
        }
        self.players = players
        totalSize = fields.long(.totalSize)
        nextPageToken = fields.text(.nextPageToken)
    }
}
