/// The storage class of an asset has changed, or could not be changed.
///
/// In practice all but `MediaId` may be missing. The error fields come on failure.
/// - SeeAlso: ApsaraVideo VOD, event notifications, UpdateMediaStorageClassComplete.
public struct UpdateMediaStorageClassComplete: CatalogEvent {
    public static let type: EventType = "UpdateMediaStorageClassComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "the storage class of an asset changed"

    public let eventType = UpdateMediaStorageClassComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// `Success` or `Failed`.
    public var status: String?
    /// The id of the asset.
    public var mediaID: String
    /// `All`, the source file and its streams, or `SourceFile`.
    public var scope: String?
    /// The class after the change: `Standard`, `IA`, `Archive` or `ColdArchive`.
    public var storageClass: String?
    /// What asked for it: `LifeCycle`, a rule, or `API`.
    public var triggerBy: String?
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
        case scope = "Scope"
        case storageClass = "StorageClass"
        case triggerBy = "TriggerBy"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        status = fields.text(.status)
        mediaID = try fields.subject(.mediaID)
        scope = fields.text(.scope)
        storageClass = fields.text(.storageClass)
        triggerBy = fields.text(.triggerBy)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-07-10T01:12:26Z",
          "EventType": "UpdateMediaStorageClassComplete",
          "Status": "Success",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "Scope": "All",
          "StorageClass": "Archive",
          "TriggerBy": "LifeCycle"
        }
        """#
}
