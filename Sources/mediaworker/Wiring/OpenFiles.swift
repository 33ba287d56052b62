import Foundation

/// How many files and sockets this process may have open.
enum OpenFiles {
    /// Enough for every server here.
    private static let wanted: rlim_t = 16_384

    /// Raises the limit as far as the system lets a process do it.
    ///
    /// - Returns: The limit as it is now.
    static func raiseLimit() -> Int {
        #if canImport(Glibc)
            let resource = Int32(RLIMIT_NOFILE.rawValue)
            typealias Resource = __rlimit_resource_t
            let kind = Resource(UInt32(resource))
        #else
            let kind = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return 1024 }
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = min(wanted, limit.rlim_max)
            if setrlimit(kind, &raised) == 0 { limit = raised }
        }
        return Int(min(limit.rlim_cur, wanted))
    }
}
