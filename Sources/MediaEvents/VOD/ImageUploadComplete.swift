/// An image has been received in full. Announces no failure, for the reason given at `FileUploadComplete`.
///
/// One of the events whose `EventTime` has milliseconds after a colon. In practice all but `ImageId` may be missing; `AppId` is
/// in the vendor's sample, not in the table.
/// - SeeAlso: ApsaraVideo VOD, event notifications, ImageUploadComplete.
public struct ImageUploadComplete: CatalogEvent {
    public static let type: EventType = "ImageUploadComplete"
    public static let subjectKey = "ImageId"
    public static let summary = "an image has been received in full"

    public let eventType = ImageUploadComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the image.
    public var imageID: String
    /// `success`.
    public var status: String?
    /// Bytes of the image file.
    public var size: Int64?
    /// The image on its storage bucket, `https` in the vendor's sample. Opens only if the bucket is public.
    public var fileURL: String?
    /// The application that the image belongs to; `app-1000000` is the default one.
    public var appID: String?
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { imageID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case imageID = "ImageId"
        case status = "Status"
        case size = "Size"
        case fileURL = "FileURL"
        case appID = "AppId"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        imageID = try fields.subject(.imageID)
        status = fields.text(.status)
        size = fields.long(.size)
        fileURL = fields.text(.fileURL)
        appID = fields.text(.appID)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-10T07:41:18:206Z",
          "EventType": "ImageUploadComplete",
          "ImageId": "5be07d41c9f84e2ab6310f72d8a4c915",
          "Status": "success",
          "Size": 173804,
          "FileURL": "https://bucket.oss-cn-shanghai.example.com/image/default/3FA2C60B7D184E95-6-2.png",
          "AppId": "app-1000000"
        }
        """#
}
