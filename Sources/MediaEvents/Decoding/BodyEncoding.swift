/// How a queue message carries its JSON text. The queue itself has no mark for it: it is a habit of the sender.
public enum BodyEncoding: String, Sendable, Hashable, CaseIterable {
    /// A body whose first non-blank byte is `{` is JSON text, anything else must be base64 of such a text.
    case auto
    /// The body is the JSON text.
    case plain
    /// The body is base64 of the JSON text (RFC 4648 standard alphabet; line breaks and missing padding are tolerated).
    case base64
}
