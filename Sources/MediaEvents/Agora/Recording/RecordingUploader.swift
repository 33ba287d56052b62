/// The uploader started.
/// - SeeAlso: Agora, Cloud Recording, callbacks, uploader_started.
public struct RecordingUploaderStarted: RecordingDetails {
    public static let event: Int64 = 30
    public static let summary = "the uploader started"

    public var msgName: String?
    /// 0 normal, all else abnormal.
    public var status: Int64?

    public enum CodingKeys: String, CodingKey { case msgName, status }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        status = fields.long(.status)
    }

    public static let sample = #"""
        {
          "msgName": "uploader_started",
          "status": 0
        }
        """#
}

/// All files are in the customer's storage. Says nothing about the session: it came after `RecordingSessionExited` where it was
/// observed.
/// - SeeAlso: Agora, Cloud Recording, callbacks, uploaded.
public struct RecordingUploaded: RecordingDetails {
    public static let event: Int64 = 31
    public static let summary = "all files are in the customer's storage"

    public var msgName: String?
    /// 0 normal. A number; older samples have it as text.
    public var status: Int64?
    /// Missing in a web page recording with MP4.
    public var fileList: [RecordedFile]?

    public enum CodingKeys: String, CodingKey { case msgName, status, fileList }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        status = fields.long(.status)
        fileList = fields.objects(.fileList, of: RecordedFile.self)
    }

    public static let sample = #"""
        {
          "msgName": "uploaded",
          "status": 0,
          "fileList": [
            {
              "fileName": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68_0.mp4",
              "trackType": "audio_and_video",
              "uid": "0",
              "mixedAllUser": true,
              "isPlayable": true,
              "sliceStartTime": 1611562803377
            },
            {
              "fileName": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68.m3u8",
              "trackType": "audio_and_video",
              "uid": "0",
              "mixedAllUser": true,
              "isPlayable": true,
              "sliceStartTime": 1611562803377
            }
          ]
        }
        """#
}

/// All files are uploaded, at least one of them to Agora's backup cloud, which has yet to deliver it to the customer's storage.
/// - SeeAlso: Agora, Cloud Recording, callbacks, backuped.
public struct RecordingBackedUp: RecordingDetails {
    public static let event: Int64 = 32
    public static let summary = "all files are uploaded, some of them to Agora's backup cloud"

    public var msgName: String?
    /// 0 normal. A number; older samples have it as text.
    public var status: Int64?
    /// Missing in a web page recording with MP4.
    public var fileList: [RecordedFile]?

    public enum CodingKeys: String, CodingKey { case msgName, status, fileList }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        status = fields.long(.status)
        fileList = fields.objects(.fileList, of: RecordedFile.self)
    }

    public static let sample = #"""
        {
          "msgName": "backuped",
          "status": 0,
          "fileList": [
            {
              "fileName": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68__uid_s_101__uid_e_audio.m3u8",
              "trackType": "audio",
              "uid": "101",
              "mixedAllUser": false,
              "isPlayable": true,
              "sliceStartTime": 1611562803377
            }
          ]
        }
        """#
}

/// How far the upload is; once a minute.
/// - SeeAlso: Agora, Cloud Recording, callbacks, uploading_progress.
public struct RecordingUploadProgressed: RecordingDetails {
    public static let event: Int64 = 33
    public static let summary = "the upload went on, told once a minute"

    public var msgName: String?
    /// 0...10000: uploaded files in ten-thousandths of the recorded ones. Both grow, so it can fall while the recording runs; 10000
    /// after its end means done.
    public var progress: Int64?

    public enum CodingKeys: String, CodingKey { case msgName, progress }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        progress = fields.long(.progress)
    }

    public static let sample = #"""
        {
          "msgName": "uploading_progress",
          "progress": 8125
        }
        """#
}
