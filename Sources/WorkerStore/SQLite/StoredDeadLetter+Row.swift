import Foundation
import GRDB
import WorkerCore

extension StoredDeadLetter {
    /// - Parameter row: All columns of `deadLetter`.
    init(_ row: Row) throws {
        let properties: [StoredProperty] = try row.json("properties", of: "deadLetter")
        let replayedAt = row.optionalTime("replayedAt")
        let replayedAs: String? = row["replayedAs"]
        let body: Data = row["body"]
        self.init(
            id: String(row["id"] as Int64),
            letter: DeadLetter(
                key: MessageKey(queue: row["queue"], messageID: row["messageID"]), body: [UInt8](body), eventType: row["eventType"],
                reason: DeadLetter.Reason(row["reason"]), error: row["error"], attempts: try row.json("attempts", of: "deadLetter"),
                enqueued: row.time("enqueued"), firstReceived: row.time("firstReceived"), lastReceived: row.time("lastReceived"),
                dequeueCount: row["dequeueCount"], userProperties: properties.map(\.property), replayedFrom: row["replayedFrom"]),
            kept: row.time("kept"),
            replay: replayedAt.flatMap { time in replayedAs.map { Replay(time: time, messageID: $0) } },
            replays: row["replays"])
    }
}
