/// The basic information of an asset was created, changed or removed: by an upload that was begun, by a change to one or many
/// videos, or by a deletion.
///
/// In practice all but `MediaId` may be missing. Whether failures are ever announced is not known; they have no error fields.
/// - SeeAlso: ApsaraVideo VOD, event notifications, MediaBaseChangeComplete.
public struct MediaBaseChangeComplete: CatalogEvent {
    public static let type: EventType = "MediaBaseChangeComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "basic information of an asset was created, changed or removed"

    public let eventType = MediaBaseChangeComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// `success` or `fail`.
    public var status: String?
    /// `video`, `image` or `attached`.
    public var mediaType: String?
    /// The id of the asset.
    public var mediaID: String
    /// `create`, `update` or `delete`.
    public var operateMode: String?
    /// The fields that changed. Arrives as an object or as its text.
    public var mediaContent: MediaChanges?
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { mediaID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case status = "Status"
        case mediaType = "MediaType"
        case mediaID = "MediaId"
        case operateMode = "OperateMode"
        case mediaContent = "MediaContent"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        status = fields.text(.status)
        mediaType = fields.text(.mediaType)
        mediaID = try fields.subject(.mediaID)
        operateMode = fields.text(.operateMode)
        mediaContent = fields.object(.mediaContent, of: MediaChanges.self)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-11T09:52:03Z",
          "EventType": "MediaBaseChangeComplete",
          "Status": "success",
          "MediaType": "video",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "OperateMode": "update",
          "MediaContent": {
            "Title": { "OldValue": "talk-42", "NewValue": "编译器入门" },
            "Description": { "OldValue": "raw recording", "NewValue": "the talk of June, with slides" },
            "CoverURL": { "NewValue": "http://vod.media.example.com/covers/talk-42.png" },
            "CateId": { "OldValue": 1000530042, "NewValue": 1000530058 },
            "Tags": { "OldValue": "unsorted" }
          }
        }
        """#
}
