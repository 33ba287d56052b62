package import Logging
import Synchronization

/// Keeps the manifests of recordings up to date with what is heard of them, and with what the storage gets without a word.
///
/// Works beside the engine that keeps recordings alive, in places of its own: a slow storage holds up no recording, and the last
/// events, which come when nothing is wanted any more, are in the manifest all the same.
package final class ManifestKeeper: Sendable {
    /// Manifests written at the same time.
    private static let places = 2
    /// Between two looks into the queue.
    private static let tick: Duration = .seconds(1)
    /// What an owner that died had claimed is free after so long, in milliseconds. Two that write the same do no harm.
    private static let claim: Int64 = 180_000
    /// Between two writings of one recording, in milliseconds: each event may read all index files anew.
    private static let rest: Int64 = 30_000
    /// After a failure.
    private static let longRest: Int64 = 60_000
    /// Storages tell nobody what they get: Agora's backup storage may deliver for days. Times grow from 10 minutes to 6 hours.
    private static let looks: [Int64] = [10, 20, 40, 80, 160, 320, 360].map { $0 * 60_000 }
    /// About a week after the last word nothing comes any more.
    private static let mostLooks = 32

    private let writer: RecordingManifestWriter
    private let queue: any ManifestQueue
    private let clock: any StreamClock
    private let owner: String
    private let logger: Logger
    /// The last failure, so that it is said once.
    private let said = Mutex<String?>(nil)

    /// - Parameter owner: Tells this process from all others, also from one that had its number before.
    package init(
        _ writer: RecordingManifestWriter, queue: any ManifestQueue, clock: any StreamClock, owner: String, logger: Logger
    ) {
        self.writer = writer
        self.queue = queue
        self.clock = clock
        self.owner = owner
        self.logger = logger
    }

    /// Runs until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<Self.places {
                group.addTask {
                    while !Task.isCancelled {
                        await self.turn()
                        await self.clock.sleep(until: self.clock.now + Self.tick)
                    }
                }
            }
        }
    }

    /// Writes every manifest whose turn it is.
    func turn() async {
        do {
            while !Task.isCancelled,
                let turn = try await queue.claim(by: owner, at: clock.unixMilliseconds, until: clock.unixMilliseconds + Self.claim)
            {
                let next = await write(turn)
                try await queue.release(turn, by: owner, next)
            }
        } catch {
            say("the recordings whose manifests are to be written cannot be read; trying again", error, nil)
        }
    }

    private func write(_ turn: ManifestTurn) async -> ManifestTurn.Next {
        do {
            let manifest = try await writer.update(turn.sid)?.manifest
            said.withLock { $0 = nil }
            let now = clock.unixMilliseconds
            // What is made from events alone changes with them alone.
            let isSettled = manifest?.isComplete ?? true || !writer.hasSource
            return .init(isWritten: true, rest: now + Self.rest, look: isSettled ? nil : look(after: turn, now))
        } catch is CancellationError {
            // Whoever runs next goes on with it.
            return .init(isWritten: false, rest: 0, look: clock.unixMilliseconds)
        } catch {
            say("the manifest of a recording could not be written; trying again", error, turn.sid)
            let now = clock.unixMilliseconds
            return .init(isWritten: false, rest: now + Self.longRest, look: look(after: turn, now))
        }
    }

    private func look(after turn: ManifestTurn, _ now: Int64) -> Int64? {
        guard turn.looks < Self.mostLooks else { return nil }
        return now + Self.looks[min(turn.looks, Self.looks.count - 1)]
    }

    private func say(_ what: Logger.Message, _ error: any Error, _ sid: String?) {
        let isNew = said.withLock { said in
            defer { said = "\(error)" }
            return said != "\(error)"
        }
        guard isNew else { return }
        var about: Logger.Metadata = ["error": "\(error)"]
        if let sid { about["sid"] = "\(sid)" }
        logger.warning(what, metadata: about)
    }
}
