package import MediaEvents
import SMQProtocol

/// One notification with a good signature, on its way to the queue.
package struct Notice: Sendable {
    package enum Sender: String, Sendable { case agora, vod }

    package let sender: Sender
    /// The bytes as they came.
    package let body: [UInt8]
    package let identity: NoticeIdentity
    /// How long the sender may be kept waiting.
    package let patience: Duration

    package init(from sender: Sender = .agora, body: [UInt8], identity: NoticeIdentity, patience: Duration) {
        self.sender = sender
        self.body = body
        self.identity = identity
        self.patience = patience
    }

    /// What goes into the queue: the text as it came, in base64 only where XML cannot carry it.
    var message: [UInt8] { XMLText.problem(in: body) == nil ? body : Base64Text.of(body) }
}
