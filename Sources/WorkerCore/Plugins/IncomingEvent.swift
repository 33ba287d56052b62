public import MediaEvents

/// An event as a catch-all handler gets it: the typed value if its type is known, the raw JSON always.
public struct IncomingEvent: Sendable {
    /// The wire's own type name; nil if the body carries none.
    public let type: EventType?
    /// The typed value, nil if the type is unknown.
    public let typed: (any MediaEvent)?
    /// The event's JSON text, UTF-8, as it came (base64 removed).
    public let json: [UInt8]

    public init(type: EventType?, typed: (any MediaEvent)?, json: [UInt8]) {
        self.type = type
        self.typed = typed
        self.json = json
    }
}
