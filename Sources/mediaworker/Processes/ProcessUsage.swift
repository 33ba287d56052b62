import Foundation

/// What a process has used, as the kernel counts it.
enum ProcessUsage {
    /// User + system seconds of this process.
    static var ownCPUSeconds: Double { cpuSeconds(of: RUSAGE_SELF) }

    /// User + system seconds of all children that have ended, crashed ones included.
    static var childrenCPUSeconds: Double { cpuSeconds(of: RUSAGE_CHILDREN) }

    /// Peak resident memory of this process: `VmHWM` of `/proc/self/status`. `ru_maxrss` would begin with the size of whoever
    /// started us, since it survives `exec`; it is only taken where there is no `/proc`.
    static var ownPeakRSSBytes: Int {
        if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        {
            return kibibytes * 1024
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) * 1024
    }

    private static func cpuSeconds(of who: __rusage_who) -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(who.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
