/// The recording of a web page started.
/// - SeeAlso: Agora, Cloud Recording, callbacks, web_recorder_started.
public struct WebRecorderStarted: RecordingDetails {
    public static let event: Int64 = 70
    public static let summary = "the recording of a web page started"

    public var msgName: String?
    /// Unix milliseconds.
    public var recorderStartTime: Int64?

    public enum CodingKeys: String, CodingKey { case msgName, recorderStartTime }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        recorderStartTime = fields.long(.recorderStartTime)
    }

    public static let sample = #"""
        {
          "msgName": "web_recorder_started",
          "recorderStartTime": 1611566411766
        }
        """#
}

/// The recording of a web page stopped, and why.
/// - SeeAlso: Agora, Cloud Recording, callbacks, web_recorder_stopped.
public struct WebRecorderStopped: RecordingDetails {
    public static let event: Int64 = 71
    public static let summary = "the recording of a web page stopped"

    public var msgName: String?
    /// 0 by the user, 1 length limit reached, 2 unsupported function on the page, 3 engine not started, 4 page not loaded in time (for
    /// the second time), 5 page could not be opened, 6 recorder fault.
    public var code: Int64?
    /// The code in a word: `ok`, `max_recording_hour`, `capability_limit`, `start_engine_failed`, `page_load_timeout`,
    /// `access_url_failed`, `recorder_error`. Without the blanks at its ends that one of
    /// Agora's samples has.
    public var message: String?
    /// The reason at more length. Open.
    public var details: String?
    /// Here with name and start only.
    public var fileList: [RecordedFile]?

    public enum CodingKeys: String, CodingKey { case msgName, code, message, details, fileList }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        code = fields.long(.code)
        message = fields.text(.message)?.withoutOuterBlanks
        details = fields.text(.details)
        fileList = fields.objects(.fileList, of: RecordedFile.self)
    }

    public static let sample = #"""
        {
          "msgName": "web_recorder_stopped",
          "code": 0,
          "message": "ok",
          "details": "stopped on request",
          "fileList": [
            {
              "filename": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68.m3u8",
              "sliceStartTime": 1611562803377
            }
          ]
        }
        """#
}

/// A web page uses something that its recorder does not support; the recording stops.
/// - SeeAlso: Agora, Cloud Recording, callbacks, web_recorder_capability_limit.
public struct WebRecorderLimited: RecordingDetails {
    public static let event: Int64 = 72
    public static let summary = "a recorded web page uses what is not supported"

    public var msgName: String?
    /// `resolution`, `WebGL`, `bandwidth`.
    public var limitType: String?

    public enum CodingKeys: String, CodingKey { case msgName, limitType }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        limitType = fields.text(.limitType)
    }

    public static let sample = #"""
        {
          "msgName": "web_recorder_capability_limit",
          "limitType": "WebGL"
        }
        """#
}

/// The recorder loaded its web page again.
/// - SeeAlso: Agora, Cloud Recording, callbacks, web_recorder_reload.
public struct WebRecorderReloaded: RecordingDetails {
    public static let event: Int64 = 73
    public static let summary = "a recorded web page was loaded again"

    public var msgName: String?
    /// `audio_silence`, `page_load_timeout`.
    public var reason: String?

    public enum CodingKeys: String, CodingKey { case msgName, reason }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        reason = fields.text(.reason)
    }

    public static let sample = #"""
        {
          "msgName": "web_recorder_reload",
          "reason": "page_load_timeout"
        }
        """#
}

/// The push of a recorded web page to a CDN changed its state.
/// - SeeAlso: Agora, Cloud Recording, callbacks, rtmp_publish_status.
public struct WebRecorderPushChanged: RecordingDetails {
    public static let event: Int64 = 100
    public static let summary = "the push of a recorded web page to a CDN changed its state"

    public var msgName: String?
    /// The CDN address.
    public var rtmpURL: String?
    /// `connecting`, `publishing`, `onhold`, `disconnected`. Agora's table calls it a number, but these are its values.
    public var status: String?

    public enum CodingKeys: String, CodingKey {
        case msgName
        case rtmpURL = "rtmpUrl"
        case status
    }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        rtmpURL = fields.text(.rtmpURL)
        status = fields.text(.status)
    }

    public static let sample = #"""
        {
          "msgName": "rtmp_publish_status",
          "rtmpUrl": "rtmp://example.com/live/show68",
          "status": "connecting"
        }
        """#
}
