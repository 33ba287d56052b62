/// An archived asset has been restored for a time, or could not be.
///
/// In practice all but `MediaId` may be missing. `RestoreExpiration` comes on success, the error fields on failure.
/// - SeeAlso: ApsaraVideo VOD, event notifications, RestoreMediaComplete.
public struct RestoreMediaComplete: CatalogEvent {
    public static let type: EventType = "RestoreMediaComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "restoring an archived asset ended"

    public let eventType = RestoreMediaComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// `Success` or `Failed`.
    public var status: String?
    /// The id of the asset.
    public var mediaID: String
    /// Until when the asset can be read.
    public var restoreExpiration: VendorTime?
    /// On failure, `NoSuchKey` for one. Open vocabulary.
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
        case restoreExpiration = "RestoreExpiration"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        status = fields.text(.status)
        mediaID = try fields.subject(.mediaID)
        restoreExpiration = fields.time(.restoreExpiration)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-07-14T06:03:57Z",
          "EventType": "RestoreMediaComplete",
          "Status": "Success",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "RestoreExpiration": "2025-07-17T06:03:57Z"
        }
        """#
}
