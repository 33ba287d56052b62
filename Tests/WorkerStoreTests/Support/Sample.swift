import Foundation
import SMQProtocol
import WorkerCore

/// Values for tests; all times are whole milliseconds.
enum Sample {
    static let start = Date(timeIntervalSince1970: 1_700_000_000.042)
    static let kept = start.addingTimeInterval(100)

    static func key(_ id: String = "A1", queue: String = "media-events") -> MessageKey { MessageKey(queue: queue, messageID: id) }

    static func attempt(_ number: Int = 0, error: String = "boom") -> AttemptRecord {
        AttemptRecord(
            number: number, time: start.addingTimeInterval(Double(number)), host: "host-1", process: 42, handler: "event-archive",
            error: error)
    }

    static func letter(
        _ id: String = "A1", queue: String = "media-events", body: [UInt8] = Array(#"{"EventType":"X"}"#.utf8),
        type: String? = "TranscodeComplete", reason: DeadLetter.Reason = .attemptsExhausted, error: String? = "boom",
        attempts: [AttemptRecord] = [attempt(1), attempt(2), attempt(3)], properties: [MessageProperty] = [], replayedFrom: String? = nil
    ) -> DeadLetter {
        DeadLetter(
            key: key(id, queue: queue), body: body, eventType: type, reason: reason, error: error, attempts: attempts, enqueued: start,
            firstReceived: start.addingTimeInterval(1), lastReceived: start.addingTimeInterval(60.5), dequeueCount: 3,
            userProperties: properties, replayedFrom: replayedFrom)
    }
}
