/// Which event an Agora notification is: a product number and an event number, however they are written.
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
        AgoraProduct(rawValue: product)?.type(event) ?? EventType("agora-product-\(product).\(event)")
    }

    func read(_ object: JSONNode, _ catalog: EventCatalog) throws(UndecodableBody) -> Decoding {
        if let entry = catalog[type] { return .typed(try entry.read(object)) }
        return .unknown(UnknownEvent(type: type, reason: "Agora product \(product), event \(event) (`\(type)`) \(why)"))
    }

    private var why: String {
        switch (AgoraProduct(rawValue: product), event) {
        case (.cloudRecording, 13): "is named in Agora's best practices without its content"
        case (.cloudRecording, 34), (.cloudRecording, 46), (.cloudRecording, 47), (.cloudRecording, 110...113):
            "is known from third parties only"
        case (nil, _): "is of a product that this version does not know"
        default: "is no event type that this version knows"
        }
    }
}
