import Foundation
import MediaEvents
import WorkerCore

/// One event as the archive keeps it:
/// `{"receivedAt":"2025-06-03T08:14:27.015Z","messageId":"...","queue":"...","type":"...","outcome":"success","event":{...}}`.
///
/// `outcome` is `success` or `failure`, left out where the event has none; `type` is null where the body names none; `event` is the
/// vendor's JSON, only freed of line ends and blanks between tokens, and of secrets unless they are to be kept.
struct ArchiveLine {
    private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    let bytes: [UInt8]

    init(_ event: IncomingEvent, messageID: String, queue: String, receivedAt: Date, hidesSecrets: Bool) {
        var line = Array("{\"receivedAt\":".utf8)
        JSONText.appendString(Self.timeFormat.format(receivedAt), to: &line)
        line += Array(",\"messageId\":".utf8)
        JSONText.appendString(messageID, to: &line)
        line += Array(",\"queue\":".utf8)
        JSONText.appendString(queue, to: &line)
        line += Array(",\"type\":".utf8)
        if let type = event.type { JSONText.appendString(type.name, to: &line) } else { line += Array("null".utf8) }
        if let outcome = event.typed?.outcome {
            line += Array(",\"outcome\":".utf8)
            JSONText.appendString(outcome.result.rawValue, to: &line)
        }
        line += Array(",\"event\":".utf8)
        JSONText.appendCompact(hidesSecrets ? StreamSecrets.masked(event.json) : event.json, to: &line)
        line.append(UInt8(ascii: "}"))
        bytes = line
    }
}
