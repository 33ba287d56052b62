/// What a player is to do, as Create takes it. Fields have the vendor's own names; those left out have its defaults.
/// - SeeAlso: Agora, Media Pull, RESTful API, create a cloud player.
package struct PlayerSpec: Codable, Sendable, Equatable {
    /// Unique among the live players of the project: the guard against doubles.
    package var name: String?
    /// The source. It may hold a key: never to be logged as it is.
    package var streamUrl: String
    /// The RTC channel that it plays into.
    package var channelName: String
    /// Its user in the channel: this or `account`, unique there. 0 lets the service choose.
    package var uid: UInt32?
    package var account: String?
    /// Made for exactly this user. Never to be logged.
    package var token: String?
    /// Seconds without users after which the player ends itself.
    package var idleTimeout: Int?
    /// Unix seconds at which to begin; 0 for now. Earlier: that far in, for media on demand.
    package var playTs: Int64?
    /// Media on demand: how often, -1 for ever.
    package var repeatTime: Int?
    /// Media on demand, in seconds.
    package var seekPosition: Int?
    package var audioOptions: AudioOptions?
    package var videoOptions: VideoOptions?
    package var encryptMode: String?
    package var encryptKey: String?
    package var encryptKdfSalt: String?
    package var dataStreamOptions: DataStreamOptions?

    package init(
        name: String? = nil, streamUrl: String, channelName: String, uid: UInt32? = nil, account: String? = nil, token: String? = nil,
        idleTimeout: Int? = nil
    ) {
        self.name = name
        self.streamUrl = streamUrl
        self.channelName = channelName
        self.uid = uid
        self.account = account
        self.token = token
        self.idleTimeout = idleTimeout
    }

    package struct AudioOptions: Codable, Sendable, Equatable {
        package var profile: Int?
    }

    package struct VideoOptions: Codable, Sendable, Equatable {
        package var width: Int?
        package var height: Int?
        package var widthHeightAdaption: Bool?
        package var frameRate: Int?
        /// kbit/s.
        package var bitrate: Int?
        package var codec: String?
        package var fillMode: String?
        package var gop: Int?
    }

    package struct DataStreamOptions: Codable, Sendable, Equatable {
        package var enable: Bool?
    }
}

/// What Update can change of a player.
/// - SeeAlso: Agora, Media Pull, RESTful API, update a cloud player.
package struct PlayerChange: Codable, Sendable, Equatable {
    package var streamUrl: String?
    package var audioOptions: AudioOptions?
    package var seekPosition: Int?
    package var isPause: Bool?

    package struct AudioOptions: Codable, Sendable, Equatable {
        package var volume: Int?
    }

    package init(streamUrl: String? = nil, isPause: Bool? = nil) {
        self.streamUrl = streamUrl
        self.isPause = isPause
    }
}
