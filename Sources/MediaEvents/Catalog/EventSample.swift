/// Valid sample bodies: for `event sample`, for demonstrations, and for the tests of handlers.
public enum EventSample {
    /// The body of a type as pretty-printed JSON text; nil for a type that the catalogue lacks.
    public static func body(of type: EventType, in catalog: EventCatalog = .standard) -> [UInt8]? {
        catalog[type].map { Array($0.sample.utf8) }
    }

    /// A decoded event whose fields a test then changes as it needs.
    /// - Throws: `UndecodableBody` if the sample is broken.
    public static func event<Event: CatalogEvent>(_ type: Event.Type) throws(UndecodableBody) -> Event {
        switch EventDecoder(encoding: .plain, catalog: EventCatalog([type])).decode(Array(type.sample.utf8)).result {
        case .typed(let event as Event): return event
        case .undecodable(let fault): throw fault
        case .typed, .unknown: throw UndecodableBody(reason: "the sample of \(type.type) is of another type")
        }
    }
}
