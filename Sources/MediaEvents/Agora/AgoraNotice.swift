/// One Agora notification: the envelope that all products share, with the payload of one event.
///
/// Delivery is at least once and in any order: `duplicateKeys` tell copies, `order` tells what is older. `notifyMs` is renewed with each
/// resend and orders nothing. The console's health check sends ordinary notices about things that nobody knows.
/// - SeeAlso: Agora, Notifications, request body.
public struct AgoraNotice<Payload: AgoraPayload>: CatalogEvent {
    public static var type: EventType { Payload.product.type(Payload.event) }
    public static var subjectKey: String { Payload.subjectKey }
    public static var summary: String { Payload.summary }

    /// Opaque; the same in all resends of one notice. Old accounts send it as `notificationId`.
    public var noticeID: String?
    public var notificationID: String?
    public let productID = Payload.product.rawValue
    public let eventType = Payload.event
    /// Unix milliseconds at which this copy was sent.
    public var notifyMs: Int64?
    /// Unix milliseconds of the event; old accounts only.
    public var eventMs: Int64?
    /// Old accounts only.
    public var noticeLevel: Int64?
    /// The session, where the envelope names it, too.
    public var sid: String?
    public var appID: String?
    public var payload: Payload

    /// Agora's notices say what happened, not how it ended: the payload's own words do.
    public var outcome: Outcome? { nil }
    public var subject: String? { payload.subject }

    /// Any one of them equal means: a copy of the same event. To be remembered for a day.
    public var duplicateKeys: [String] {
        let content = "\(Self.type)/\(payload.contentKey)"
        return [(noticeID ?? notificationID).map { "\(productID)/\($0)" }, content].compactMap { $0 }
    }

    public enum CodingKeys: String, CodingKey {
        case noticeID = "noticeId"
        case notificationID = "notificationId"
        case productID = "productId"
        case eventType
        case notifyMs
        case eventMs
        case noticeLevel
        case sid
        case appID = "appId"
        case payload
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        noticeID = fields.text(.noticeID)
        notificationID = fields.text(.notificationID)
        notifyMs = fields.long(.notifyMs)
        eventMs = fields.long(.eventMs)
        noticeLevel = fields.long(.noticeLevel)
        sid = fields.text(.sid)
        appID = fields.text(.appID)
        payload = try fields.part(.payload, of: Payload.self)
    }

    public static var sample: String {
        """
        {
          "noticeId": "2000001428:4330:\(Payload.event)",
          "productId": \(Payload.product.rawValue),
          "eventType": \(Payload.event),
          "notifyMs": 1611566412672,
          "payload": \(Payload.sample.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  "))
        }
        """
    }
}
