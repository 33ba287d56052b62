/// Finds the one field that says which event a JSON object is, and reads the event.
struct EnvelopeReader: Sendable {
    private let catalog: EventCatalog

    init(catalog: EventCatalog) { self.catalog = catalog }

    /// - Parameter object: The root of a document.
    func read(_ object: JSONNode) throws(UndecodableBody) -> Decoding {
        guard let type = try eventType(object) else {
            if let agora = AgoraEnvelope(object) { return try agora.read(object, catalog) }
            if let own = try OwnEnvelope(object) { return try own.read(object, catalog) }
            return .unknown(UnknownEvent(type: nil, reason: NeighbourEnvelope.describeUntyped(object)))
        }
        let entry = catalog[type]
        if let reason = NeighbourEnvelope.intelligentMedia(object, subjectKey: entry?.subjectKey) {
            return .unknown(UnknownEvent(type: type, reason: reason))
        }
        guard let entry else {
            return .unknown(UnknownEvent(type: type, reason: NeighbourEnvelope.describe(type)))
        }
        return .typed(try entry.read(object))
    }

    /// Nil if the object has no such field; there, it has to be a name.
    private func eventType(_ object: JSONNode) throws(UndecodableBody) -> EventType? {
        guard let value = object.field("EventType") else { return nil }
        guard let text = value.text else {
            throw UndecodableBody(reason: "`EventType` is \(value.kindInWords) where text is expected", key: "EventType")
        }
        guard !text.isEmpty else { throw UndecodableBody(reason: "`EventType` is empty", key: "EventType") }
        return EventType(text)
    }
}

extension EventType {
    /// The name for a sentence: bounded, on one line, whatever a stranger sent.
    var printable: String { String(String.UnicodeScalarView(name.unicodeScalars.prefix(100).filter { !$0.properties.isControl })) }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool { generalCategory == .control || generalCategory == .format }
}
