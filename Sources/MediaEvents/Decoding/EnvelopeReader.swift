import Foundation

/// Reads the one field that says which event a JSON object is, and the event itself, in a single parse.
struct EnvelopeReader: Sendable {
    private let catalog: EventCatalog
    /// Shared by all decodes: it keeps nothing between them, and making one costs more than using it.
    private let decoder = JSONDecoder()

    init(catalog: EventCatalog) { self.catalog = catalog }

    /// - Parameter json: What `JSONSyntax` found without fault.
    func read(_ json: [UInt8]) -> Decoding {
        do {
            return try decoder.decode(Envelope.self, from: Data(json), configuration: catalog).result
        } catch {
            // What the grammar allows and the parser does not: a field name with half a surrogate pair.
            return .undecodable(UndecodableBody(reason: "not readable as JSON: a field name that is no Unicode text"))
        }
    }
}

/// The decision which event an object is. The catalogue comes along as the configuration of the decoding.
private struct Envelope: DecodableWithConfiguration {
    let result: Decoding

    init(from decoder: any Decoder, configuration catalog: EventCatalog) throws {
        let fields = Fields<FieldName>(try decoder.container(keyedBy: FieldName.self))
        do throws(UndecodableBody) {
            result = try Self.classify(fields, catalog)
        } catch {
            result = .undecodable(error)
        }
    }

    private static func classify(_ fields: Fields<FieldName>, _ catalog: EventCatalog) throws(UndecodableBody) -> Decoding {
        guard let type = try eventType(fields) else {
            if let agora = AgoraEnvelope(fields) { return try agora.read(fields, catalog) }
            return .unknown(UnknownEvent(type: nil, reason: NeighbourEnvelope.describeUntyped(fields)))
        }
        let entry = catalog[type]
        if let reason = NeighbourEnvelope.intelligentMedia(fields, subjectKey: entry?.subjectKey) {
            return .unknown(UnknownEvent(type: type, reason: reason))
        }
        guard let entry else {
            return .unknown(UnknownEvent(type: type, reason: "`\(type.printable)` is no event type of the catalogue"))
        }
        return .typed(try entry.read(fields))
    }

    /// Nil if the object has no such field; there, it has to be a name.
    private static func eventType(_ fields: Fields<FieldName>) throws(UndecodableBody) -> EventType? {
        let name: FieldName = "EventType"
        guard fields.container.contains(name) else { return nil }
        guard let text = fields.value(String.self, name) else {
            let found = fields.container.kind(of: name)
            throw UndecodableBody(reason: "`EventType` is \(found) where text is expected", key: "EventType")
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
