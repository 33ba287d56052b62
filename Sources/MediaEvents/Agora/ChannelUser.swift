/// A user of an RTC channel: by number, or, in projects that use them, by account.
/// - SeeAlso: Agora, Media Push, notifications, `rtcStreamUids`.
public enum ChannelUser: Sendable, Hashable, Encodable {
    case uid(Int64)
    case account(String)

    init?(_ node: JSONNode) {
        if let text = node.text {
            self = .account(text)
        } else if let number = NumberText.int64(node) {
            self = .uid(number)
        } else {
            return nil
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .uid(let number): try container.encode(number)
        case .account(let text): try container.encode(text)
        }
    }
}
