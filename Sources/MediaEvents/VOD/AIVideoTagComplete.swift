/// Smart tagging of a video has ended. Subscribed to as `AIComplete`.
///
/// `EventTime` has no milliseconds here. In practice all but `MediaId` and `JobId` may be missing; `Data` of a failed job may
/// be empty too.
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIVideoTagComplete.
public struct AIVideoTagComplete: CatalogEvent {
    public static let type: EventType = "AIVideoTagComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "smart tagging ended"

    public let eventType = AIVideoTagComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The tagging job.
    public var jobID: String
    /// The id of the video.
    public var mediaID: String
    /// `success` or `fail`, of the job.
    public var status: String?
    /// The error code of the job; `0` on success, so that its presence means nothing. Open vocabulary.
    public var code: String?
    /// The error text of the job; `OK` on success.
    public var message: String?
    /// What was found. Arrives as the text of an object.
    public var data: VideoTags?

    /// How the job ended, not whether it found a tag.
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { mediaID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case jobID = "JobId"
        case mediaID = "MediaId"
        case status = "Status"
        case code = "Code"
        case message = "Message"
        case data = "Data"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        jobID = try fields.subject(.jobID)
        mediaID = try fields.subject(.mediaID)
        status = fields.text(.status)
        code = fields.text(.code)
        message = fields.text(.message)
        data = fields.object(.data, of: VideoTags.self)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T08:19:52Z",
          "EventType": "AIVideoTagComplete",
          "JobId": "e9f807162c3d4e4fb50a1928374650cb",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "Status": "success",
          "Code": "0",
          "Message": "OK",
          "Data": {
            "Person": [
              {
                "Tag": "李娜",
                "Times": ["4200", "96800"],
                "FaceUrl": "http://bucket.oss-cn-shanghai.example.com/tags/7d2e90ab/face-01.jpg"
              }
            ],
            "Time": [
              { "Tag": "夏天", "Times": ["12400"] }
            ],
            "Location": [
              { "Tag": "成都", "Times": ["18600", "305200"] }
            ],
            "Keyword": [
              { "Tag": "compiler", "Times": ["2200", "7400", "9100"] }
            ],
            "Category": [
              { "Tag": "科技", "Times": [] }
            ],
            "OrigASRData": [
              {
                "Duration": "1804360",
                "AsrTextList": [
                  { "StartTime": 2180, "EndTime": 5460, "Text": "欢迎来到今天的讲座", "ChannelId": 0, "SpeechRate": 187 }
                ]
              }
            ]
          }
        }
        """#
}
