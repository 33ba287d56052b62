package import MediaEvents
import SMQProtocol

/// One notification with a good signature, on its way to the queue.
package struct Notice: Sendable {
    package enum Sender: String, Sendable {
        case agora, vod

        var name: String {
            switch self {
            case .agora: "Agora"
            case .vod: "VOD"
            }
        }
    }

    package let sender: Sender
    /// The bytes as they came.
    package let body: [UInt8]
    package let identity: NoticeIdentity
    package let deadlines: Deadlines

    package init(from sender: Sender, body: [UInt8], deadlines: Deadlines) {
        self.sender = sender
        self.body = body
        identity = NoticeIdentity(body)
        self.deadlines = deadlines
    }

    /// What goes into the queue: the text as it came, in base64 only where XML cannot carry it.
    var message: [UInt8] { XMLText.problem(in: body) == nil ? body : Base64Text.of(body) }
}
