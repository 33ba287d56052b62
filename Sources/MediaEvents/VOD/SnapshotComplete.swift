/// A snapshot job has ended. Runs beside transcoding: no order between their events.
///
/// In practice every field may be missing, `VideoId` and `Status` included: the vendor's own sample lacks both. `CoverUrl` and
/// `SnapshotInfos` come on success, the error fields on failure.
/// - SeeAlso: ApsaraVideo VOD, event notifications, SnapshotComplete.
public struct SnapshotComplete: CatalogEvent {
    public static let type: EventType = "SnapshotComplete"
    public static let subjectKey = "VideoId"
    public static let summary = "a snapshot job ended"

    public let eventType = SnapshotComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the asset.
    public var videoID: String?
    /// `success` or `fail`.
    public var status: String?
    /// `SpecifiedTime` when the job came from the snapshot API.
    public var subType: String?
    /// On failure. Open vocabulary.
    public var errorCode: String?
    public var errorMessage: String?
    /// The cover image.
    public var coverURL: String?
    public var snapshotInfos: [Snapshot]?
    /// Pass-through data of the uploader, most often JSON text.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { videoID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case videoID = "VideoId"
        case status = "Status"
        case subType = "SubType"
        case errorCode = "ErrorCode"
        case errorMessage = "ErrorMessage"
        case coverURL = "CoverUrl"
        case snapshotInfos = "SnapshotInfos"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        videoID = try fields.subjectIfPresent(.videoID)
        status = fields.text(.status)
        subType = fields.text(.subType)
        errorCode = fields.text(.errorCode)
        errorMessage = fields.text(.errorMessage)
        coverURL = fields.text(.coverURL)
        snapshotInfos = fields.objects(.snapshotInfos, of: Snapshot.self)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-03T08:15:11Z",
          "EventType": "SnapshotComplete",
          "VideoId": "3c8fb1d04e6a71f0a92b4531859c0102",
          "Status": "success",
          "SubType": "SpecifiedTime",
          "CoverUrl": "http://vod.media.example.com/3c8fb1d04e6a71f0a92b4531859c0102/covers/2f3e4d5c6b7a48-00004.jpg",
          "SnapshotInfos": [
            {
              "Status": "success",
              "SnapshotType": "CoverSnapshot",
              "SnapshotCount": 8,
              "SnapshotFormat": "3c8fb1d04e6a71f0a92b4531859c0102/covers/2f3e4d5c6b7a48-{SnapshotCount}.jpg",
              "SnapshotRegular": "http://vod.media.example.com/3c8fb1d04e6a71f0a92b4531859c0102/covers/2f3e4d5c6b7a48-{SnapshotCount}.jpg",
              "JobId": "2f3e4d5c6b7a4899a8b7c6d5e4f30211"
            }
          ],
          "Extend": "first cut"
        }
        """#
}
