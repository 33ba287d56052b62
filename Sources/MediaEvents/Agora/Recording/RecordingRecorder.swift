/// The recorder started.
/// - SeeAlso: Agora, Cloud Recording, callbacks, recorder_started.
public struct RecorderStarted: RecordingDetails {
    public static let event: Int64 = 40
    public static let summary = "the recorder started"

    public var msgName: String?
    /// 0 normal.
    public var status: Int64?

    public enum CodingKeys: String, CodingKey { case msgName, status }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        status = fields.long(.status)
    }

    public static let sample = #"""
        {
          "msgName": "recorder_started",
          "status": 0
        }
        """#
}

/// The recorder left the channel. Events about streams may still come after it.
/// - SeeAlso: Agora, Cloud Recording, callbacks, recorder_leave.
public struct RecorderLeft: RecordingDetails {
    public static let event: Int64 = 41
    public static let summary = "the recorder left the channel"

    public var msgName: String?
    /// The bits of `LeaveCode`, combined.
    public var leaveCode: Int64?

    /// Why it left; empty if it could not be initialised, nil if the code is missing. Ask with `contains`: other bits may be set.
    public var leaveReasons: LeaveCode? { leaveCode.map { LeaveCode(rawValue: $0) } }

    public enum CodingKeys: String, CodingKey { case msgName, leaveCode }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        leaveCode = fields.long(.leaveCode)
    }

    public static let sample = #"""
        {
          "msgName": "recorder_leave",
          "leaveCode": 6
        }
        """#

    /// Why a recorder left: any of these together. Without a bit (0) the initialisation failed; unknown bits mean nothing.
    /// - SeeAlso: Agora, Cloud Recording, callbacks, recorder_leave, leaveCode.
    public struct LeaveCode: OptionSet, Hashable, Sendable {
        public let rawValue: Int64

        public init(rawValue: Int64) { self.rawValue = rawValue }

        /// `LEAVE_CODE_SIG`: the process received SIGINT.
        public static let interrupted = LeaveCode(rawValue: 2)
        /// `LEAVE_CODE_NO_USERS`: the channel was empty for `maxIdleTime`.
        public static let noUsers = LeaveCode(rawValue: 4)
        /// `LEAVE_CODE_TIMER_CATCH`: to be ignored.
        public static let timer = LeaveCode(rawValue: 8)
        /// `LEAVE_CODE_CLIENT_LEAVE`: the recorder left by its own call, which is a stop.
        public static let clientLeft = LeaveCode(rawValue: 16)
    }
}

/// The first slice of a recording began, or the first one after an interruption.
/// - SeeAlso: Agora, Cloud Recording, callbacks, recorder_slice_start.
public struct RecorderSliceStarted: RecordingDetails {
    public static let event: Int64 = 42
    public static let summary = "the first slice began, or the first after an interruption"

    public var msgName: String?
    /// Unix milliseconds at which the slice began.
    public var startUtcMs: Int64?
    /// Unix milliseconds: most often as `startUtcMs`; after an interruption the end of the last good slice before it.
    public var discontinueUtcMs: Int64?
    /// Whether all users are in one file.
    public var mixedAllUser: Bool?
    /// The recorded user; `0` in composite mode.
    public var streamUID: String?
    /// `audio`, `video`, `audio_and_video`.
    public var trackType: String?

    public enum CodingKeys: String, CodingKey {
        case msgName, startUtcMs, discontinueUtcMs, mixedAllUser
        case streamUID = "streamUid"
        case trackType
    }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        startUtcMs = fields.long(.startUtcMs)
        discontinueUtcMs = fields.long(.discontinueUtcMs)
        mixedAllUser = fields.boolean(.mixedAllUser)
        streamUID = fields.text(.streamUID)
        trackType = fields.text(.trackType)
    }

    public static let sample = #"""
        {
          "msgName": "recorder_slice_start",
          "startUtcMs": 1611566411618,
          "discontinueUtcMs": 1611566393104,
          "mixedAllUser": false,
          "streamUid": "101",
          "trackType": "video"
        }
        """#
}

/// A user's audio began or ceased to arrive.
/// - SeeAlso: Agora, Cloud Recording, callbacks, recorder_audio_stream_state_changed.
public struct RecorderAudioStreamChanged: RecordingDetails {
    public static let event: Int64 = 43
    public static let summary = "a user's audio began or ceased to arrive"

    public var msgName: String?
    /// The user; `0` may stand for the mix.
    public var streamUID: String?
    /// 0 receiving, 1 not receiving.
    public var state: Int64?
    /// Unix milliseconds of the change. Documented as `UtcMs`, also seen as `utcMs`; each is kept as it came.
    public var documentedUtcMs: Int64?
    public var utcMs: Int64?

    /// Unix milliseconds of the change, in whichever spelling.
    public var changedAtMs: Int64? { documentedUtcMs ?? utcMs }

    public enum CodingKeys: String, CodingKey {
        case msgName
        case streamUID = "streamUid"
        case state
        case documentedUtcMs = "UtcMs"
        case utcMs
    }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        streamUID = fields.text(.streamUID)
        state = fields.long(.state)
        documentedUtcMs = fields.long(.documentedUtcMs)
        utcMs = fields.long(.utcMs)
    }

    public static let sample = #"""
        {
          "msgName": "recorder_audio_stream_state_changed",
          "streamUid": "101",
          "state": 0,
          "UtcMs": 1611566411873
        }
        """#
}

/// A user's video began or ceased to arrive.
/// - SeeAlso: Agora, Cloud Recording, callbacks, recorder_video_stream_state_changed.
public struct RecorderVideoStreamChanged: RecordingDetails {
    public static let event: Int64 = 44
    public static let summary = "a user's video began or ceased to arrive"

    public var msgName: String?
    /// The user; `0` may stand for the mix.
    public var streamUID: String?
    /// 0 receiving, 1 not receiving.
    public var state: Int64?
    /// As in `RecorderAudioStreamChanged`.
    public var documentedUtcMs: Int64?
    public var utcMs: Int64?

    /// Unix milliseconds of the change, in whichever spelling.
    public var changedAtMs: Int64? { documentedUtcMs ?? utcMs }

    public enum CodingKeys: String, CodingKey {
        case msgName
        case streamUID = "streamUid"
        case state
        case documentedUtcMs = "UtcMs"
        case utcMs
    }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        streamUID = fields.text(.streamUID)
        state = fields.long(.state)
        documentedUtcMs = fields.long(.documentedUtcMs)
        utcMs = fields.long(.utcMs)
    }

    public static let sample = #"""
        {
          "msgName": "recorder_video_stream_state_changed",
          "streamUid": "101",
          "state": 1,
          "UtcMs": 1611566411940
        }
        """#
}

/// A screenshot is in the customer's storage.
/// - SeeAlso: Agora, Cloud Recording, callbacks, recorder_snapshot_file.
public struct RecorderSnapshotTaken: RecordingDetails {
    public static let event: Int64 = 45
    public static let summary = "a screenshot was stored"

    public var msgName: String?
    /// The JPG with its prefix: `<fileNamePrefix>/<file name>`. Agora's editions vary in spelling it; each is kept as it came.
    public var fileName: String?
    public var filename: String?

    /// The name, in whichever spelling.
    public var name: String? { fileName ?? filename }

    public enum CodingKeys: String, CodingKey { case msgName, fileName, filename }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        fileName = fields.text(.fileName)
        filename = fields.text(.filename)
    }

    public static let sample = #"""
        {
          "msgName": "recorder_snapshot_file",
          "fileName": "stills/5b7e21c0946d4f3a8e10c27d95ab6f34_show68__uid_s_101__uid_e_video_20210125092011500.jpg"
        }
        """#
}
