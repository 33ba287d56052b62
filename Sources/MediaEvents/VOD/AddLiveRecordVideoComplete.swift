/// A live recording has become a VOD asset: a recording period ran out, or the stream ended, which takes more than 3 minutes
/// without ingest.
///
/// Snapshot and transcode events of the asset follow and do not name the stream: whoever needs it keeps the `VideoId`. In
/// practice all but `VideoId` may be missing. A failure has no error fields.
/// - SeeAlso: ApsaraVideo VOD, event notifications, AddLiveRecordVideoComplete.
public struct AddLiveRecordVideoComplete: CatalogEvent {
    public static let type: EventType = "AddLiveRecordVideoComplete"
    public static let subjectKey = "VideoId"
    public static let summary = "a live recording became a VOD asset"

    public let eventType = AddLiveRecordVideoComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the new asset.
    public var videoID: String
    /// `success` or `fail`.
    public var status: String?
    /// The live stream.
    public var streamName: String?
    /// The domain of the live stream.
    public var domainName: String?
    /// The application of the live stream.
    public var appName: String?
    /// When the recording began.
    public var recordStartTime: VendorTime?
    /// When the recording ended.
    public var recordEndTime: VendorTime?
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
        case recordStartTime = "RecordStartTime"
        case recordEndTime = "RecordEndTime"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        videoID = try fields.subject(.videoID)
        status = fields.text(.status)
        streamName = fields.text(.streamName)
        domainName = fields.text(.domainName)
        appName = fields.text(.appName)
        recordStartTime = fields.time(.recordStartTime)
        recordEndTime = fields.time(.recordEndTime)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T20:31:06Z",
          "EventType": "AddLiveRecordVideoComplete",
          "VideoId": "91b7e4d05d2a71f08c3f4531958c0102",
          "Status": "success",
          "StreamName": "stage-left",
          "DomainName": "live.example.com",
          "AppName": "festival",
          "RecordStartTime": "2025-06-10T19:00:12Z",
          "RecordEndTime": "2025-06-10T20:30:12Z"
        }
        """#
}
