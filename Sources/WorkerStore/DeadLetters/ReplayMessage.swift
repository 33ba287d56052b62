import SMQProtocol
import WorkerCore

/// The message that a letter becomes when it is sent again.
struct ReplayMessage {
    let message: OutgoingMessage
    /// Why every queue would refuse it; a queue's own limit may be lower, which its server then says.
    let obstacle: String?

    init(_ stored: StoredDeadLetter) {
        let letter = stored.letter
        let original = letter.userProperties
        let first = original.value(ReplayProperty.from) ?? letter.replayedFrom ?? letter.key.messageID
        let earlier = original.value(ReplayProperty.count).flatMap { Int($0) } ?? 0
        var properties = original.filter { $0.name != ReplayProperty.from && $0.name != ReplayProperty.count }
        properties.append(MessageProperty(name: ReplayProperty.from, value: first))
        properties.append(MessageProperty(name: ReplayProperty.count, value: String(max(0, earlier) + stored.replays + 1)))
        message = OutgoingMessage(body: letter.body, userProperties: properties)
        obstacle =
            if letter.body.count > SMQLimits.maximumMessageBytes {
                "its body has \(letter.body.count) bytes; a message holds \(SMQLimits.maximumMessageBytes) at most"
            } else if properties.count > SMQLimits.userProperties {
                "it would have \(properties.count) user properties; a message has \(SMQLimits.userProperties) at most"
            } else {
                nil
            }
    }
}

extension [MessageProperty] {
    func value(_ name: String) -> String? { first { $0.name == name }?.value }
}
