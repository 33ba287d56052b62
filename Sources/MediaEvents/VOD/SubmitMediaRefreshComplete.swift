/// Requests to refresh or prefetch all play URLs of an asset have been handed to the CDN. How the requests themselves end, no
/// event tells. Subscribed to by API only.
///
/// In practice all but `MediaId` and `MediaRefreshJobId` may be missing. On failure `SuccessPlayUrls` and `TaskIds` may be empty
/// as well, and the error fields come.
/// - SeeAlso: ApsaraVideo VOD, event notifications, SubmitMediaRefreshComplete.
public struct SubmitMediaRefreshComplete: CatalogEvent {
    public static let type: EventType = "SubmitMediaRefreshComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "refresh or prefetch requests for the play URLs of an asset were submitted"

    public let eventType = SubmitMediaRefreshComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// `success` or `fail`, of the submission.
    public var status: String?
    /// The job that submitted the requests.
    public var mediaRefreshJobID: String
    /// The id of the asset.
    public var mediaID: String
    /// `Refresh` or `Preload`; the vendor's sample has it in lower case.
    public var taskType: String?
    /// The play URLs that were submitted, separated by commas.
    public var successPlayURLs: String?
    /// The CDN's task ids, separated by commas, one for each URL.
    public var taskIDs: String?
    /// Which play URLs were asked for. Arrives as the text of an object.
    public var filterPolicy: RefreshFilter?
    /// Pass-through data of the request, most often JSON text.
    public var extend: String?
    /// On failure, `PreloadQueueFull` for one. Open vocabulary.
    public var errorCode: String?
    public var errorMessage: String?

    /// Whether the requests were submitted, not whether the CDN has carried them out.
    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { mediaID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case status = "Status"
        case mediaRefreshJobID = "MediaRefreshJobId"
        case mediaID = "MediaId"
        case taskType = "TaskType"
        case successPlayURLs = "SuccessPlayUrls"
        case taskIDs = "TaskIds"
        case filterPolicy = "FilterPolicy"
        case extend = "Extend"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        status = fields.text(.status)
        mediaRefreshJobID = try fields.subject(.mediaRefreshJobID)
        mediaID = try fields.subject(.mediaID)
        taskType = fields.text(.taskType)
        successPlayURLs = fields.text(.successPlayURLs)
        taskIDs = fields.text(.taskIDs)
        filterPolicy = fields.object(.filterPolicy, of: RefreshFilter.self)
        extend = fields.passThrough(.extend)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-14T23:05:18Z",
          "EventType": "SubmitMediaRefreshComplete",
          "Status": "success",
          "MediaRefreshJobId": "5d2a71f08c3f9b64",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "TaskType": "Refresh",
          "SuccessPlayUrls": "https://vod.media.example.com/7d2e90ab/hd.m3u8,https://vod.media.example.com/7d2e90ab/sd.m3u8",
          "TaskIds": "1800523344,1800523345",
          "FilterPolicy": {
            "Formats": "m3u8",
            "Definitions": "HD,SD",
            "StreamType": "video",
            "ResultType": "Multiple",
            "SliceFlag": true,
            "SliceCount": 3
          },
          "Extend": "{\"release\":\"2025-24\"}"
        }
        """#
}
