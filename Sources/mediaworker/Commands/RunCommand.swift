import ArgumentParser
import Foundation
import Logging
import Settings
import WorkerCore

struct RunCommand: AsyncParsableCommand {
    enum SummaryForm: String, ExpressibleByArgument { case json }

    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run the worker: take messages, run handlers, delete what they finished.",
        discussion: """
            SIGTERM or Ctrl-C drains: no more messages are taken, handlers finish, what has not started goes back. A second one ends at once. \
            Logs go to stderr.
            """)

    @Option(help: ArgumentHelp("Worker processes. Default: worker.processes.", valueName: "n"))
    var processes: Int?

    @Flag(help: "End when the queue is empty and nothing is in hand or waiting for its own retry.")
    var untilEmpty = false

    @Option(help: ArgumentHelp("Print a summary as the last line of stdout.", valueName: "form"))
    var summary: SummaryForm?

    @Flag(help: "Show a live line on stderr.")
    var progress = false

    /// Set by the parent: which of several processes this is.
    @Option(help: .hidden)
    var workerIndex: Int?

    @OptionGroup var options: ConfigurationOption

    func validate() throws {
        if let processes, !(1...256).contains(processes) { throw ValidationError("--processes must be 1...256.") }
    }

    func run() async throws {
        let (configuration, registry) = try WorkerAssembly.load(options)
        let logger = Logger.worker(configuration.worker)
        let count = processes ?? configuration.worker.processes
        let code =
            if count > 1, workerIndex == nil {
                try await supervise(count, configuration, logger)
            } else {
                try await work(configuration, registry, logger)
            }
        if code != 0 { throw CommandFailure(code, "") }
    }

    // MARK: One worker

    private func work(_ configuration: WorkerConfiguration, _ registry: HandlerRegistry, _ logger: Logger) async throws -> Int32 {
        let isChild = workerIndex != nil
        let assembly = try WorkerAssembly(configuration, registry, untilEmpty: untilEmpty, logger: logger)
        let worker = assembly.worker
        let tidying = Task { await assembly.keepTidy(logger) }
        defer { tidying.cancel() }
        // A run that ends with the queue is no keeper of streams.
        let engine = untilEmpty ? nil : try await StreamEngine(configuration, registry, logger: logger)
        let keeping = Task { await engine?.run() }
        let signals = await StopSignals()
        let watching = signals.watch(
            first: { _ in
                logger.notice("stopping: no more messages are taken; what is in hand is finished")
                worker.requestStop()
            }, second: isChild ? .repeats : .ends(atOnce: {}))
        defer { watching.cancel() }
        if isChild { ParentWatch.start { worker.requestStop() } }
        let reporting = report(every: isChild ? .milliseconds(100) : .milliseconds(200), of: { WorkerReport(worker) }, isChild: isChild)
        logger.info(
            "worker starts",
            metadata: [
                "queues": "\(configuration.queues.map(\.label).joined(separator: ","))",
                "handlers": "\(configuration.enabledHandlers.joined(separator: ","))",
            ])
        do {
            try await worker.run()
        } catch {
            throw CommandFailure(RestartPolicy.ExitCode.restartMe, "A handler could not start: \(ErrorText.of(error))")
        }
        keeping.cancel()
        await keeping.value
        reporting?.cancel()
        await reporting?.value
        let report = WorkerReport(worker)
        if isChild { _ = StandardOutput.offer(try report.line) } else { finish(report) }
        switch worker.ending {
        case .stopped, .empty: return 0
        case .stuck:
            logger.error("too many handlers never returned; the process ends so that it is started anew")
            return RestartPolicy.ExitCode.restartMe
        }
    }

    // MARK: Several

    private func supervise(_ count: Int, _ configuration: WorkerConfiguration, _ logger: Logger) async throws -> Int32 {
        // Problems that every worker would have are said once, before any is started.
        try WorkerAssembly.checkStateDirectory(configuration)
        var arguments = ["run"]
        if let file = options.config { arguments += ["--config", file] }
        if untilEmpty { arguments.append("--until-empty") }
        let supervisor = Supervisor(
            .init(
                count: count, arguments: arguments, endsWhenEmpty: untilEmpty, killAfter: configuration.worker.drainLimit + .seconds(10)),
            logger: logger)
        let signals = await StopSignals()
        let watching = signals.watch(
            first: { _ in
                logger.notice("stopping: the workers finish what they have in hand")
                supervisor.stop()
            }, second: .ends(atOnce: { supervisor.kill() }))
        defer { watching.cancel() }
        let reporting = report(every: .milliseconds(200), of: { supervisor.report }, isChild: false)
        let code = await supervisor.run()
        reporting?.cancel()
        await reporting?.value
        var report = supervisor.report
        report.cpuSeconds = max(report.cpuSeconds, ProcessUsage.childrenCPUSeconds)  // crashed ones included
        finish(report)
        return code
    }

    // MARK: Output

    /// Shows the live line, or sends the counts to the parent, until it is cancelled.
    private func report(every interval: Duration, of report: @escaping @Sendable () -> WorkerReport, isChild: Bool) -> Task<Void, Never>? {
        guard isChild || progress else { return nil }
        return Task {
            var line = ProgressLine()
            var sent: WorkerReport?
            while !Task.isCancelled {
                if isChild {
                    let now = report()
                    // A parent that is gone hears nothing any more, and what is in hand is still worth finishing.
                    if sent?.counts(as: now) != true, let text = try? now.line, !StandardOutput.offer(text) { return }
                    sent = now
                } else {
                    LogSink.standardError.showStatus(line.text(for: report(), at: .now))
                }
                try? await Task.sleep(for: interval)
            }
            if !isChild {
                LogSink.standardError.showStatus(line.text(for: report(), at: .now))
                LogSink.standardError.endStatus()
            }
        }
    }

    private func finish(_ report: WorkerReport) {
        LogSink.standardError.flush()
        if summary == .json { StandardOutput.line(report.summaryJSON) }
    }
}

extension WorkerReport {
    /// The state of a worker of this process.
    init(_ worker: Worker) {
        self.init()
        let counts = worker.counts
        received = counts.received
        inHand = worker.inHand
        handled = counts.handled
        succeeded = counts.succeeded
        deleted = counts.deleted
        retried = counts.retried
        deadLettered = counts.deadLettered
        redelivered = counts.redelivered
        let epoch = MonotonicEpoch.now
        firstReceive = counts.firstReceive.map { epoch.seconds(at: $0) }
        lastSettle = counts.lastSettle.map { epoch.seconds(at: $0) }
        cpuSeconds = ProcessUsage.ownCPUSeconds
        peakRSSBytes = ProcessUsage.ownPeakRSSBytes
    }
}

/// Seconds on the machine's monotonic clock, comparable between processes.
private struct MonotonicEpoch {
    let instant: ContinuousClock.Instant
    let value: Double

    static var now: MonotonicEpoch {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return MonotonicEpoch(instant: .now, value: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }

    func seconds(at other: ContinuousClock.Instant) -> Double { value + instant.duration(to: other) / .seconds(1) }
}
