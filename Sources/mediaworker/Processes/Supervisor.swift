import Foundation
import Logging
import Subprocess
import Synchronization
import SystemPackage
import WorkerCore

/// The parent of several worker processes: starts them, passes a stop on, restarts crashed ones, adds up what they did.
///
/// Each worker has a pipe as its stdin whose other end is held here, so that it learns of our death however we die.
final class Supervisor: Sendable {
    struct Plan: Sendable {
        /// Worker processes at the same time, 2 or more.
        var count: Int
        /// Command line of a worker, without the program's name and without its index.
        var arguments: [String]
        var endsWhenEmpty: Bool
        /// A worker that has not ended this long after it was asked to is killed.
        var killAfter: Duration
    }

    private struct State {
        var isStopping = false
        var exitCode: Int32 = 0
        var live: [Int: @Sendable (Signal) -> Void] = [:]
        var pauses: [Int: Task<Void, Never>] = [:]
        /// The newest report of each live process, and the sum over those that ended.
        var running: [Int: WorkerReport] = [:]
        var ended = WorkerReport()
    }

    private let state = Mutex(State())
    private let plan: Plan
    private let logger: Logger

    init(_ plan: Plan, logger: Logger) {
        self.plan = plan
        self.logger = logger
    }

    /// Returns when all workers have ended for good.
    /// - Returns: The exit code for the parent.
    func run() async -> Int32 {
        await withTaskGroup { group in
            for index in 0..<plan.count { group.addTask { await self.keep(index) } }
        }
        return state.withLock { $0.exitCode }
    }

    /// All that the workers have done so far.
    var report: WorkerReport {
        state.withLock { state in state.running.values.reduce(into: state.ended) { $0.add($1) } }
    }

    /// Asks every worker to drain and end; those that do not are killed after `killAfter`.
    func stop() {
        let isFirst = state.withLock { state in
            if state.isStopping { return false }
            state.isStopping = true
            // Signals go out under the lock: a process leaves `live` before its number can be used again.
            for send in state.live.values { send(.terminate) }
            for pause in state.pauses.values { pause.cancel() }
            return true
        }
        guard isFirst else { return }
        Thread.detachNewThread { [self] in
            usleep(UInt32(clamping: Int(plan.killAfter / .microseconds(1))))
            let isLate = state.withLock { !$0.live.isEmpty }
            guard isLate else { return }
            logger.error("workers did not end in time and are killed", metadata: ["after": "\(plan.killAfter)"])
            kill()
        }
    }

    /// Ends every worker at once. What they had in hand comes back when its lease ends.
    func kill() {
        state.withLock { state in
            state.isStopping = true
            for send in state.live.values { send(.kill) }
        }
    }

    /// One worker's place: a process, and another one after it as long as the policy says so.
    private func keep(_ index: Int) async {
        var policy = RestartPolicy(endsWhenEmpty: plan.endsWhenEmpty)
        while true {
            let started = ContinuousClock.now
            let end = await runProcess(index)
            let isStopping = state.withLock { $0.isStopping }
            let life = started.duration(to: .now)
            switch policy.decide(end, life: life, isStopping: isStopping) {
            case .finished(let code):
                state.withLock { if $0.exitCode == 0 { $0.exitCode = code } }
                log("worker finished", index, end, isGood: code == 0)
                return
            case .stopAll(let code):
                state.withLock { $0.exitCode = code }
                log("worker cannot run, all are stopped", index, end, isGood: false)
                stop()
                return
            case .restart(let delay):
                log("worker ended, starting another", index, end, isGood: end == .exited(0), ["in": "\(delay)"])
                await pause(index, for: delay)
                if state.withLock({ $0.isStopping }) { return }
            }
        }
    }

    private func log(_ message: Logger.Message, _ index: Int, _ end: RestartPolicy.End, isGood: Bool, _ more: Logger.Metadata = [:]) {
        var metadata: Logger.Metadata = ["worker": "\(index)"]
        switch end {
        case .exited(let code): metadata["exit"] = "\(code)"
        case .signalled(let number):
            metadata["signal"] = "\(number)"
            metadata["summary"] = "counts this worker up to its last report"
        }
        metadata.merge(more) { $1 }
        logger.log(level: isGood ? .info : .warning, message, metadata: metadata)
    }

    /// Sleeps; `stop` ends it early.
    private func pause(_ index: Int, for delay: Duration) async {
        guard delay > .zero else { return }
        let nap = Task { _ = try? await Task.sleep(for: delay) }
        state.withLock { state in
            state.pauses[index] = nap
            if state.isStopping { nap.cancel() }
        }
        await nap.value
        state.withLock { $0.pauses[index] = nil }
    }

    /// Starts one process, reads its reports, returns how it ended.
    private func runProcess(_ index: Int) async -> RestartPolicy.End {
        var options = PlatformOptions()
        // A group of its own: Ctrl-C on the terminal reaches the parent only, which passes it on once.
        options.processGroupID = 0
        let arguments = Arguments(
            executablePathOverride: CommandLine.arguments.first ?? "mediaworker",
            remainingValues: plan.arguments + ["--worker-index", "\(index)"])
        do {
            let result = try await Subprocess.run(
                .path("/proc/self/exe"), arguments: arguments, platformOptions: options, input: .inputWriter,
                output: .sequence, error: .currentStandardError
            ) { execution in
                logger.info("worker started", metadata: ["worker": "\(index)", "pid": "\(execution.processIdentifier.value)"])
                state.withLock { state in
                    // A process that has just ended cannot be signalled, and need not be.
                    let send: @Sendable (Signal) -> Void = { signal in try? execution.send(signal: signal) }
                    state.live[index] = send
                    if state.isStopping { send(.terminate) }
                }
                defer { state.withLock { $0.live[index] = nil } }
                for try await line in execution.standardOutput.strings(bufferingPolicy: .unbounded) { take(line, from: index) }
            }
            finishReport(of: index)
            switch result.terminationStatus {
            case .exited(let code): return .exited(code)
            case .signaled(let number): return .signalled(number)
            }
        } catch {
            finishReport(of: index)
            logger.error("worker could not be started", metadata: ["worker": "\(index)", "error": "\(error)"])
            return .exited(CommandFailure.Code.software)
        }
    }

    private func take(_ line: String, from index: Int) {
        if let report = WorkerReport(line: line) {
            state.withLock { $0.running[index] = report }
        } else {
            StandardOutput.line(line)  // a handler that prints
        }
    }

    private func finishReport(of index: Int) {
        state.withLock { state in
            guard var report = state.running.removeValue(forKey: index) else { return }
            report.inHand = 0
            state.ended.add(report)
        }
    }
}
