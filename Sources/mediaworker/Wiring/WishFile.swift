import Foundation
import Logging
import MediaEvents
import Settings
import StreamServices

/// The file of wanted tasks, `[agora] tasks`: read at start and every minute. A wish that is new in it is registered, one that left it is
/// ended, one that got more backups gets their tasks; one that was changed otherwise stays as it was until it has another name.
struct WishFile {
    private static let interval: Duration = .seconds(60)

    let path: String
    let appID: String
    let section: AgoraSection
    let tasks: any TaskStore
    let clock: any StreamClock

    /// Until the task is cancelled.
    func follow(_ logger: Logger) async {
        var said: String?
        while !Task.isCancelled {
            do {
                try await take(logger)
                said = nil
            } catch {
                if said != "\(error)" {
                    logger.error(
                        "the file of wanted tasks cannot be used; what runs goes on", metadata: ["file": "\(path)", "error": "\(error)"])
                }
                said = "\(error)"
            }
            await clock.sleep(until: clock.now + Self.interval)
        }
    }

    private func take(_ logger: Logger) async throws {
        let registry = WishRegistry(appID: appID, section: section, tasks: tasks, clock: clock)
        // Before the file is read: what another process registers from a newer one is not ended by an older one.
        let streams = try await tasks.all(TaskRecord.self).filter { $0.record.wish.isConfigured == true && $0.isWanted }.map {
            ($0.record.service, $0.record.name)
        }
        let shows = try await tasks.all(RecordingRecord.self).filter { $0.record.wish.isConfigured == true && $0.isWanted }.map {
            ($0.record.service, $0.record.name)
        }
        var wanted = Set<String>()
        for wish in try WishReader.wishes(try InputFile.read(path)) {
            do {
                switch wish {
                case .stream(let wish): try await take(wish, registry, &wanted, logger)
                case .show(let wish): try await take(wish, registry, &wanted, logger)
                }
            } catch WishRegistry.Refusal.isWanted(let name) {
                if try await !isOfFile(name) {
                    logger.error(
                        "a task of the file has a name that the command line gave to another one; one of them needs another name",
                        metadata: ["file": "\(path)", "task": "\(name)"])
                }
            } catch let error where error is InvalidCall || error is WishRegistry.Refusal || error is TokenNeed {
                logger.error("a task of the file cannot be wanted", metadata: ["file": "\(path)", "error": "\(error)"])
            }
        }
        for (service, name) in streams + shows where !wanted.contains("\(service.rawValue)/\(name)") {
            logger.notice("a task left the file of wanted ones and is ended", metadata: ["task": "\(name)"])
            _ = try await tasks.stop(name, service, at: clock.unixMilliseconds)
        }
    }

    /// Another process reads the same file, and was faster.
    private func isOfFile(_ name: String) async throws -> Bool {
        let streams = try await tasks.all(TaskRecord.self).filter { $0.record.wish.isConfigured == true }.map(\.record.name)
        let shows = try await tasks.all(RecordingRecord.self).filter { $0.record.wish.isConfigured == true }.map(\.record.name)
        return (streams + shows).contains(name)
    }

    private func take(_ read: StreamWish, _ registry: WishRegistry, _ wanted: inout Set<String>, _ logger: Logger) async throws {
        var wish = read
        wish.isConfigured = true
        let split = wish.tasks
        for task in split { wanted.insert("\(task.service.rawValue)/\(task.name)") }
        let known = try await tasks.all(TaskRecord.self).filter {
            $0.record.service == wish.service && $0.record.wish.group == wish.name && $0.record.wish.isConfigured == true
        }
        // What was changed goes on as it was.
        for task in known where task.due != nil { wanted.insert("\(task.record.service.rawValue)/\(task.record.name)") }
        let old = known.map { (isAlive: $0.due != nil, isSame: split.contains($0.record.written ?? $0.record.wish)) }
        if known.count < split.count, old.contains(where: \.isAlive), old.allSatisfy(\.isSame) { return try await registry.extend(wish) }
        guard try isNew(wish.name, old: old, wish.until, logger) else { return }
        try await registry.register(wish)
    }

    private func take(_ read: RecordingWish, _ registry: WishRegistry, _ wanted: inout Set<String>, _ logger: Logger) async throws {
        var wish = read
        wish.isConfigured = true
        wanted.insert("\(StreamService.cloudRecording.rawValue)/\(wish.name)")
        let known = try await tasks.all(RecordingRecord.self).filter { $0.record.name == wish.name && $0.record.wish.isConfigured == true }
        guard try isNew(wish.name, old: known.map { ($0.due != nil, $0.record.wish == wish) }, wish.until, logger) else { return }
        try await registry.register(wish)
    }

    /// Whether a wish has to be registered: not one that is known, nor one whose time is over.
    private func isNew(
        _ name: String, old: [(isAlive: Bool, isSame: Bool)], _ until: StreamWish.Until, _ logger: Logger
    ) throws -> Bool {
        if old.contains(where: { $0.isAlive && !$0.isSame }) {
            logger.warning(
                "a wanted task was changed in its file; delete it first, or give the new one another name", metadata: ["task": "\(name)"])
        }
        if old.contains(where: { $0.isAlive || $0.isSame }) { return false }
        return until.milliseconds.map { $0 > clock.unixMilliseconds } ?? true
    }
}

extension ListedTask {
    fileprivate var isWanted: Bool { due != nil && stopped == nil }
}
