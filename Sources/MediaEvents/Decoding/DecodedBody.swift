/// The result of decoding one message body, with the text that was decoded.
public struct DecodedBody: Sendable {
    /// The JSON text, freed of base64: valid UTF-8 and one JSON object. Nil if none was found.
    public let json: [UInt8]?
    /// How the text was carried, `plain` or `base64`; nil if no JSON text was found.
    public let encoding: BodyEncoding?
    public let result: Decoding

    public init(json: [UInt8]?, encoding: BodyEncoding?, result: Decoding) {
        self.json = json
        self.encoding = encoding
        self.result = result
    }

    /// The name of the event, if the body says one: of the catalogue, or unknown.
    public var type: EventType? {
        switch result {
        case .typed(let event): Swift.type(of: event).type
        case .unknown(let unknown): unknown.type
        case .undecodable: nil
        }
    }

    /// The event, if it is one of the catalogue.
    public var event: (any MediaEvent)? {
        if case .typed(let event) = result { event } else { nil }
    }
}
