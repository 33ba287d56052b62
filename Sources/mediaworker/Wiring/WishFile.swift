import Foundation
import Logging
import MediaEvents
import Settings
import StreamServices

/// The file of wanted tasks, `[agora] tasks`: read at start and every minute. A wish that is new in it is registered, one that left it is
/// ended, one that was changed stays as it was until it has another name.
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
                        "the file of wanted streams cannot be used; what ran goes on", metadata: ["file": "\(path)", "error": "\(error)"])
                }
                said = "\(error)"
            }
            await clock.sleep(until: clock.now + Self.interval)
        }
    }

    private func take(_ logger: Logger) async throws {
        let wishes = try WishReader.wishes(try InputFile.read(path))
        let registry = WishRegistry(appID: appID, section: section, tasks: tasks, clock: clock)
        let known = try await tasks.all()
        var wanted = Set<String>()
        for var wish in wishes {
            wish.isConfigured = true
            for task in wish.tasks { wanted.insert("\(task.service.rawValue)/\(task.name)") }
            let old = known.filter { $0.record.wish.group == wish.name && $0.record.service == wish.service && $0.due != nil }
            guard old.isEmpty else {
                if old.map(\.record.wish) != wish.tasks.sorted(by: { $0.name < $1.name }) {
                    logger.warning(
                        "a wanted stream was changed in its file; delete it first, or give the new one another name",
                        metadata: ["task": "\(wish.name)"])
                }
                continue
            }
            // What is over by its own time stays in the file for a while.
            if let end = wish.until.milliseconds, end <= clock.unixMilliseconds { continue }
            if known.contains(where: { $0.record.wish.group == wish.name && $0.record.wish == wish.tasks.first }) { continue }
            try await registry.register(wish)
        }
        for task in known where task.record.wish.isConfigured == true && task.due != nil && task.stopped == nil {
            guard !wanted.contains("\(task.record.service.rawValue)/\(task.record.name)") else { continue }
            logger.notice("a stream left the file of wanted streams and is deleted", metadata: ["task": "\(task.record.name)"])
            _ = try await tasks.stop(task.record.name, task.record.service, at: clock.unixMilliseconds)
        }
    }
}
