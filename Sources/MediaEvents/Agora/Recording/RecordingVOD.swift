/// The upload to ApsaraVideo VOD started.
/// - SeeAlso: Agora, Cloud Recording, callbacks, vod_started.
public struct RecordingVODStarted: RecordingDetails {
    public static let event: Int64 = 60
    public static let summary = "the upload to ApsaraVideo VOD started"

    public var msgName: String?
    public var aliVODInfo: AliVODInfo?

    public enum CodingKeys: String, CodingKey {
        case msgName
        case aliVODInfo = "aliVodInfo"
    }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        aliVODInfo = fields.object(.aliVODInfo, of: AliVODInfo.self)
    }

    public static let sample = #"""
        {
          "msgName": "vod_started",
          "aliVodInfo": {
            "videoId": "71c0e6a2f3d84b95a8e4d20b6c19f357"
          }
        }
        """#

    /// Where the recording goes in ApsaraVideo VOD.
    public struct AliVODInfo: VendorObject {
        /// The id of the asset: `VideoId` in the events of ApsaraVideo VOD.
        public var videoID: String?

        public enum CodingKeys: String, CodingKey { case videoID = "videoId" }

        public init(_ fields: Fields<CodingKeys>) {
            videoID = fields.text(.videoID)
        }
    }
}

/// All files are in ApsaraVideo VOD. Does not name the asset: `RecordingVODStarted` does.
/// - SeeAlso: Agora, Cloud Recording, callbacks, vod_triggered.
public struct RecordingVODTriggered: RecordingDetails {
    public static let event: Int64 = 61
    public static let summary = "all files are in ApsaraVideo VOD"

    public var msgName: String?

    public enum CodingKeys: String, CodingKey { case msgName }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
    }

    public static let sample = #"""
        {
          "msgName": "vod_triggered"
        }
        """#
}
