/// The tasks of one Agora project and what becomes of them: a plain value without sockets, given time and randomness.
///
/// Times are Unix milliseconds of simulated time. Whoever uses it calls `advance` first, so that all that was due has happened.
struct World: Sendable {
    /// What comes by itself. `stage` is the task's when it was planned: a forced change in between calls it off.
    enum Happening: Sendable {
        case state(id: String, stage: Int, String)
        /// Of a player: its scheduled start.
        case begins(id: String, stage: Int)
        /// The source of a player was away for its idle time-out.
        case idles(id: String, stage: Int)
        /// The token of a player is for somebody else.
        case rejected(id: String, stage: Int)
        case recorded(id: String, stage: Int, RecordingMoment)
        /// The other server is chosen: event 12.
        case switches(id: String)
        case comesBack(id: String)
        /// After an asynchronous stop.
        case leaves(id: String)
        /// A task of somebody else is over.
        case foreignEnds(id: String)
    }

    /// What is to be told of a running recording.
    enum RecordingMoment: Sendable {
        case recorderStarted, uploaderStarted, sliceStarted, fileWritten
    }

    /// What others have to see to.
    struct Effects: Sendable {
        var notices: [Notice] = []
        /// Ids of tasks that do their work from now on.
        var began: [String] = []
    }

    let timing: Timing
    /// Ids, and what the service itself chooses.
    var random: SeededRandom
    /// Part of the recordings whose files went to the backup cloud: event 32 instead of 31.
    let backuped: Double
    private(set) var tasks: [String: SimulatedTask] = [:]
    private(set) var failures: [Failure] = []
    private(set) var agenda = Agenda<Happening>()
    var effects = Effects()
    private var births: Int64 = 0

    init(timing: Timing = Timing(), seed: UInt64, backuped: Double = 0) {
        self.timing = timing
        self.backuped = backuped
        random = SeededRandom(seed: seed, stream: "world")
    }

    // MARK: Looking

    /// All that ever were, in the order of their birth.
    var history: [SimulatedTask] { tasks.values.sorted { $0.serial < $1.serial } }

    func alive(_ service: AgoraService) -> [SimulatedTask] {
        tasks.values.filter { $0.service == service && $0.isAlive }.sorted { $0.serial < $1.serial }
    }

    /// A task as calls find it: there, and on no move.
    func found(_ id: String, _ service: AgoraService) -> SimulatedTask? {
        guard let task = tasks[id.lowercased()], task.service == service, task.presence == .here else { return nil }
        return task
    }

    /// Who has this name now.
    func holder(of name: String, _ service: AgoraService) -> SimulatedTask? {
        tasks.values.first { $0.service == service && $0.name == name && ($0.presence == .here || $0.isAlive && $0.holdsName) }
    }

    // MARK: Changing

    mutating func newID() -> String { random.hex(32) }

    mutating func newSerial() -> Int64 {
        births += 1
        return births
    }

    mutating func add(_ task: SimulatedTask) { tasks[task.id] = task }

    /// - Returns: What `change` makes of the task; nil when there is no such task.
    @discardableResult
    mutating func change<Result>(_ id: String, _ change: (inout SimulatedTask) -> Result) -> Result? {
        guard var task = tasks[id] else { return nil }
        defer { tasks[id] = task }
        return change(&task)
    }

    mutating func note(_ failure: Failure) { failures.append(failure) }

    mutating func plan(_ happening: Happening, at moment: Int64) { agenda.add(happening, at: moment) }

    mutating func plan(_ happening: Happening, in seconds: Double, from now: Int64) { plan(happening, at: now + Int64(seconds * 1000)) }

    /// Lets happen what is due, each at its own moment.
    mutating func advance(to now: Int64) {
        while let (moment, happening) = agenda.take(at: now) { happen(happening, at: moment) }
    }

    private mutating func happen(_ happening: Happening, at now: Int64) {
        switch happening {
        case .state(let id, let stage, let state):
            if tasks[id]?.stage == stage { enter(state, id, at: now) }
        case .begins(let id, let stage):
            if tasks[id]?.stage == stage { planStart(of: id, at: now) }
        case .idles(let id, let stage):
            if tasks[id]?.stage == stage { destroy(id, DestroyReason.idleTimeout, at: now) }
        case .rejected(let id, let stage):
            if tasks[id]?.stage == stage { destroy(id, DestroyReason.internalError, at: now) }
        case .recorded(let id, let stage, let moment):
            if tasks[id]?.stage == stage { tell(of: moment, id, at: now) }
        case .switches(let id): switchServer(id, at: now)
        case .comesBack(let id): comeBack(id, at: now)
        case .leaves(let id): if tasks[id]?.isAlive == true { leave(id, .stopped, at: now) }
        case .foreignEnds(let id): endForeign(id, at: now)
        }
    }

    private mutating func endForeign(_ id: String, at now: Int64) {
        guard let task = tasks[id], task.isAlive else { return }
        if task.service == .cloudRecording { leave(id, .stopped, at: now) } else { destroy(id, DestroyReason.deleteRequest, at: now) }
    }
}

/// Something that went wrong with a task, by the script.
struct Failure: Sendable {
    let at: Int64
    let task: String
    /// The step's word for it.
    let kind: String
    var reason: String?
    /// The service mends it by itself: no other task is needed.
    let isMended: Bool
}
