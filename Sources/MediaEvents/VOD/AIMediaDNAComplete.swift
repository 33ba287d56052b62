/// Fingerprinting of a video, and the search for others like it, has ended. Subscribed to as `AIComplete`.
///
/// `EventTime` has milliseconds after a colon, `CompleteTime` has none. In practice all but `MediaId` and `JobId` may be
/// missing: `CompleteTime` stands in the newest edition only, `Data` of a failed job may be empty too.
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIMediaDNAComplete.
public struct AIMediaDNAComplete: CatalogEvent {
    public static let type: EventType = "AIMediaDNAComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "media fingerprinting ended"

    public let eventType = AIMediaDNAComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The fingerprinting job.
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
    public var data: MediaDNA?
    /// When the job ended.
    public var completeTime: VendorTime?

    /// How the job ended, not whether it found a duplicate.
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
        case completeTime = "CompleteTime"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        jobID = try fields.subject(.jobID)
        mediaID = try fields.subject(.mediaID)
        status = fields.text(.status)
        code = fields.text(.code)
        message = fields.text(.message)
        data = fields.object(.data, of: MediaDNA.self)
        completeTime = fields.time(.completeTime)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T08:13:08:044Z",
          "EventType": "AIMediaDNAComplete",
          "JobId": "d8e7f6051b2c4d3ea4f90817263594ba",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "Status": "success",
          "Code": "0",
          "Message": "OK",
          "Data": {
            "VideoDNA": [
              {
                "PrimaryKey": "48a1b2c35b0971f0aa5f4531959c0102",
                "Similarity": "0.97",
                "Detail": [
                  {
                    "Input": { "Start": "95.0", "Duration": "62.5" },
                    "Duplication": { "Start": "15.5", "Duration": "62.5" }
                  }
                ]
              }
            ]
          },
          "CompleteTime": "2025-06-10T08:13:05Z"
        }
        """#
}
