/// What a message body turned out to be.
public enum Decoding: Sendable {
    /// An event of the catalogue.
    case typed(any MediaEvent)
    /// One JSON object, but no event of the catalogue.
    case unknown(UnknownEvent)
    /// No JSON object, or an event without what identifies it.
    case undecodable(UndecodableBody)
}

/// A JSON object that no type of the catalogue stands for: a vendor's new event, or a neighbour product's message.
public struct UnknownEvent: Sendable, Hashable {
    /// The name that the body gives itself; nil if it has none.
    public let type: EventType?
    /// Why it is unknown, in words for a person. Holds nothing of the body but the type's name.
    public let reason: String

    public init(type: EventType?, reason: String) {
        self.type = type
        self.reason = reason
    }
}

/// A body that could not be read, and why. An error too: the reading of an event throws it.
public struct UndecodableBody: Error, Sendable, Hashable, CustomStringConvertible {
    /// In words for a person. Names places and field names, never holds values of the body.
    public let reason: String
    /// The field at fault, if it is one field.
    public let key: String?

    public init(reason: String, key: String? = nil) {
        self.reason = reason
        self.key = key
    }

    public var description: String { reason }
}
