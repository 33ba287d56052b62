/// All output streams of a video have ended. One event may report success and hold failed streams; a failure explains itself
/// inside the streams only, and may come without any.
///
/// A video can raise it twice with different `Status` (transcoded again after a failure). In practice any field but `VideoId`
/// may be missing.
/// - SeeAlso: ApsaraVideo VOD, event notifications, TranscodeComplete.
public struct TranscodeComplete: CatalogEvent {
    public static let type: EventType = "TranscodeComplete"
    public static let subjectKey = "VideoId"
    public static let summary = "all output streams of the video ended"

    public let eventType = TranscodeComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The id of the asset.
    public var videoID: String
    /// `success` as soon as one stream succeeded, `fail` when none did.
    public var status: String?
    /// Pass-through data of the uploader, most often JSON text.
    public var extend: String?
    /// One element for each output stream.
    public var streamInfos: [TranscodedStream]?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { videoID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case videoID = "VideoId"
        case status = "Status"
        case extend = "Extend"
        case streamInfos = "StreamInfos"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        videoID = try fields.subject(.videoID)
        status = fields.text(.status)
        extend = fields.passThrough(.extend)
        streamInfos = fields.objects(.streamInfos, of: TranscodedStream.self)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-06-03T08:17:05Z",
          "EventType": "TranscodeComplete",
          "VideoId": "3c8fb1d04e6a71f0a92b4531859c0102",
          "Status": "success",
          "Extend": "{\"lessonId\":\"L-2047\"}",
          "StreamInfos": [
            {
              "Status": "success",
              "Bitrate": "496",
              "Definition": "LD",
              "Duration": 312.48,
              "Encrypt": false,
              "FileUrl": "http://vod.media.example.com/3c8fb1d04e6a71f0a92b4531859c0102/8c1d2e3f4a5b46c7b8d9e0f1a2b3c4d5-ld.m3u8",
              "Format": "m3u8",
              "Fps": "25",
              "Height": 360,
              "Width": 640,
              "Size": 19377120,
              "JobId": "8c1d2e3f4a5b46c7b8d9e0f1a2b3c4d5",
              "IsAudio": false,
              "StartTime": "2025-06-03T08:14:41Z",
              "FinishTime": "2025-06-03T08:15:30Z"
            },
            {
              "Status": "fail",
              "Definition": "4K",
              "Format": "m3u8",
              "JobId": "e0f1a2b3c4d58c1d2e3f4a5b46c7b8d9",
              "ErrorCode": "InvalidParameter.ResourceContentBad",
              "ErrorMessage": "no decodable video track in the input",
              "IsAudio": false,
              "StartTime": "2025-06-03T08:14:41Z",
              "FinishTime": "2025-06-03T08:16:12Z"
            }
          ]
        }
        """#
}
