/// An auxiliary asset has been received in full: a watermark, a subtitle, a piece of material. Announces no failure, for the
/// reason given at `FileUploadComplete`.
///
/// The table calls every field required; all but `AttachedMediaId` may be missing here.
/// - SeeAlso: ApsaraVideo VOD, event notifications, AttachedMediaUploadComplete.
public struct AttachedMediaUploadComplete: CatalogEvent {
    public static let type: EventType = "AttachedMediaUploadComplete"
    public static let subjectKey = "AttachedMediaId"
    public static let summary = "an auxiliary asset (watermark, subtitle, material) has been received in full"

    public let eventType = AttachedMediaUploadComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the auxiliary asset.
    public var attachedMediaID: String
    /// `success`.
    public var status: String?
    /// Bytes of the uploaded file.
    public var size: Int64?
    /// The file on its storage bucket, `https` in the vendor's sample. Opens only if the bucket is public.
    public var fileURL: String?
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { attachedMediaID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case attachedMediaID = "AttachedMediaId"
        case status = "Status"
        case size = "Size"
        case fileURL = "FileURL"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        attachedMediaID = try fields.subject(.attachedMediaID)
        status = fields.text(.status)
        size = fields.long(.size)
        fileURL = fields.text(.fileURL)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T07:42:55Z",
          "EventType": "AttachedMediaUploadComplete",
          "AttachedMediaId": "0c94ae7f52d64b18937be6105df2c8a3",
          "Status": "success",
          "Size": 15472,
          "FileURL": "https://bucket.oss-cn-shanghai.example.com/watermark/0c94ae7f52d6/corner-logo.png"
        }
        """#
}
