/// One notification of a vendor, decoded: what a handler gets.
///
/// Encoding prints the vendor's own field names with canonical JSON types, absent fields left out: that is what
/// `event decode --json` shows as `fields` and what handlers pass on.
public protocol MediaEvent: Sendable, Encodable {
    /// The name on the wire: the `EventType` of a VOD event (`FileUploadComplete`), product and number of an Agora event
    /// (`media-push.4`), the name of one of ours (`stream-services.role-changed`).
    static var type: EventType { get }

    /// How the thing that the event reports ended; nil if the event does not say, or its product has no such notion.
    var outcome: Outcome? { get }

    /// The id of what the event is about (the asset, the stream, the recording); nil if the event came without it.
    var subject: String? { get }
}
