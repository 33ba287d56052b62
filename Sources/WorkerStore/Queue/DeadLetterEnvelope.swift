import Foundation
import SMQProtocol
import WorkerCore

/// A dead letter as a message: the exact body, everything else as user properties.
///
/// A queue holds 65,536 bytes a message; whether properties count towards that is not documented, so the envelope fits the whole
/// into it where the body leaves room. What does not fit is cut in the metadata, never in the body: first the attempts, then the
/// error, then properties of the message itself, never the queue, the message id and the reason.
struct DeadLetterEnvelope {
    static let cutMark = "...[cut]"

    let message: OutgoingMessage

    /// - Parameter maximumSize: Bytes that a message of the target queue may have.
    init(_ letter: DeadLetter, kept: Date, maximumSize: Int) throws {
        var properties = PropertyList(room: maximumSize - letter.body.count)
        properties.addAlways(DeadLetterProperty.queue, letter.key.queue)
        properties.addAlways(DeadLetterProperty.messageID, letter.key.messageID)
        properties.addAlways(DeadLetterProperty.reason, letter.reason.text)
        properties.add(DeadLetterProperty.kept, StoredTime.text(kept))
        properties.add(DeadLetterProperty.enqueued, StoredTime.text(letter.enqueued))
        properties.add(DeadLetterProperty.firstReceived, StoredTime.text(letter.firstReceived))
        properties.add(DeadLetterProperty.lastReceived, StoredTime.text(letter.lastReceived))
        properties.add(DeadLetterProperty.dequeueCount, String(letter.dequeueCount))
        if let eventType = letter.eventType { properties.add(DeadLetterProperty.eventType, eventType) }
        if let from = letter.replayedFrom { properties.add(DeadLetterProperty.replayedFrom, from) }
        properties.addOriginals(letter.userProperties.filter { !$0.name.hasPrefix(DeadLetterProperty.prefix) })
        if let error = letter.error { properties.add(DeadLetterProperty.error, error) }
        if let attempts = try Self.attempts(letter.attempts, within: properties.roomForValue(of: DeadLetterProperty.attempts)) {
            properties.add(DeadLetterProperty.attempts, attempts)
        }
        message = OutgoingMessage(body: letter.body, userProperties: properties.properties)
    }

    /// Valid JSON of at most `size` bytes: with shorter error texts, or only the latest attempts. Nil if not even one fits.
    private static func attempts(_ attempts: [AttemptRecord], within size: Int) throws -> String? {
        guard !attempts.isEmpty else { return nil }
        for length in [1024, 256, 64, 0] {
            let shorter = attempts.map { attempt in
                var attempt = attempt
                attempt.error = attempt.error.cut(toBytes: length)
                return attempt
            }
            let text = try StoredJSON.text(shorter)
            if text.utf8.count <= size { return text }
        }
        return try self.attempts(Array(attempts.dropFirst()), within: size)
    }
}

/// Properties that are added while there is room: bytes and number.
private struct PropertyList {
    private(set) var properties: [MessageProperty] = []
    private var room: Int

    /// For the count of lost properties, kept free until `addOriginals`.
    private static let reserve = DeadLetterProperty.lost.utf8.count + 4

    init(room: Int) { self.room = room - Self.reserve }

    /// Bytes that the value of one more property may have.
    func roomForValue(of name: String) -> Int { min(room - name.utf8.count, SMQLimits.propertyValueLength) }

    /// For what a letter cannot be without, room or not.
    mutating func addAlways(_ name: String, _ value: String) {
        append(MessageProperty(name: name, value: value.safe.cut(toBytes: SMQLimits.propertyValueLength)))
    }

    /// Cut to the room there is, or left out if hardly anything of it would be left.
    mutating func add(_ name: String, _ value: String) {
        let (value, size) = (value.safe, roomForValue(of: name))
        guard !value.isEmpty, size >= min(value.utf8.count, 64) else { return }
        append(MessageProperty(name: name, value: value.cut(toBytes: size)))
    }

    /// Whole or not at all, since these are sent again in a replay. Leaves two places for error and attempts, one for the count.
    mutating func addOriginals(_ originals: [MessageProperty]) {
        var lost = 0
        for property in originals {
            let fits = roomForValue(of: property.name) >= property.value.utf8.count + property.type.utf8.count
            if fits, properties.count < SMQLimits.userProperties - 3 { append(property) } else { lost += 1 }
        }
        room += Self.reserve
        if lost > 0 { addAlways(DeadLetterProperty.lost, String(lost)) }
    }

    private mutating func append(_ property: MessageProperty) {
        properties.append(property)
        room -= property.name.utf8.count + property.value.utf8.count
    }
}

extension String {
    /// At most `size` bytes of UTF-8, ended with a mark where something is missing.
    fileprivate func cut(toBytes size: Int) -> String {
        guard utf8.count > size else { return self }
        let mark = DeadLetterEnvelope.cutMark
        var (kept, left) = ("", size - mark.utf8.count)
        guard left >= 0 else { return "" }
        for scalar in unicodeScalars {
            left -= scalar.utf8.count
            guard left >= 0 else { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + mark
    }

    /// With U+FFFD for what XML 1.0 forbids: control characters other than tab, line feed and carriage return, U+FFFE and U+FFFF.
    fileprivate var safe: String {
        var text = ""
        text.unicodeScalars.append(
            contentsOf: unicodeScalars.lazy.map { scalar in
                switch scalar.value {
                case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: scalar
                default: "\u{FFFD}"
                }
            })
        return text
    }
}
