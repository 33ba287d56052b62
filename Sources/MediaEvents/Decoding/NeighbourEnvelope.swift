/// Messages of neighbour products that may reach the same queue, told apart so that the reason names them.
///
/// - SeeAlso: Alibaba Cloud, Intelligent Media Services, event notifications; ApsaraVideo Live, recording callbacks.
enum NeighbourEnvelope {
    /// The reason why an object with an `EventType` is an event of Intelligent Media Services; nil if it is none.
    ///
    /// That product shares the channel and some type names, but wraps everything in `MessageBody`. An object with a subject
    /// id of its own stays a VOD event, whatever else it holds.
    /// - Parameter subjectKey: The subject's field if the type is one of the catalogue.
    static func intelligentMedia(_ fields: Fields<FieldName>, subjectKey: String?) -> String? {
        let body: FieldName = "MessageBody"
        guard fields.value(ObjectShape.self, body) != nil else { return nil }
        if let subjectKey, fields.isPresent(FieldName(stringValue: subjectKey)) { return nil }
        return "an Intelligent Media Services event (its content is in `MessageBody`), not an event of the catalogue"
    }

    /// What an object without `EventType` seems to be.
    static func describeUntyped(_ fields: Fields<FieldName>) -> String {
        if ["domain", "app", "stream"].allSatisfy(fields.isPresent) {
            return "no `EventType`: an ApsaraVideo Live callback (`domain`, `app`, `stream`), not an event of the catalogue"
        }
        if fields.isPresent("action"), fields.isPresent("app"), fields.isPresent("id") {
            return "no `EventType`: an ApsaraVideo Live ingest callback (`action`, `app`, `id`), not an event of the catalogue"
        }
        return "no `EventType`, and no other envelope that is known"
    }
}

extension Fields where Key == FieldName {
    /// There, and not null.
    func isPresent(_ name: FieldName) -> Bool {
        do {
            return try container.contains(name) && !container.decodeNil(forKey: name)
        } catch {
            return false
        }
    }
}
