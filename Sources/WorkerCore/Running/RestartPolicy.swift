/// What the parent of several worker processes does when one of them ends. One value for each worker; no clock and no I/O of its own.
package struct RestartPolicy: Sendable {
    /// How a process ended.
    package enum End: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    package enum Decision: Sendable, Equatable {
        /// This worker's work is over; it is not started again. 0 unless it ended badly while stopping.
        case finished(exitCode: Int32)
        case restart(after: Duration)
        /// Another start would end the same way: stop all workers and end with this code.
        case stopAll(exitCode: Int32)
    }

    /// Exit codes with a meaning of their own, from `sysexits.h`.
    package enum ExitCode {
        /// The process asks to be started afresh, because too many handlers are stuck in it.
        package static let restartMe: Int32 = 75
        /// The start cannot succeed without a person: usage, state directory, configuration.
        package static let faults: Set<Int32> = [64, 73, 78]
        /// A worker died while it was asked to stop.
        package static let diedStopping: Int32 = 70
    }

    /// The first back-off; doubles with each quick death.
    package static let shortest: Duration = .seconds(1)
    package static let longest: Duration = .seconds(30)
    /// A process that lived this long was well: the back-off starts over.
    package static let longLife: Duration = .seconds(60)

    /// True if the workers end by themselves when the queue is empty.
    private let endsWhenEmpty: Bool
    private var quickDeaths = 0

    package init(endsWhenEmpty: Bool) { self.endsWhenEmpty = endsWhenEmpty }

    /// - Parameters:
    ///   - life: how long the process ran.
    ///   - isStopping: the parent has asked its workers to stop.
    package mutating func decide(_ end: End, life: Duration, isStopping: Bool) -> Decision {
        if case .exited(let code) = end, ExitCode.faults.contains(code) { return .stopAll(exitCode: code) }
        if isStopping { return .finished(exitCode: Self.exitCodeWhenStopping(end)) }
        if end == .exited(0), endsWhenEmpty { return .finished(exitCode: 0) }
        if life >= Self.longLife { quickDeaths = 0 }
        // A process that asks for a restart as soon as it is up would otherwise spin.
        if end == .exited(ExitCode.restartMe), life >= .seconds(1) { return .restart(after: .zero) }
        let delay = min(Self.longest, Self.shortest * (1 << min(quickDeaths, 5)))
        quickDeaths += 1
        return .restart(after: delay)
    }

    private static func exitCodeWhenStopping(_ end: End) -> Int32 {
        switch end {
        case .exited(0), .exited(ExitCode.restartMe): 0
        case .exited(let code): code
        // Our own stop reached it before its signal handlers were installed: it had taken nothing yet.
        case .signalled(15): 0
        case .signalled: ExitCode.diedStopping
        }
    }
}
