/// Which event of ours an object is.
struct OwnEnvelope {
    /// What `source` says in the events that this program makes itself.
    static let source = "mediaworker"

    private let type: EventType

    /// Nil if the object is no event of ours.
    /// - Throws: `UndecodableBody` if it is one, by a `type` that is no name.
    init?(_ object: JSONNode) throws(UndecodableBody) {
        guard object.field("source")?.text == Self.source, let value = object.field("type") else { return nil }
        guard let name = value.text else {
            throw UndecodableBody(reason: "`type` is \(value.kindInWords) where text is expected", key: "type")
        }
        guard !name.isEmpty else { throw UndecodableBody(reason: "`type` is empty", key: "type") }
        type = EventType(name)
    }

    func read(_ object: JSONNode, _ catalog: EventCatalog) throws(UndecodableBody) -> Decoding {
        // A vendor's name in our envelope is not the vendor's event.
        guard let entry = catalog[type], entry.event is any OwnEvent.Type else {
            return .unknown(UnknownEvent(type: type, reason: "`\(type.printable)` is no event of mediaworker that this version knows"))
        }
        return .typed(try entry.read(object))
    }
}

/// The events in our own envelope.
protocol OwnEvent {}

extension StreamNotice: OwnEvent {}
