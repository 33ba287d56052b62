package import SMQProtocol

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// This machine's idea of the time of day: good for signing only, after correction by `ClockOffset`. Leases never use it.
package struct WallClock: Sendable {
    package var now: @Sendable () -> ServerTime

    package init(now: @escaping @Sendable () -> ServerTime) { self.now = now }

    package static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return ServerTime(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
