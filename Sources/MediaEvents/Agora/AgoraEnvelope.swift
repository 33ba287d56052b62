/// The outer form of an Agora notification: the type is a product number and an event number.
///
/// `{"noticeId": "...", "productId": 5, "eventType": 4, "notifyMs": 1611566412672, "payload": {...}}`
/// - SeeAlso: Agora, Notifications, "Receive notifications about channel events", request body.
struct AgoraEnvelope {
    private let product: Int64
    private let event: Int64

    /// Nil if the object is no Agora notification.
    init?(_ object: JSONNode) {
        guard let product = object.field("productId").flatMap(NumberText.int64),
            let event = object.field("eventType").flatMap(NumberText.int64)
        else { return nil }
        self.product = product
        self.event = event
    }

    /// `media-push.4`; a product that is not handled here keeps its number (`agora-product-17.103`).
    var type: EventType {
        let name =
            switch product {
            case 1: "rtc-channel"
            case 3: "cloud-recording"
            case 4: "media-pull"
            case 5: "media-push"
            default: "agora-product-\(product)"
            }
        return EventType("\(name).\(event)")
    }

    func read(_ object: JSONNode, _ catalog: EventCatalog) throws(UndecodableBody) -> Decoding {
        if let entry = catalog[type] { return .typed(try entry.read(object)) }
        let reason = "Agora product \(product), event \(event) (`\(type)`) is no event type that this version knows"
        return .unknown(UnknownEvent(type: type, reason: reason))
    }
}
