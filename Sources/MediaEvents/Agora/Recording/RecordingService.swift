/// The service, or a part of it, met an error. A fatal one may have ended the recording: query at once.
/// - SeeAlso: Agora, Cloud Recording, callbacks, cloud_recording_error.
public struct RecordingFailed: RecordingDetails {
    public static let event: Int64 = 1
    public static let summary = "a recording met an error"

    public var msgName: String?
    /// 0 recorder, 1 uploader, 2 cloud recording service, 6 web page recording.
    public var module: Int64?
    /// 1 debug, 2 minor, 3 medium, 4 major, 5 fatal.
    public var errorLevel: Int64?
    /// Of the uploader: 32 wrong storage configuration, 47 upload failed, 51 file handling failed. Of the service: 50 time-out while
    /// uploading, 52 time-out while starting. Of others: the error codes of the REST calls.
    public var errorCode: Int64?
    /// 0 normal, all else abnormal.
    public var stat: Int64?
    /// In words. Open.
    public var errorMsg: String?

    /// Whether the recording may have ended by it. False if the level is missing.
    public var isFatal: Bool { errorLevel == 5 }

    public enum CodingKeys: String, CodingKey { case msgName, module, errorLevel, errorCode, stat, errorMsg }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        module = fields.long(.module)
        errorLevel = fields.long(.errorLevel)
        errorCode = fields.long(.errorCode)
        stat = fields.long(.stat)
        errorMsg = fields.text(.errorMsg)
    }

    public static let sample = #"""
        {
          "msgName": "cloud_recording_error",
          "module": 1,
          "errorLevel": 4,
          "errorCode": 47,
          "stat": 1,
          "errorMsg": "upload refused by the bucket"
        }
        """#
}

/// The service, or a part of it, gives a warning; the recording goes on.
/// - SeeAlso: Agora, Cloud Recording, callbacks, cloud_recording_warning.
public struct RecordingWarned: RecordingDetails {
    public static let event: Int64 = 2
    public static let summary = "a recording gave a warning"

    public var msgName: String?
    /// 0 recorder, 1 uploader.
    public var module: Int64?
    /// Of the uploader: 31 a slice was uploaded again to the configured storage, 32 to Agora's backup cloud. As an error
    /// (`RecordingFailed`) 32 means something else.
    public var warnCode: Int64?

    public enum CodingKeys: String, CodingKey { case msgName, module, warnCode }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        module = fields.long(.module)
        warnCode = fields.long(.warnCode)
    }

    public static let sample = #"""
        {
          "msgName": "cloud_recording_warning",
          "module": 1,
          "warnCode": 31
        }
        """#
}

/// A call did not fit the state that the service is in.
/// - SeeAlso: Agora, Cloud Recording, callbacks, cloud_recording_status_update.
public struct RecordingStatusUpdated: RecordingDetails {
    public static let event: Int64 = 3
    public static let summary = "a call did not fit the state of the recording"

    public var msgName: String?
    /// 0 not started, 1 initialised, 2 recorder starting, 3 uploader ready, 4 recorder ready, 5 first file uploaded (stays while it
    /// runs), 6 recording stopped, 7 service stopped, 8 about to exit, 20 abnormal exit.
    public var status: Int64?
    /// Individual or composite: Agora's editions contradict each other on which is 0 and which is 1. Decide nothing by it.
    public var recordingMode: Int64?
    /// The name of the M3U8 file. Text here, an array in `RecordingUploaded`.
    public var fileList: String?

    /// Whether the status is one of those of a running recording. False if it is missing.
    public var isRecording: Bool { status == 4 || status == 5 }

    public enum CodingKeys: String, CodingKey { case msgName, status, recordingMode, fileList }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        status = fields.long(.status)
        recordingMode = fields.long(.recordingMode)
        fileList = fields.text(.fileList)
    }

    public static let sample = #"""
        {
          "msgName": "cloud_recording_status_update",
          "status": 4,
          "recordingMode": 1,
          "fileList": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68.m3u8"
        }
        """#
}

/// The M3U8 file was made and uploaded for the first time. Repeats have been seen.
/// - SeeAlso: Agora, Cloud Recording, callbacks, cloud_recording_file_infos.
public struct RecordingFileInfos: RecordingDetails {
    public static let event: Int64 = 4
    public static let summary = "the index file was uploaded for the first time"

    public var msgName: String?
    /// The name of the M3U8 file. Text here, an array in `RecordingUploaded`.
    public var fileList: String?

    public enum CodingKeys: String, CodingKey { case msgName, fileList }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        fileList = fields.text(.fileList)
    }

    public static let sample = #"""
        {
          "msgName": "cloud_recording_file_infos",
          "fileList": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68.m3u8"
        }
        """#
}

/// The service ended and left. Final for the session, but not for its files: `RecordingUploaded` may follow.
/// - SeeAlso: Agora, Cloud Recording, callbacks, session_exit.
public struct RecordingSessionExited: RecordingDetails {
    public static let event: Int64 = 11
    public static let summary = "the recording service ended and left"

    public var msgName: String?
    /// 0 normal: ended and uploaded. 1 abnormal, for example wrong parameters.
    public var exitStatus: Int64?

    public enum CodingKeys: String, CodingKey { case msgName, exitStatus }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        exitStatus = fields.long(.exitStatus)
    }

    public static let sample = #"""
        {
          "msgName": "session_exit",
          "exitStatus": 0
        }
        """#
}

/// The recording moves to another server: the same `sid`, a new recorder uid, an index file with the next `bak<n>_` prefix. Until
/// it is there, calls may answer 404.
/// - SeeAlso: Agora, Cloud Recording, callbacks, session_failover.
public struct RecordingSessionFailedOver: RecordingDetails {
    public static let event: Int64 = 12
    public static let summary = "the recording moved to another server"

    public var msgName: String?
    /// The random uid of the recorder on the new server: 32 bits without a sign.
    public var newUID: Int64?

    public enum CodingKeys: String, CodingKey {
        case msgName
        case newUID = "newUid"
    }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        newUID = fields.long(.newUID)
    }

    public static let sample = #"""
        {
          "msgName": "session_failover",
          "newUid": 2963340175
        }
        """#
}
