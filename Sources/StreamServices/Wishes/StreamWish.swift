/// A stream that somebody wants to run: what `mediaworker agora push|pull create` and the file of wanted tasks say.
///
/// ```json
/// { "name": "stage7_main", "region": "eu", "until": "2026-06-01T22:00:00Z", "converter": { "rtmpUrl": "rtmp://…", "rawOptions": { … } } }
/// { "name": "stage7_901", "region": "eu", "until": "forever", "player": { "streamUrl": "rtmp://…", "channelName": "stage7", "uid": 901 } }
/// ```
package struct StreamWish: Codable, Sendable, Equatable {
    /// Unique among the wishes of its service. The task at Agora has it, too: the guard against doubles.
    package var name: String
    package var region: TaskRegion
    package var until: Until
    /// Ends that the service reports do not end the wish before its time: a stream that stopped is made again.
    package var keepUntil: Bool?
    /// For a push.
    package var converter: ConverterSpec?
    /// For a pull.
    package var player: PlayerSpec?
    /// IPv4 of the CDN's origin, or of the source, where known.
    package var hintAddress: String?
    /// Users for the players that replace the first one, in turn with its own; without them numbers far from the first are taken.
    package var spareUids: [UInt32]?
    package var spareAccounts: [String]?
    /// On demand: a replacement goes on where the first player would be.
    package var resumes: Bool?
    /// Addresses that are fed beside the first one (push), or sources that are played beside it (pull): each is a task of its own.
    package var backups: [String]?
    /// The tasks of this wish run in different machine rooms: Agora's suffixes 1...3 for their names.
    package var isolated: Bool?
    /// The CDN's field for the priority of a stream: each replacement has a higher one, so that the CDN drops what it replaces.
    package var priorityField: String?
    /// A task of that name, channel and address that runs already is taken over.
    package var adopts: Bool?
    /// Which of the wish's tasks this is: 0 the main one. Set when a wish is split into its tasks.
    package var rank: Int?
    /// The name of the wish that it was split from.
    package var group: String?
    /// It is in the file of wanted tasks, and ends when it leaves it.
    package var isConfigured: Bool?

    package init(name: String, region: TaskRegion, until: Until, converter: ConverterSpec? = nil, player: PlayerSpec? = nil) {
        self.name = name
        self.region = region
        self.until = until
        self.converter = converter
        self.player = player
    }

    package var service: StreamService { player == nil ? .mediaPush : .mediaPull }

    package var channel: String {
        player?.channelName ?? converter?.transcodeOptions?.rtcChannel ?? converter?.rawOptions?.rtcChannel ?? ""
    }

    /// With the key in it.
    package var address: String { player?.streamUrl ?? converter?.rtmpUrl ?? "" }
}

extension StreamWish {
    /// How long something is wanted: a moment, or in so many words for ever.
    package enum Until: Codable, Sendable, Equatable {
        /// Unix milliseconds.
        case moment(Int64)
        case forever

        package init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            guard let value = Until(text) else {
                let path = decoder.codingPath
                throw DecodingError.dataCorrupted(.init(codingPath: path, debugDescription: "must be RFC 3339, or \"forever\""))
            }
            self = value
        }

        package init?(_ text: String) {
            if text == "forever" {
                self = .forever
            } else if let moment = WishTime.milliseconds(text) {
                self = .moment(moment)
            } else {
                return nil
            }
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .moment(let moment): try container.encode(WishTime.text(moment))
            case .forever: try container.encode("forever")
            }
        }

        package var milliseconds: Int64? {
            if case .moment(let moment) = self { moment } else { nil }
        }
    }
}
