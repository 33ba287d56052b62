/// A recording that is wanted, and what is known of the one at Agora that makes it: a plain state machine.
///
/// `next` says what is to be done now; `acquired`, `started`, `queried` and `stopped` take what came of it, `heard` what was told. Calls,
/// clocks and chance are outside; the state is stored before each start and stop, and after each result. What is heard while a call is
/// under way is put in after its result. Times are Unix milliseconds.
///
/// Agora allows one recording for each channel and uid, which is the guard against doubles: as long as a start may have worked without
/// telling its `sid`, only the same uid is started again, and whoever runs already makes it fail. A recording that is lost is followed by
/// one with the other uid, so that the two do not throw each other out of the channel, while the old one's end stays owed.
package struct RecordingTask: Codable, Sendable, Equatable {
    package enum Ending: Codable, Sendable, Equatable {
        /// By its own end time, or by whoever wanted it.
        case unwanted
        /// As the service said.
        case reason(String)
    }

    /// What has to be told to people, once.
    package enum Alarm: String, Codable, Sendable, Equatable {
        /// No repeat can help; `trouble` has the service's words.
        case refused
        /// Too many recordings run in the project.
        case overloaded
        /// Others record the channel with both uids.
        case uidsTaken
        /// Start after start fails.
        case notStarting
        /// One runs whose `sid` nobody told: it can be neither asked for nor stopped, and ends when the channel is empty.
        case unnamed
        case tooManyReplacements
    }

    package enum Action: Sendable, Equatable {
        /// - Parameter excluding: Resource ids of recordings that this one must not share a fate with.
        case acquire(uid: String, excluding: [String])
        /// - Parameter before: Unix milliseconds; must not leave later.
        case start(uid: String, resourceID: String, before: Int64)
        case query(Target)
        case stop(Target)
        case wait(until: Int64)
        /// Nothing, until something is heard.
        case over
    }

    /// They take turns.
    package let uids: [String]
    /// Nil for ever.
    package let wantedUntil: Int64?
    /// No end that the service reports ends the wish.
    package let isKept: Bool

    package internal(set) var recording: Recording?
    package internal(set) var ending: Ending?
    package internal(set) var alarm: Alarm?
    /// The service's words when it last refused something.
    package internal(set) var trouble: String?
    /// All recordings that began, in their order.
    package internal(set) var sessions: [Session] = []

    var turn = 0
    var attempt: Attempt?
    /// A start that may have worked.
    var doubt: Doubt?
    /// Starts that were given up, and that may still be heard of.
    var abandoned: [Doubt] = []
    /// Recordings of the channel that turned out to be somebody else's.
    var foreign: [String]?
    var debts: [Debt] = []
    /// Nothing is acquired before.
    var notBefore: Int64 = 0
    /// Tries in a row that did not lead to a recording.
    var fruitless = 0
    /// Of them, rounds of a start and its repeats that ended with 50x.
    var failedRounds = 0
    var conflicts = 0
    var replacements: [Int64] = []

    /// - Parameters:
    ///   - uids: Whole numbers as text, used by nobody else in the channel.
    package init(uid: String, otherUID: String, wantedUntil: Int64?, isKept: Bool = false) {
        uids = [uid, otherUID]
        self.wantedUntil = wantedUntil
        self.isKept = isKept
    }

    /// The recording counts as lost, and is not replaced yet.
    package var isHeldBack: Bool { ending == nil && recording?.isDoubted == true }

    package var sids: [String] { sessions.map(\.sid) }

    /// Of the recording that runs, or is being started: what a second one of the same channel has to name to `acquire`.
    package var resourceID: String? { recording?.target.resourceID ?? attempt?.resourceID ?? doubt?.resourceID }

    // MARK: What to do

    /// - Parameters:
    ///   - isOutage: The calls for other recordings fail, too: nothing is replaced while the service itself is in trouble.
    ///   - excluding: For `acquire`.
    ///   - knownFrom: Nothing is acquired before: it may have more to exclude until then.
    package mutating func next(
        at now: Int64, isOutage: Bool, excluding: [String] = [], knownFrom: Int64? = nil, _ rules: RecordingTaskRules
    ) -> Action {
        if attempt?.isCalling == true { lostSight() }
        if ending == nil, let wantedUntil, now >= wantedUntil { end(.unwanted, at: now) }
        judge(at: now, isOutage: isOutage, rules)
        if isOutage { failedRounds = 0 }
        if let debt = debts.min(by: { $0.next < $1.next }), debt.next <= now {
            return debt.isConfirming ? .query(debt.target) : .stop(debt.target)
        }
        let owed = debts.map(\.next).min()
        guard ending == nil else { return (owed ?? unheard(at: now, rules)).map { .wait(until: $0) } ?? .over }
        let action = work(at: now, excluding, knownFrom, rules)
        guard case .wait(let until) = action else { return action }
        return .wait(until: min(until, owed ?? until, wantedUntil ?? until))
    }

    private mutating func work(at now: Int64, _ excluding: [String], _ knownFrom: Int64?, _ rules: RecordingTaskRules) -> Action {
        if let recording { return recording.look <= now ? .query(recording.target) : .wait(until: recording.look) }
        let free = max(notBefore, debts.map(\.blocksUntil).max() ?? 0)
        guard free <= now else { return .wait(until: free) }
        return beginning(at: now, excluding, knownFrom, rules)
    }

    /// What the service or the rules say of the recording at hand.
    private mutating func judge(at now: Int64, isOutage: Bool, _ rules: RecordingTaskRules) {
        guard ending == nil, var current = recording else { return }
        switch current.verdict(at: now, isKept: isKept, rules) {
        case .alive: break
        case .ended(let reason): end(.reason(reason), at: now)
        case .lost(let mayRun):
            replacements.removeAll { $0 <= now - 3_600_000 }
            let isTooMany = replacements.count >= rules.replacementsPerHour
            if isTooMany { alarm = .tooManyReplacements }
            if isOutage && !current.isLossReported || isTooMany {
                // What is known may be over by the time that something can be done about it.
                current.isDoubted = true
                recording = current
            } else if !current.isDoubted {
                replacements.append(now)
                turn += 1
                owe(current, at: now, blocking: mayRun ? rules.failover : 0)
                recording = nil
            }
        }
    }

    mutating func end(_ ending: Ending, at now: Int64) {
        self.ending = ending
        if let recording { owe(recording, at: now, blocking: 0) }
        recording = nil
        // Its start may have worked though it was answered with 50x: whatever it made is stopped when an event names it.
        if let attempt, !attempt.isCalling { giveUp(attempt) }
    }

    /// Whoever wanted it does not any more.
    package mutating func stopWanting(at now: Int64) {
        if ending == nil { end(.unwanted, at: now) }
    }
}
