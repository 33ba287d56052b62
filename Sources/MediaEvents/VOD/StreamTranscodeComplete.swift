/// One output stream of a video, one definition in one format, has ended. Comes before the `TranscodeComplete` of the video,
/// but no order is promised.
///
/// In practice any field but `VideoId` may be missing: the technical ones on failure, `Width`, `Height` and `Fps` of audio,
/// `IsAudio`, `StartTime` and `FinishTime` in older messages although the table calls them required. `Codec` and `EncryptType`
/// stand in one edition of the table only.
/// - SeeAlso: ApsaraVideo VOD, event notifications, StreamTranscodeComplete.
public struct StreamTranscodeComplete: CatalogEvent {
    public static let type: EventType = "StreamTranscodeComplete"
    public static let subjectKey = "VideoId"
    public static let summary = "one output stream (one definition in one format) ended"

    public let eventType = StreamTranscodeComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the asset.
    public var videoID: String
    /// `success` or `fail`.
    public var status: String?
    /// kbit/s, as text.
    public var bitrate: String?
    /// The name of a template, not a resolution: `FD`, `LD`, `SD`, `HD`, `OD`, `2K`, `4K`, `AUTO`, with suffixes. Open.
    public var definition: String?
    /// Seconds.
    public var duration: Double?
    public var codec: String?
    public var encrypt: Bool?
    /// The kind of encryption.
    public var encryptType: String?
    /// On failure. Open vocabulary.
    public var errorCode: String?
    public var errorMessage: String?
    /// The play URL, unsigned: with URL signing on, it answers 403 until the consumer has added `auth_key`.
    public var fileURL: String?
    /// The container, `mp4`, `m3u8` and others.
    public var format: String?
    /// Frames per second, as text.
    public var fps: String?
    /// Pixels.
    public var height: Int64?
    /// Pixels.
    public var width: Int64?
    /// Bytes.
    public var size: Int64?
    /// The transcoding job. One of the ids in the vendor's catalogue: it may be missing, but a value that is no text is an error.
    public var jobID: String?
    /// Watermark ids, separated by commas.
    public var watermarkID: String?
    /// Whether the stream is audio only.
    public var isAudio: Bool?
    /// When the job started.
    public var startTime: VendorTime?
    /// When the job ended.
    public var finishTime: VendorTime?
    /// Pass-through data of the uploader, most often JSON text.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { videoID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case videoID = "VideoId"
        case status = "Status"
        case bitrate = "Bitrate"
        case definition = "Definition"
        case duration = "Duration"
        case codec = "Codec"
        case encrypt = "Encrypt"
        case encryptType = "EncryptType"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case fileURL = "FileUrl"
        case format = "Format"
        case fps = "Fps"
        case height = "Height"
        case width = "Width"
        case size = "Size"
        case jobID = "JobId"
        case watermarkID = "WatermarkId"
        case isAudio = "IsAudio"
        case startTime = "StartTime"
        case finishTime = "FinishTime"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        videoID = try fields.subject(.videoID)
        status = fields.text(.status)
        bitrate = fields.text(.bitrate)
        definition = fields.text(.definition)
        duration = fields.double(.duration)
        codec = fields.text(.codec)
        encrypt = fields.boolean(.encrypt)
        encryptType = fields.text(.encryptType)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
        fileURL = fields.text(.fileURL)
        format = fields.text(.format)
        fps = fields.text(.fps)
        height = fields.long(.height)
        width = fields.long(.width)
        size = fields.long(.size)
        jobID = try fields.subjectIfPresent(.jobID)
        watermarkID = fields.text(.watermarkID)
        isAudio = fields.boolean(.isAudio)
        startTime = fields.time(.startTime)
        finishTime = fields.time(.finishTime)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-03T08:15:31Z",
          "EventType": "StreamTranscodeComplete",
          "VideoId": "3c8fb1d04e6a71f0a92b4531859c0102",
          "Status": "success",
          "Bitrate": "496",
          "Definition": "LD",
          "Duration": 312.48,
          "Codec": "H264",
          "Encrypt": false,
          "FileUrl": "http://vod.media.example.com/3c8fb1d04e6a71f0a92b4531859c0102/8c1d2e3f4a5b46c7b8d9e0f1a2b3c4d5-ld.m3u8",
          "Format": "m3u8",
          "Fps": "25",
          "Height": 360,
          "Width": 640,
          "Size": 19377120,
          "JobId": "8c1d2e3f4a5b46c7b8d9e0f1a2b3c4d5",
          "IsAudio": false,
          "StartTime": "2025-06-03T08:14:41Z",
          "FinishTime": "2025-06-03T08:15:30Z",
          "WatermarkId": "7be1f0c2d3a445968a7b6c5d4e3f2a10,1d2c3b4a59687f6e8d9cab0f1e2d3c4b",
          "Extend": "{\"lessonId\":\"L-2047\"}"
        }
        """#
}
