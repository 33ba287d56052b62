/// Production of a video by online editing has ended. After a failure the asset has no source file.
///
/// In practice all but `MediaId` and `ProjectId` may be missing. The error fields come on failure.
/// - SeeAlso: ApsaraVideo VOD, event notifications, ProduceMediaComplete.
public struct ProduceMediaComplete: CatalogEvent {
    public static let type: EventType = "ProduceMediaComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "an online-editing production ended"

    public let eventType = ProduceMediaComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// `success` or `fail`.
    public var status: String?
    /// The id of the asset that was to be made.
    public var mediaID: String
    /// The editing project.
    public var projectID: String
    /// On failure. Open vocabulary.
    public var errorCode: String?
    public var errorMessage: String?
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { mediaID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case status = "Status"
        case mediaID = "MediaId"
        case projectID = "ProjectId"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        status = fields.text(.status)
        mediaID = try fields.subject(.mediaID)
        projectID = try fields.subject(.projectID)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-11T06:28:39Z",
          "EventType": "ProduceMediaComplete",
          "Status": "success",
          "MediaId": "b3d906f25e0171f09e514531959c0102",
          "ProjectId": "84c7d6e5f4a34b2190817f6e5d4c3b2a"
        }
        """#
}
