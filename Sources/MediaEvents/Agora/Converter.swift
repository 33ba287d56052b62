/// A Media Push converter as notifications show it: whole when created, afterwards the members that `fields` names.
/// - SeeAlso: Agora, Media Push, notifications, converter.
public struct Converter: VendorObject {
    public var id: String
    /// Empty or missing when none was given.
    public var name: String?
    /// Of converters that transcode.
    public var transcodeOptions: TranscodeOptions?
    /// Of converters that do not.
    public var rawOptions: RawOptions?
    /// The CDN address.
    public var rtmpURL: String?
    /// Seconds. Agora's field table spells it `idleTimeOut`, its sample `idleTimeout`; each is kept as it came.
    public var idleTimeout: Int64?
    public var idleTimeOut: Int64?
    /// Unix seconds.
    public var createTs: Int64?
    /// Unix seconds of the last change of its configuration.
    public var updateTs: Int64?
    /// `connecting`, `running`, `failed`, formerly `idle`. Of any other nothing is known but by asking.
    public var state: String?

    /// Seconds, in whichever spelling.
    public var idleLimit: Int64? { idleTimeout ?? idleTimeOut }

    public enum CodingKeys: String, CodingKey {
        case id, name, transcodeOptions, rawOptions
        case rtmpURL = "rtmpUrl"
        case idleTimeout, idleTimeOut, createTs, updateTs, state
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        id = try fields.subject(.id)
        name = fields.text(.name)
        transcodeOptions = fields.object(.transcodeOptions, of: TranscodeOptions.self)
        rawOptions = fields.object(.rawOptions, of: RawOptions.self)
        rtmpURL = fields.text(.rtmpURL)
        idleTimeout = fields.long(.idleTimeout)
        idleTimeOut = fields.long(.idleTimeOut)
        createTs = fields.long(.createTs)
        updateTs = fields.long(.updateTs)
        state = fields.text(.state)
    }

    static func contentKey(_ converter: Converter, _ lts: Int64?, _ fields: String?, _ requestID: String? = nil) -> String {
        [converter.id, lts.map { "\($0)" } ?? "-", converter.state ?? "-", fields ?? "-", requestID ?? "-"].joined(separator: "/")
    }
}

extension Converter {
    /// Without transcoding: one user's stream as it is.
    public struct RawOptions: VendorObject {
        public var rtcChannel: String?
        public var rtcStreamUID: ChannelUser?

        public enum CodingKeys: String, CodingKey {
            case rtcChannel
            case rtcStreamUID = "rtcStreamUid"
        }

        public init(_ fields: Fields<CodingKeys>) {
            rtcChannel = fields.text(.rtcChannel)
            rtcStreamUID = fields.user(.rtcStreamUID)
        }
    }

    public struct TranscodeOptions: VendorObject {
        public var rtcChannel: String?
        public var audioOptions: AudioOptions?
        public var videoOptions: VideoOptions?

        public enum CodingKeys: String, CodingKey { case rtcChannel, audioOptions, videoOptions }

        public init(_ fields: Fields<CodingKeys>) {
            rtcChannel = fields.text(.rtcChannel)
            audioOptions = fields.object(.audioOptions, of: AudioOptions.self)
            videoOptions = fields.object(.videoOptions, of: VideoOptions.self)
        }
    }

    public struct AudioOptions: VendorObject {
        /// `LC-AAC`, `HE-AAC`.
        public var codecProfile: String?
        /// Hz.
        public var sampleRate: Int64?
        /// kbit/s.
        public var bitrate: Int64?
        /// 1 or 2.
        public var audioChannels: Int64?
        /// Nil for everybody, empty for nobody.
        public var rtcStreamUIDs: [ChannelUser]?

        public enum CodingKeys: String, CodingKey {
            case codecProfile, sampleRate, bitrate, audioChannels
            case rtcStreamUIDs = "rtcStreamUids"
        }

        public init(_ fields: Fields<CodingKeys>) {
            codecProfile = fields.text(.codecProfile)
            sampleRate = fields.long(.sampleRate)
            bitrate = fields.long(.bitrate)
            audioChannels = fields.long(.audioChannels)
            rtcStreamUIDs = fields.users(.rtcStreamUIDs)
        }
    }
}
