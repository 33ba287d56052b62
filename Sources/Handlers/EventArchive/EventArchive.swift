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
/// A line is on the disk before its message is deleted; lines that come meanwhile share the next wait for the disk. With
/// `sync = false` it is only handed to the operating system: a crash of the worker loses nothing, a power cut may lose the last seconds.
///
/// | key of `[handlers.event-archive]` | default | meaning |
/// | --- | --- | --- |
/// | `file` | `events.jsonl` | a relative path starts at the worker's state directory |
/// | `max_size` | `64MiB` | a file that would grow beyond this is renamed to `FILE.1`; at least 1KiB |
/// | `keep` | 5 | number of old files, 0...1000; older ones are removed |
/// | `events` | all known types | list of type names |
/// | `sync` | true | wait for the disk |
/// | `hide_secrets` | true | tokens, keys and the keys in stream addresses of Agora's events are written as `<hidden>` |
package struct EventArchive: CatchAllHandler {
    package static let name = "event-archive"
    package static let summary = "keeps events as lines of a JSON Lines file, rotated by size; the oldest files go"

    private let writer: LineWriter
    private let events: Set<EventType>
    private let hidesSecrets: Bool
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - maximumSize: Bytes.
    ///   - events: Empty takes every event of a known type.
    ///   - hidesSecrets: As `StreamSecrets` does it; every other byte stays.
    ///   - now: The wall clock that `receivedAt` comes from.
    package init(
        path: String, maximumSize: Int = 64 << 20, keep: Int = 5, events: Set<EventType> = [], isSynced: Bool = true,
        hidesSecrets: Bool = true, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        writer = LineWriter(SharedLineFile(path: path, maximumSize: maximumSize, keep: keep, isSynced: isSynced))
        self.events = events
        self.hidesSecrets = hidesSecrets
        self.now = now
    }

    package init(_ settings: HandlerSettings) {
        let section = settings.section
        self.init(
            path: settings.path(section.string("file", default: "events.jsonl")),
            maximumSize: section.size("max_size", in: 1024...(1 << 40), default: 64 << 20),
            keep: section.integer("keep", in: 0...1000, default: 5),
            events: settings.eventTypes("events"),
            isSynced: section.flag("sync", default: true),
            hidesSecrets: section.flag("hide_secrets", default: true))
    }

    package func start() async throws { try await writer.open() }

    package func wants(_ event: IncomingEvent) -> Bool { event.isAmong(events) }

    package func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict {
        let line = ArchiveLine(
            event, messageID: context.messageID, queue: context.queue, receivedAt: now(), hidesSecrets: hidesSecrets)
        try await writer.append(line.bytes)
        return .done
    }

    package func stop() async { await writer.close() }
}
