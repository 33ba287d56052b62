/// An upload that the service pulls from a URL has ended: of a video, or of a ready-made transcoded stream for a video that is
/// there already. Both forms have the same name; `form` tells them apart.
///
/// In practice all but `JobId` may be missing; `VideoId` too, but only from a failure. `Size` comes with videos,
/// `StreamFileURL` and `Extend` with streams, the error fields on failure.
/// - SeeAlso: ApsaraVideo VOD, event notifications, UploadByURLComplete.
public struct UploadByURLComplete: CatalogEvent {
    public static let type: EventType = "UploadByURLComplete"
    public static let subjectKey = "JobId"
    public static let summary = "an upload pulled from a URL ended (a video, or a ready-made stream)"

    /// What was pulled.
    public enum Form: Sendable, Hashable {
        case video
        case stream
    }

    public let eventType = UploadByURLComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the new asset; of a stream, the asset to which it is attached. Nil only on failure.
    public var videoID: String?
    /// The upload job.
    public var jobID: String
    /// The URL that was to be pulled.
    public var sourceURL: String?
    /// `Stream`, or missing: see `form`.
    public var fileType: String?
    /// `success` or `fail`.
    public var status: String?
    /// Bytes, as text. In the vendor's sample of a video, not in the table.
    public var size: String?
    /// The stream on its storage bucket. Opens only if the bucket is public.
    public var streamFileURL: String?
    /// On failure, `URLInvalidError` for one. Open vocabulary.
    public var errorCode: String?
    public var errorMessage: String?
    /// Pass-through data of the uploader, most often JSON text.
    public var extend: String?

    /// `stream` if `FileType` says so, else `video`.
    public var form: Form { fileType == "Stream" ? .stream : .video }
    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { jobID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case videoID = "VideoId"
        case jobID = "JobId"
        case sourceURL = "SourceURL"
        case fileType = "FileType"
        case status = "Status"
        case size = "Size"
        case streamFileURL = "StreamFileURL"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case extend = "Extend"
    }

    /// - Throws: `UndecodableBody` without `JobId`, and without `VideoId` unless a `Status` other than success or an `ErrorCode`
    ///   marks the event as a failure.
    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        let status = fields.text(.status)
        let errorCode = fields.text(.errorCode)
        let outcome = status.map { Outcome(word: $0) }
        let isFailure = errorCode != nil || outcome?.isSuccess == false
        eventTime = fields.time(.eventTime)
        jobID = try fields.subject(.jobID)
        if isFailure {
            videoID = try fields.subjectIfPresent(.videoID)
        } else {
            videoID = try fields.subject(.videoID)
        }
        sourceURL = fields.text(.sourceURL)
        fileType = fields.text(.fileType)
        self.status = status
        size = fields.text(.size)
        streamFileURL = fields.text(.streamFileURL)
        self.errorCode = errorCode
        errorMessage = fields.text(.errorMessage)
        extend = fields.passThrough(.extend)
    }

    /// Of the video form.
    public static let sample = #"""
        {
          "EventTime": "2025-06-10T08:03:29Z",
          "EventType": "UploadByURLComplete",
          "VideoId": "7d2e90ab5c1b71f0bb604531959c0102",
          "JobId": "e9a8b7c6054f4d3e92c1b0a9f8e7d6c5",
          "SourceURL": "https://origin.example.org/recordings/2025/talk-42.mp4",
          "Status": "success",
          "Size": "412680337"
        }
        """#
}
