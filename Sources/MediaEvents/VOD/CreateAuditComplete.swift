/// A person's review of an asset has been recorded. The verdict is in `AuditStatus`, whatever `Status` says.
///
/// In practice all but `MediaId` may be missing. Whether failures are ever announced is not known; they have no error fields.
/// - SeeAlso: ApsaraVideo VOD, event notifications, CreateAuditComplete.
public struct CreateAuditComplete: CatalogEvent {
    public static let type: EventType = "CreateAuditComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "the verdict of a manual review was recorded"

    public let eventType = CreateAuditComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// `success` or `fail`, of the notification.
    public var status: String?
    /// The id of the asset.
    public var mediaID: String
    /// The kind of asset: `video`.
    public var subType: String?
    /// The verdict: `Normal` for one that passed, or `Blocked`.
    public var auditStatus: String?
    /// When the asset was reviewed.
    public var creationTime: VendorTime?
    /// Who reviewed it.
    public var auditor: String?
    /// Free text, often Chinese.
    public var reason: String?

    /// Not the verdict: that is `auditStatus`.
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { mediaID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case status = "Status"
        case mediaID = "MediaId"
        case subType = "SubType"
        case auditStatus = "AuditStatus"
        case creationTime = "CreationTime"
        case auditor = "Auditor"
        case reason = "Reason"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        status = fields.text(.status)
        mediaID = try fields.subject(.mediaID)
        subType = fields.text(.subType)
        auditStatus = fields.text(.auditStatus)
        creationTime = fields.time(.creationTime)
        auditor = fields.text(.auditor)
        reason = fields.text(.reason)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T12:40:11Z",
          "EventType": "CreateAuditComplete",
          "Status": "success",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "SubType": "video",
          "AuditStatus": "Blocked",
          "CreationTime": "2025-06-10T12:40:09Z",
          "Auditor": "reviewer-31",
          "Reason": "封面不符合要求"
        }
        """#
}
