import Synchronization

/// Where the processes of a project count their calls together: N of them must not make N times the rate.
package protocol RateStore: Sendable {
    /// - Returns: When the call may be made, Unix milliseconds; nil if too many wait already.
    func reserve(_ limit: RateLimit, at now: Int64) async throws -> Int64?
    func throttled(_ limit: RateLimit, at now: Int64) async throws
}

/// For one process alone.
package final class MemoryRates: RateStore {
    private let states = Mutex<[String: RateState]>([:])

    package init() {}

    package func reserve(_ limit: RateLimit, at now: Int64) async throws -> Int64? {
        states.withLock { $0[limit.name, default: RateState()].reserve(limit, at: now) }
    }

    package func throttled(_ limit: RateLimit, at now: Int64) async throws {
        states.withLock { $0[limit.name, default: RateState()].throttled(at: now) }
    }
}
