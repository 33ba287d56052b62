import Foundation
package import SMQProtocol

/// How the local server listens, whom it lets in, and what time it takes it for.
package struct LocalSMQConfiguration: Sendable {
    /// Address to listen on.
    package var host: String
    /// 0 takes a free port; `LocalSMQServer.run` reports it.
    package var port: Int
    /// The key pairs that may sign requests.
    package var credentials: [Credentials]
    /// Takes requests without an `Authorization` header. One that is there is checked all the same.
    package var allowUnsigned: Bool
    /// Unix time in milliseconds: of queues, `Date` headers and the check of request dates. Injected for tests, which call
    /// `LocalSMQServer.timePassed` after moving it.
    package var now: @Sendable () -> Int64
    /// Where the queues are kept.
    package var store: any QueueStore

    package init(
        host: String = "127.0.0.1", port: Int = 9324, credentials: [Credentials], allowUnsigned: Bool = false,
        now: @escaping @Sendable () -> Int64 = LocalSMQConfiguration.wallClock, store: any QueueStore = MemoryStore()
    ) {
        self.host = host
        self.port = port
        self.credentials = credentials
        self.allowUnsigned = allowUnsigned
        self.now = now
        self.store = store
    }

    /// The machine's clock.
    package static let wallClock: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
