/// One output stream inside `TranscodeComplete`: an element of `StreamInfos`. Every field may be missing.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, TranscodeComplete, StreamInfos.
public struct TranscodedStream: VendorObject {
    /// `success` or `fail`, of this stream.
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
    /// The transcoding job.
    public var jobID: String?
    /// Watermark ids, separated by commas.
    public var watermarkID: String?
    /// Whether the stream is audio only.
    public var isAudio: Bool?
    /// When the job started.
    public var startTime: VendorTime?
    /// When the job ended.
    public var finishTime: VendorTime?

    /// How this stream ended; the event's own outcome may differ.
    public var outcome: Outcome? { status.map { Outcome(word: $0) } }

    public enum CodingKeys: String, CodingKey {
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
    }

    public init(_ fields: Fields<CodingKeys>) {
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
        jobID = fields.text(.jobID)
        watermarkID = fields.text(.watermarkID)
        isAudio = fields.boolean(.isAudio)
        startTime = fields.time(.startTime)
        finishTime = fields.time(.finishTime)
    }
}
