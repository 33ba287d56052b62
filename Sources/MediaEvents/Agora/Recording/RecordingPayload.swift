/// What happened to a cloud recording. All events of the product share these fields; `details` holds what one kind of event adds.
///
/// `sid` names the recording over all failovers; `uid` changes with them. While a server is being switched, some events come
/// twice, once with each uid. Only `sid` is required.
/// - SeeAlso: Agora, Cloud Recording, callbacks, payload.
public struct RecordingPayload<Details: RecordingDetails>: AgoraPayload {
    public static var product: AgoraProduct { .cloudRecording }
    public static var event: Int64 { Details.event }
    public static var subjectKey: String { "sid" }
    public static var summary: String { Details.summary }

    /// The channel; of a web page recording the name that was given to acquire.
    public var cname: String?
    /// Of the recording client: the one it was started with, after a failover a random one.
    public var uid: String?
    public var sid: String
    /// Counts the events from 0, for each `sid` and `uid`; a gap is a loss. Whether a failover restarts it is not documented. Old
    /// accounts send it as text.
    public var sequence: Int64?
    /// Unix milliseconds of the event.
    public var sendts: Int64?
    /// The part that speaks: 0 service, 1 recorder, 2 uploader, 3 content recognition (formerly), 4 extensions, 6 web page recording,
    /// 7 postponed transcoding, 8 download.
    public var serviceType: Int64?
    /// `rtc_record`, `rtc_snapshot`, `rtc_vod`, `web_record`, `postpone_transcode::rtc_record`, `postpone_transcode::transcode`,
    /// `postpone_transcode::transcode_failover`. Open, and not always sent.
    public var serviceScene: String?
    /// Documented as always there. Without it the event still says that it happened.
    public var details: Details?

    public var subject: String { sid }
    /// Reliable among events of one `uid`: after a failover `sequence` may have started anew.
    public var order: AgoraOrder? { sequence.map { AgoraOrder(number: $0, milliseconds: sendts ?? 0) } }
    public var contentKey: String {
        [sid, uid ?? "-", (sequence.map { "\($0)" }) ?? (sendts.map { "at \($0)" }) ?? "-"].joined(separator: "/")
    }

    public enum CodingKeys: String, CodingKey {
        case cname, uid, sid, sequence, sendts, serviceType, serviceScene, details
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        cname = fields.text(.cname)
        uid = fields.text(.uid)
        sid = try fields.subject(.sid)
        sequence = fields.long(.sequence)
        sendts = fields.long(.sendts)
        serviceType = fields.long(.serviceType)
        serviceScene = fields.text(.serviceScene)
        details = fields.object(.details, of: Details.self)
    }

    public static var sample: String {
        let (type, scene) = sampleService
        let details = Details.sample.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
        return """
            {
              "cname": "show68",
              "uid": "527841",
              "sid": "5b7e21c0946d4f3a8e10c27d95ab6f34",
              "sequence": 7,
              "sendts": 1611566412041,
              "serviceType": \(type),
              "serviceScene": "\(scene)",
              "details": \(details)
            }
            """
    }

    /// `serviceType` as documented for the event, and a `serviceScene` that suits it.
    private static var sampleService: (type: Int64, scene: String) {
        switch event {
        case 30...33: (2, "rtc_record")
        case 45: (1, "rtc_snapshot")
        case 40...44: (1, "rtc_record")
        case 60, 61: (4, "rtc_vod")
        case 70...73, 100: (6, "web_record")
        case 80, 81: (7, "postpone_transcode::transcode")
        case 90: (8, "postpone_transcode::transcode")
        case 1001: (0, "postpone_transcode::transcode")
        default: (0, "rtc_record")
        }
    }
}
