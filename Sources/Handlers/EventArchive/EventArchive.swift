import Dispatch
package import Foundation
package import MediaEvents
import Settings
package import WorkerCore

/// Keeps every event as one line of a JSON Lines file, rotated by size.
///
/// Takes every event of a known type; `events` restricts it to some types, of which an unknown one may be named, too. The files
/// (mode 0600) may be shared by all processes of a host. An event that is delivered twice stands there twice, with the same
/// `messageId`.
///
/// A line is handed to the operating system before the message is deleted: a crash of the worker loses nothing, a crash of the
/// whole machine may lose the last seconds. With `sync = true` each line is on the disk first, at the price of one disk
/// write per event.
///
/// | key of `[handlers.event-archive]` | default | meaning |
/// | --- | --- | --- |
/// | `file` | `events.jsonl` | a relative path starts at the worker's state directory |
/// | `max_size` | `64MiB` | a file that would grow beyond this is renamed to `FILE.1`; at least 1KiB |
/// | `keep` | 5 | number of old files, 0...1000 |
/// | `events` | all known types | list of type names |
/// | `sync` | false | wait for the disk after each line |
package struct EventArchive: CatchAllHandler {
    package static let name = "event-archive"
    package static let summary = "keeps every event as a line of a JSON Lines file, rotated by size"

    private let file: SharedLineFile
    private let events: Set<EventType>
    private let now: @Sendable () -> Date
    /// Waits for the disk here and not on a thread that other handlers share.
    private let diskQueue = DispatchQueue(label: "mediaworker.event-archive")

    /// - Parameters:
    ///   - maximumSize: Bytes.
    ///   - events: Empty takes every event of a known type.
    ///   - now: The wall clock that `receivedAt` comes from.
    package init(
        path: String, maximumSize: Int = 64 << 20, keep: Int = 5, events: Set<EventType> = [], isSynced: Bool = false,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        file = SharedLineFile(path: path, maximumSize: maximumSize, keep: keep, isSynced: isSynced)
        self.events = events
        self.now = now
    }

    package init(_ settings: HandlerSettings) {
        let section = settings.section
        self.init(
            path: settings.path(section.string("file", default: "events.jsonl")),
            maximumSize: section.size("max_size", in: 1024...(1 << 40), default: 64 << 20),
            keep: section.integer("keep", in: 0...1000, default: 5),
            events: settings.eventTypes("events"),
            isSynced: section.flag("sync", default: false))
    }

    package func start() async throws { try file.open() }

    package func wants(_ event: IncomingEvent) -> Bool { event.isAmong(events) }

    package func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict {
        let line = ArchiveLine(event, messageID: context.messageID, queue: context.queue, receivedAt: now()).bytes
        guard file.isSynced else {
            try file.append(line)
            return .done
        }
        return try await withCheckedThrowingContinuation { continuation in
            diskQueue.async { [file] in
                continuation.resume(
                    with: Result {
                        try file.append(line)
                        return .done
                    })
            }
        }
    }

    package func stop() async { file.close() }
}
