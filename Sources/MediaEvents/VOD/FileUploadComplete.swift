/// An audio or video file has been received in full. Never announces a failure: uploads are resumable, so the service cannot
/// tell a pause from one. Also raised for the merged video that follows `LiveRecordVideoComposeStart`.
///
/// In practice `Status` is missing from older messages; all but `VideoId` may be.
/// - SeeAlso: ApsaraVideo VOD, event notifications, FileUploadComplete.
public struct FileUploadComplete: CatalogEvent {
    public static let type: EventType = "FileUploadComplete"
    public static let subjectKey = "VideoId"
    public static let summary = "an audio/video file has been received in full"

    public let eventType = FileUploadComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the asset.
    public var videoID: String
    /// `success`.
    public var status: String?
    /// Bytes of the uploaded file.
    public var size: Int64?
    /// The source file on its storage bucket, `http`. Opens only if the bucket is public.
    public var fileURL: String?
    /// Pass-through data of the uploader, most often JSON text.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { videoID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case videoID = "VideoId"
        case status = "Status"
        case size = "Size"
        case fileURL = "FileUrl"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        videoID = try fields.subject(.videoID)
        status = fields.text(.status)
        size = fields.long(.size)
        fileURL = fields.text(.fileURL)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-03T08:14:27Z",
          "EventType": "FileUploadComplete",
          "VideoId": "3c8fb1d04e6a71f0a92b4531859c0102",
          "Status": "success",
          "Size": 48203991,
          "FileUrl": "http://bucket.oss-cn-shanghai.example.com/sv/4b7e91c2-19731fa0c55/4b7e91c2-19731fa0c55.mp4",
          "Extend": "{\"lessonId\":\"L-2047\",\"uploader\":\"李雷\"}"
        }
        """#
}
