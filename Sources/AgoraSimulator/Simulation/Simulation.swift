/// A script at work: the world, what the script does to it, and what callers see of it. A plain value without sockets.
///
/// Times are Unix milliseconds of simulated time, and only grow. Every entry lets happen first what was due before it.
package struct Simulation: Sendable {
    /// What comes by the script.
    enum Cue: Sendable {
        case step(Step)
        /// A step that befalls a task some time after it began.
        case stepFor(Int, task: String)
        case random
        /// A host's fault is over.
        case hostsChange
    }

    let script: SimulatorScript
    /// When the clock started.
    let start: Int64
    private(set) var now: Int64
    var world: World
    var post: PostOffice
    var rates: RateWatch
    var push: MediaPushDesk
    var pull: MediaPullDesk
    var recordings: CloudRecordingDesk
    var hostFaults: [HostFault] = []
    var answerFaults: [AnswerFault] = []
    var cues = Agenda<Cue>()
    /// Who is chosen, and for how long.
    var random: SeededRandom
    var randomFailures = 0
    var remaining: [Int: Int] = [:]
    var ledger = CallLedger()
    private var deliveries: [PostOffice.Delivery] = []

    package init(_ script: SimulatorScript, start: Int64) {
        self.script = script
        self.start = start
        now = start
        let backuped = script.notifications?.backuped ?? 0
        world = World(timing: script.timing, seed: script.seed, backuped: backuped)
        post = PostOffice(script.notifications, seed: script.seed)
        rates = RateWatch(script.rates)
        random = SeededRandom(seed: script.random?.seed ?? script.seed, stream: "choices")
        let needsToken = script.project.hasCertificate
        push = MediaPushDesk(appID: script.project.appID, limit: script.limits[.mediaPush] ?? 20, lists: script.lists)
        pull = MediaPullDesk(
            limit: script.limits[.mediaPull] ?? 20, needsToken: needsToken, lists: script.lists, seed: script.seed)
        recordings = CloudRecordingDesk(limit: script.limits[.cloudRecording] ?? 50, needsToken: needsToken)
        for (number, step) in script.steps.enumerated() {
            switch step.time {
            case .at(let seconds): cues.add(.step(step), at: start + Int64(seconds * 1000))
            case .after(_, let times): remaining[number] = times
            }
        }
        if let random = script.random { cues.add(.random, at: start + Int64(random.first * 1000)) }
    }

    /// When something happens by itself next.
    package var nextMoment: Int64? { [world.agenda.next, cues.next, post.next].compactMap { $0 }.min() }

    /// Lets happen all that is due, in the order of its moments.
    package mutating func advance(to moment: Int64) {
        now = max(now, moment)
        while let next = nextMoment, next <= now {
            // A task's own life first: a step that comes with it finds it as it is then.
            if world.agenda.next == next {
                world.advance(to: next)
            } else if cues.next == next, let cue = cues.take(at: next) {
                carryOut(cue.entry, at: next)
            } else {
                deliveries += post.take(at: next)
            }
            settle(at: next)
        }
        settle(at: now)
    }

    /// Passes on what the world told.
    mutating func settle(at moment: Int64) {
        let effects = world.effects
        guard !effects.notices.isEmpty || !effects.began.isEmpty else { return }
        world.effects = World.Effects()
        for notice in effects.notices { post.post(notice, at: moment) }
        for id in effects.began { planSteps(for: id, at: moment) }
    }

    /// Whether somebody listens at this host.
    package func isListening(_ host: String) -> Bool {
        !hostFaults.contains { $0.kind == .refuse && $0.until > now && $0.hosts.matches(host) }
    }

    // MARK: Notifications

    struct Letter: Sendable {
        let delivery: PostOffice.Delivery
        let body: [UInt8]
    }

    /// What is to be sent now.
    mutating func takeLetters() -> [Letter] {
        defer { deliveries = [] }
        return deliveries.map { Letter(delivery: $0, body: post.body(of: $0, at: now)) }
    }

    mutating func attempted(_ letter: Letter, isDelivered: Bool) { post.attempted(letter.delivery, isDelivered: isDelivered, at: now) }
}
