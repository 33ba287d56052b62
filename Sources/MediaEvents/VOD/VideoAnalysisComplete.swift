/// The source file of an asset has been probed.
///
/// In practice all but `VideoId` may be missing: on failure every technical field, of audio `Width`, `Height` and `Fps`. The
/// error fields come on failure only. The vendor's sample has numbers as text where the table has numbers; both are read.
/// - SeeAlso: ApsaraVideo VOD, event notifications, VideoAnalysisComplete.
public struct VideoAnalysisComplete: CatalogEvent {
    public static let type: EventType = "VideoAnalysisComplete"
    public static let subjectKey = "VideoId"
    public static let summary = "the source file has been probed"

    public let eventType = VideoAnalysisComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the asset.
    public var videoID: String
    /// `success` or `fail`.
    public var status: String?
    /// Pixels.
    public var width: Int64?
    /// Pixels.
    public var height: Int64?
    /// Seconds.
    public var duration: Double?
    /// kbit/s, as text.
    public var bitrate: String?
    /// Frames per second, as text.
    public var fps: String?
    /// Bytes.
    public var size: Int64?
    /// On failure, `InvalidParameter.ResourceContentBad` for one. Open vocabulary.
    public var errorCode: String?
    public var errorMessage: String?
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { videoID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case videoID = "VideoId"
        case status = "Status"
        case width = "Width"
        case height = "Height"
        case duration = "Duration"
        case bitrate = "Bitrate"
        case fps = "Fps"
        case size = "Size"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        videoID = try fields.subject(.videoID)
        status = fields.text(.status)
        width = fields.long(.width)
        height = fields.long(.height)
        duration = fields.double(.duration)
        bitrate = fields.text(.bitrate)
        fps = fields.text(.fps)
        size = fields.long(.size)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T08:04:02Z",
          "EventType": "VideoAnalysisComplete",
          "VideoId": "7d2e90ab5c1b71f0bb604531959c0102",
          "Status": "success",
          "Width": 1280,
          "Height": 720,
          "Duration": 1804.36,
          "Bitrate": "1829",
          "Fps": "23.98",
          "Size": 412680337
        }
        """#
}
