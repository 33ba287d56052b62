import Crypto
import Foundation
import Synchronization

/// The tasks of one service in the project, from complete Lists that all wanted tasks and all processes share: Media Pull has no Get, and
/// its List may be asked for 20 times a minute only; Media Push's Get does not tell the state of a converter that passes streams on.
final class TaskCensus: Sendable {
    struct Member: Codable, Sendable, Equatable {
        let id: String
        let name: String?
        let channel: String?
        /// A mark of the address, which itself is nobody's business.
        let address: String?
        /// nil where a List leaves it out, which means that the task lives.
        let state: String?
        /// Unix seconds.
        let created: Int64?
    }

    private struct Members: Codable, Sendable {
        /// When the List was asked for, Unix milliseconds.
        let began: Int64
        let members: [Member]
    }

    /// Which process reads the List.
    private struct Reading: Codable, Sendable {
        let owner: String
        let until: Int64
    }

    /// So long a process may read the List, waits and failing hosts included, in milliseconds: less than a task is claimed for.
    private static let readingTime: Int64 = 60_000
    /// What a call may take that leaves at the last moment.
    private static let exchange: Int64 = 10_000
    /// Between two looks for a List that another process reads.
    private static let pause: Duration = .seconds(1)

    private let name: String
    private let store: any TaskStore
    private let clock: any StreamClock
    /// Reads the List to its end.
    private let list: @Sendable (_ deadline: Int64) async throws -> [Member]
    private let owner = UUID().uuidString
    private let running = Mutex<Task<Void, any Error>?>(nil)
    private let latest = Mutex<Members?>(nil)

    init(
        _ service: StreamService, store: any TaskStore, clock: any StreamClock,
        list: @escaping @Sendable (_ deadline: Int64) async throws -> [Member]
    ) {
        name = "census.\(service.rawValue)"
        self.store = store
        self.clock = clock
        self.list = list
    }

    /// - Parameter moment: Unix milliseconds; an older List is of no use.
    /// - Throws: When no List could be read to its end.
    func members(since moment: Int64) async throws -> [Member] {
        while true {
            if let known = latest.withLock({ $0 }), known.began >= moment { return known.members }
            if let known = try await store.state(name, Members.self), known.began >= moment {
                latest.withLock { $0 = known }
                return known.members
            }
            let reading = running.withLock { running in
                let task = running ?? Task { try await self.read() }
                running = task
                return task
            }
            // A stop does not wait for the end of a List.
            try await withTaskCancellationHandler {
                try await reading.value
            } onCancel: {
                reading.cancel()
            }
            if Task.isCancelled { throw CancellationError() }
        }
    }

    /// Reads the List, or waits for a moment because another process does.
    private func read() async throws {
        defer { running.withLock { $0 = nil } }
        let (owner, now) = (owner, clock.unixMilliseconds)
        let isOurs = try await store.change("\(name).reading", Reading.self) { reading in
            if let other = reading, other.owner != owner, other.until > now { return false }
            reading = Reading(owner: owner, until: now + Self.readingTime)
            return true
        }
        guard isOurs else { return await clock.sleep(until: clock.now + Self.pause) }
        let began = clock.unixMilliseconds
        let result = await Result { try await list(began + Self.readingTime - Self.exchange) }
        if case .success(let members) = result {
            let found = Members(began: began, members: members)
            try await store.change(name, Members.self) { $0 = found }
            latest.withLock { $0 = found }
        }
        try await store.change("\(name).reading", Reading.self) { $0 = $0?.owner == owner ? nil : $0 }
        if case .failure(let error) = result { throw error }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

extension TaskCensus.Member {
    /// Tells addresses apart, keys included.
    static func mark(_ address: String) -> String {
        SHA256.hash(data: Data(address.utf8)).prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    init(_ member: ConverterPage.Member) {
        self.init(
            id: member.converterID, name: member.converterName, channel: member.rtcChannel,
            address: member.rtmpURL.map(Self.mark), state: member.state, created: member.create)
    }

    init(_ player: PlayerReply) {
        self.init(
            id: player.id, name: player.name, channel: player.channelName, address: player.streamURL.map(Self.mark), state: player.status,
            created: player.createTs)
    }
}
