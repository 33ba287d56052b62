/// A job that makes an animated image, GIF or WebP, has ended.
///
/// In practice all but `VideoId` and `JobId` may be missing. `DynamicImageJobInfo` comes on success, the error fields on
/// failure.
/// - SeeAlso: ApsaraVideo VOD, event notifications, DynamicImageComplete.
public struct DynamicImageComplete: CatalogEvent {
    public static let type: EventType = "DynamicImageComplete"
    public static let subjectKey = "VideoId"
    public static let summary = "an animated-image job (GIF, WebP) ended"

    public let eventType = DynamicImageComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the asset.
    public var videoID: String
    /// `success` or `fail`.
    public var status: String?
    /// The animated-image job.
    public var jobID: String
    /// On failure. Open vocabulary.
    public var errorCode: String?
    public var errorMessage: String?
    /// The image. The vendor sends one object, sent its text once, and documents an array.
    public var dynamicImageJobInfo: OneOrMore<DynamicImage>?
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { videoID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case videoID = "VideoId"
        case status = "Status"
        case jobID = "JobId"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case dynamicImageJobInfo = "DynamicImageJobInfo"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        videoID = try fields.subject(.videoID)
        status = fields.text(.status)
        jobID = try fields.subject(.jobID)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
        dynamicImageJobInfo = fields.oneOrMore(.dynamicImageJobInfo, of: DynamicImage.self)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T09:15:47Z",
          "EventType": "DynamicImageComplete",
          "VideoId": "7d2e90ab5c1b71f0bb604531959c0102",
          "Status": "success",
          "JobId": "a1c3e5079b2d4f6880716253948fa0be",
          "DynamicImageJobInfo": {
            "JobId": "a1c3e5079b2d4f6880716253948fa0be",
            "Status": "success",
            "FileURL": "http://vod.media.example.com/7d2e90ab5c1b71f0bb604531959c0102/image/dynamic/a1c3e5079b2d.gif",
            "FileSize": "638104",
            "Fps": "10",
            "Height": "360",
            "Width": "640"
          }
        }
        """#
}

/// One animated image inside `DynamicImageComplete`: the member `DynamicImageJobInfo`. Every field may be missing, and all are text.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, DynamicImageComplete, DynamicImageJobInfo.
public struct DynamicImage: VendorObject {
    /// The animated-image job, once more.
    public var jobID: String?
    /// `success` or `fail`.
    public var status: String?
    /// The image.
    public var fileURL: String?
    /// Bytes, as text.
    public var fileSize: String?
    /// Frames per second, as text.
    public var fps: String?
    /// Pixels, as text.
    public var height: String?
    /// Pixels, as text.
    public var width: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }

    public enum CodingKeys: String, CodingKey {
        case jobID = "JobId"
        case status = "Status"
        case fileURL = "FileURL"
        case fileSize = "FileSize"
        case fps = "Fps"
        case height = "Height"
        case width = "Width"
    }

    public init(_ fields: Fields<CodingKeys>) {
        jobID = fields.text(.jobID)
        status = fields.text(.status)
        fileURL = fields.text(.fileURL)
        fileSize = fields.text(.fileSize)
        fps = fields.text(.fps)
        height = fields.text(.height)
        width = fields.text(.width)
    }
}
