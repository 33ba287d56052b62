/// An automated review of a video has ended. Subscribed to as `AIComplete`.
///
/// `EventTime` has milliseconds, after a colon or after a dot, or none, by the edition of the table. In practice all but
/// `MediaId` and `JobId` may be missing; `Data` of a failed job may be empty too. Pictures that the result refers to are kept
/// for two weeks.
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIMediaAuditComplete.
public struct AIMediaAuditComplete: CatalogEvent {
    public static let type: EventType = "AIMediaAuditComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "an automated review ended"

    public let eventType = AIMediaAuditComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The review job, as named when it was submitted.
    public var jobID: String
    /// The id of the video.
    public var mediaID: String
    /// `success` or `fail`, of the job.
    public var status: String?
    /// The error code of the job; `0` on success, so that its presence means nothing. Open vocabulary.
    public var code: String?
    /// The error text of the job; `OK` on success.
    public var message: String?
    /// What the review found. Arrives as an object or as its text.
    public var data: MediaAudit?

    /// How the job ended, not what it found: a video that is to be blocked has a successful review. See `MediaAudit.suggestion`.
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
        data = fields.object(.data, of: MediaAudit.self)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T08:11:33:517Z",
          "EventType": "AIMediaAuditComplete",
          "JobId": "c7d6e5f40a1b4c2d93e8f7061524b3a9",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "Status": "success",
          "Code": "0",
          "Message": "OK",
          "Data": {
            "Suggestion": "review",
            "Label": "terrorism",
            "AbnormalModules": "video,text-title",
            "VideoResult": {
              "Suggestion": "review",
              "Label": "terrorism",
              "TerrorismResult": {
                "Suggestion": "review",
                "Label": "logo",
                "MaxScore": "83.4700000000",
                "AverageScore": "79.0550000000",
                "CounterList": [
                  { "Label": "logo", "Count": 2 },
                  { "Label": "normal", "Count": 118 }
                ],
                "TopList": [
                  {
                    "Label": "logo",
                    "Score": "83.4700000000",
                    "Timestamp": "61020",
                    "Url": "http://bucket.oss-cn-shanghai.example.com/audit/7d2e90ab/frame-0061.jpg"
                  },
                  {
                    "Label": "logo",
                    "Score": "74.6400000000",
                    "Timestamp": "76020",
                    "Url": "http://bucket.oss-cn-shanghai.example.com/audit/7d2e90ab/frame-0076.jpg"
                  }
                ]
              },
              "PornResult": {
                "Suggestion": "pass",
                "Label": "normal",
                "MaxScore": "99.8600000000",
                "AverageScore": "98.9241666667",
                "CounterList": [
                  { "Label": "normal", "Count": 120 }
                ],
                "TopList": [
                  {
                    "Label": "normal",
                    "Score": "99.8600000000",
                    "Timestamp": "1020",
                    "Url": "http://bucket.oss-cn-shanghai.example.com/audit/7d2e90ab/frame-0001.jpg"
                  }
                ]
              }
            },
            "ImageResult": [
              {
                "Suggestion": "pass",
                "Label": "normal",
                "Type": "cover",
                "Url": "http://bucket.oss-cn-shanghai.example.com/covers/7d2e90ab-1.jpg",
                "Result": [
                  { "Suggestion": "pass", "Label": "normal", "Score": "99.2", "Scene": "porn" },
                  { "Suggestion": "pass", "Label": "normal", "Score": "98.7", "Scene": "terrorism" }
                ]
              }
            ],
            "TextResult": [
              {
                "Suggestion": "review",
                "Label": "spam",
                "Score": "76.8",
                "Scene": "antispam",
                "Type": "title",
                "Content": "免费领取 点击链接"
              }
            ]
          }
        }
        """#
}
