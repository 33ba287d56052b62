/// What happened in a simulation. Times are Unix milliseconds of simulated time, lengths are its seconds.
struct SimulationReport: Encodable, Sendable {
    struct Clock: Encodable, Sendable {
        let start: Int64
        let now: Int64
        let speed: Double
    }

    /// A task, dead or alive.
    struct Task: Encodable, Sendable {
        let id: String
        let service: AgoraService
        let name: String
        let channel: String
        let uid: String?
        let address: String?
        let maker: SimulatedTask.Maker
        let born: Int64
        let ran: Int64?
        let end: SimulatedTask.End?
        let state: String
        /// When it was there: not on the move, not gone.
        let runs: [SimulatedTask.Stretch]
        let failovers: Int?
        let failures: [String]
    }

    /// A time in which hosts did not do what they should.
    struct HostTrouble: Encodable, Sendable {
        let from: Int64
        let until: Int64
        /// A pattern of names.
        let host: String
        let service: AgoraService?
        let fault: String
    }

    struct Random: Encodable, Sendable {
        let planned: Int
        let done: Int
        let kinds: [String: Int]
    }

    let clock: Clock
    /// Ids by service: callers' tasks first, then those of somebody else.
    let alive: [String: [String]]
    let aliveOfOthers: [String]
    let tasks: [Task]
    let doubles: [Overlap]
    /// Recordings of one channel side by side: backups, or doubles by other users.
    let sideBySide: [Overlap]
    let foreignTouched: [CallLedger.Touch]
    let rates: [String: RateWatch.Finding]
    let rateViolations: Int
    let calls: [String: [String: Int]]
    let notifications: PostOffice.Counts
    let failures: [FailureRecord]
    let replacements: ReplacementTimes
    let hostFaults: [HostTrouble]
    let random: Random?
    /// Steps that found nothing to befall.
    let missedSteps: [CallLedger.Miss]
}

extension Simulation {
    package var report: JSONValue {
        do {
            return try JSONValue(describing: fullReport)
        } catch {
            preconditionFailure("the report cannot be written as JSON: \(error)")  // texts and finite numbers alone are in it
        }
    }

    var fullReport: SimulationReport {
        let history = world.history
        let ours = history.filter { $0.maker == .caller }
        let failures = world.failures.compactMap { failure in
            world.tasks[failure.task].map { FailureRecord(failure, of: $0, among: ours) }
        }
        let kinds = Dictionary(grouping: world.failures, by: \.task).mapValues { $0.map(\.kind) }
        let alive = AgoraService.allCases.map { service in
            (service.rawValue, ours.filter { $0.service == service && $0.isAlive }.map(\.id))
        }
        return SimulationReport(
            clock: .init(start: start, now: now, speed: script.speed), alive: Dictionary(uniqueKeysWithValues: alive),
            aliveOfOthers: history.filter { $0.maker == .script && $0.isAlive }.map(\.id),
            tasks: history.map { .init($0, kinds[$0.id] ?? []) },
            doubles: Overlap.doubles(among: history, priorityField: script.priorityField, now: now),
            sideBySide: Overlap.recordingsSideBySide(among: history, now: now), foreignTouched: ledger.touches, rates: rates.findings,
            rateViolations: rates.findings.values.reduce(0) { $0 + $1.violations }, calls: ledger.calls, notifications: post.report,
            failures: failures, replacements: ReplacementTimes(failures),
            hostFaults: ledger.faults.map { .init($0) },
            random: script.random.map { .init(planned: $0.failures, done: randomFailures, kinds: ledger.chosen) },
            missedSteps: ledger.misses)
    }
}

extension SimulationReport.HostTrouble {
    fileprivate init(_ trouble: HostFault) {
        from = trouble.from
        until = trouble.until
        host = trouble.hosts.pattern
        service = trouble.service
        fault =
            switch trouble.kind {
            case .refuse: "refuse"
            case .hang: "hang"
            case .cut: "cut"
            case .status(let status, _): "status \(status)"
            }
    }
}

extension SimulationReport.Task {
    fileprivate init(_ task: SimulatedTask, _ failures: [String]) {
        id = task.id
        service = task.service
        name = task.name
        channel = task.channel
        uid = task.user
        address = task.address
        maker = task.maker
        born = task.born
        ran = task.ranAt
        end = task.end
        state = task.state
        runs = task.runs
        failovers = task.recording?.failovers
        self.failures = failures
    }
}
