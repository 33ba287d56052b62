/// The service has begun to merge the recordings of one live session into one video. Says nothing about how the merge ends: the
/// `FileUploadComplete` of the same `VideoId` does.
///
/// In practice all but `VideoId` may be missing. A failure has no error fields.
/// - SeeAlso: ApsaraVideo VOD, event notifications, LiveRecordVideoComposeStart.
public struct LiveRecordVideoComposeStart: CatalogEvent {
    public static let type: EventType = "LiveRecordVideoComposeStart"
    public static let subjectKey = "VideoId"
    public static let summary = "merging the recordings of one live session began"

    public let eventType = LiveRecordVideoComposeStart.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the video that the merge will make.
    public var videoID: String
    /// `success` or `fail`, of the start.
    public var status: String?
    /// The live stream.
    public var streamName: String?
    /// The domain of the live stream.
    public var domainName: String?
    /// The application of the live stream.
    public var appName: String?

    /// Whether the merge could be started, not whether it succeeded.
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { videoID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case videoID = "VideoId"
        case status = "Status"
        case streamName = "StreamName"
        case domainName = "DomainName"
        case appName = "AppName"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        videoID = try fields.subject(.videoID)
        status = fields.text(.status)
        streamName = fields.text(.streamName)
        domainName = fields.text(.domainName)
        appName = fields.text(.appName)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T21:34:40Z",
          "EventType": "LiveRecordVideoComposeStart",
          "VideoId": "a2c8f5e15d3371f08d404531958c0102",
          "Status": "success",
          "StreamName": "stage-left",
          "DomainName": "live.example.com",
          "AppName": "festival"
        }
        """#
}
