/// An asset was deleted by API. By the vendor's text only the deletion of a whole video is announced; the table also knows
/// images, auxiliary assets, source files and streams.
///
/// In practice all but `MediaId` may be missing. `JobIds` comes with streams, the error fields on failure.
/// - SeeAlso: ApsaraVideo VOD, event notifications, DeleteMediaComplete.
public struct DeleteMediaComplete: CatalogEvent {
    public static let type: EventType = "DeleteMediaComplete"
    public static let subjectKey = "MediaId"
    public static let summary = "an asset was deleted by API"

    public let eventType = DeleteMediaComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// `success` or `fail`.
    public var status: String?
    /// `video`, `image` or `attached`.
    public var mediaType: String?
    /// What was deleted: `all`, `mezzanine` (the source file) or `stream`.
    public var deleteType: String?
    /// The id of the asset.
    public var mediaID: String
    /// The transcoding jobs whose streams were deleted. The vendor names no separator; its deleting API takes commas.
    public var jobIDs: String?
    /// On failure, `InvalidVideo.NotFound` for one. Open vocabulary.
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
        case mediaType = "MediaType"
        case deleteType = "DeleteType"
        case mediaID = "MediaId"
        case jobIDs = "JobIds"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        status = fields.text(.status)
        mediaType = fields.text(.mediaType)
        deleteType = fields.text(.deleteType)
        mediaID = try fields.subject(.mediaID)
        jobIDs = fields.text(.jobIDs)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-12T02:17:44Z",
          "EventType": "DeleteMediaComplete",
          "Status": "success",
          "MediaType": "video",
          "DeleteType": "stream",
          "MediaId": "7d2e90ab5c1b71f0bb604531959c0102",
          "JobIds": "f0a91b2c3d4e4f5a86b7c8d9eafb0c1d,1d0cfbeaf0a94f5a86b7c8d93d4e1b2c"
        }
        """#
}
