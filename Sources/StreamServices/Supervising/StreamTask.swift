/// A stream that is wanted, and what is known of the task at Agora that makes it: a plain state machine.
///
/// `next` says what is to be done now, `take` what came of it, and what was heard of the task. Calls and clocks are outside; the state is
/// stored before each call that changes something, so that whoever comes after a crash looks first. Times are Unix milliseconds.
///
/// Nothing is replaced by a guess: a task counts as lost when the API itself says that it failed, when it is missing for longer than a move
/// to another server takes, or when it was heard to be destroyed and is missing. Before a new one is made the old one's deletion is over,
/// so that the two never run side by side. Whoever drives it is asked for leave first: in an outage nothing is replaced.
package struct StreamTask: Codable, Sendable, Equatable {
    /// A task at Agora.
    package struct Instance: Codable, Sendable, Equatable {
        package let id: String
        /// Of the newest event that was taken.
        var order: Int64?
        /// The API itself said that it failed.
        var hasFailed = false
        /// An event said that it was destroyed.
        var wasDestroyed = false
        /// Consecutive looks that were answered with 404 or 5xx.
        var failures = 0
        /// Consecutive looks that proved it absent.
        var absences = 0
        var missingSince: Int64?
        /// The latest look that did not find it.
        var missingAt: Int64?
        /// When to look at it next.
        var look: Int64
        /// When it was last heard of, Unix milliseconds.
        var heardAt: Int64?
        /// It was seen, and had not failed.
        package internal(set) var isSeen = false

        init(id: String, look: Int64) {
            self.id = id
            self.look = look
        }
    }

    /// A deletion that is not proven yet.
    struct Debt: Codable, Sendable, Equatable {
        let id: String
        var missingSince: Int64?
        var next: Int64
        /// When it was owed first.
        var since: Int64?
        var failures = 0
        /// It was answered long enough with 404, or with success: looks that find it absent end the debt.
        var isBelieved = false
        var absences = 0
    }

    enum Making: Codable, Sendable, Equatable {
        case nothing
        /// The call may be under way, or was when the process died.
        case calling(since: Int64)
        /// It may have been done: not to be repeated before so many looks.
        case unknown(since: Int64, absences: Int)
    }

    /// What whoever drives the tasks says to a replacement.
    package enum Leave: Sendable, Equatable {
        case granted
        /// The calls for other tasks fail, too: nothing is replaced while the service itself is in trouble.
        case outage
        /// So many are being replaced that this one has to wait.
        case busy
    }

    package enum Ending: Codable, Sendable, Equatable {
        /// By its own end time, or by whoever wanted it.
        case unwanted
        /// As the service said.
        case reason(String)
    }

    /// What has to be told to people, once.
    package enum Alarm: String, Codable, Sendable, Equatable {
        case badAddress
        /// The name belongs to a task that is not ours.
        case foreignName
        case refused
        case tooManyReplacements
        /// Create after create fails.
        case notStarting
        /// A task that nobody wants any more, or that was replaced, is still there.
        case notDeleted

        /// The trouble may be the service's, not the task's.
        var mayBeAnOutage: Bool { self == .notStarting || self == .notDeleted }

        var words: String {
            switch self {
            case .notStarting: "create after create fails"
            case .notDeleted: "its task cannot be deleted"
            case .badAddress: "its address cannot be reached"
            case .foreignName: "its name belongs to a task that was not made for it"
            case .refused: "it was refused"
            case .tooManyReplacements: "it was lost more often within an hour than it may be replaced"
            }
        }
    }

    package enum Action: Sendable, Equatable {
        case create
        /// Find the task that has the name.
        case findByName
        case look(id: String)
        /// It is lost: whether it may be replaced now.
        case askForLeave
        /// DNS, connection and handshake of where the stream goes or comes from; never a publish.
        case checkAddress
        case delete(id: String)
        /// Whether a task that was deleted is gone.
        case confirm(id: String)
        case wait(until: Int64)
        /// Nothing, ever.
        case over
    }

    package internal(set) var instance: Instance?
    package internal(set) var ending: Ending?
    package internal(set) var alarm: Alarm?
    var debts: [Debt] = []
    /// Lists that began before may not know what was made and deleted last.
    package internal(set) var listedFrom: Int64?
    var making = Making.nothing
    /// Nothing is created or replaced before.
    var notBefore: Int64 = 0
    private var replacements: [Int64] = []
    /// Tasks that were lost and given up, ever: the next one may need another uid.
    package internal(set) var losses = 0
    /// Creations in a row that failed.
    var refusals = 0
    var replacementsOfTheHour: Int { replacements.count }
    /// For the replacement at hand.
    var leaveUntil: Int64?
    var isAddressGood = false
    /// Nil for ever.
    package let wantedUntil: Int64?
    /// No end that the service reports ends the wish.
    package let isKept: Bool

    package init(wantedUntil: Int64?, isKept: Bool = false) {
        self.wantedUntil = wantedUntil
        self.isKept = isKept
    }

    // MARK: What to do

    package mutating func next(at now: Int64, _ rules: StreamTaskRules) -> Action {
        let action = upcoming(at: now, rules)
        // The end is on time, whatever it waits for.
        guard case .wait(let until) = action, ending == nil, let wantedUntil else { return action }
        return .wait(until: min(until, wantedUntil))
    }

    private mutating func upcoming(at now: Int64, _ rules: StreamTaskRules) -> Action {
        if ending == nil, let wantedUntil, now >= wantedUntil { end(.unwanted, at: now, rules) }
        if let debt = debts.min(by: { $0.next < $1.next }) {
            if debt.next <= now { return debt.isBelieved ? .confirm(id: debt.id) : .delete(id: debt.id) }
            // Nothing is made beside a task that may still run. One that runs already is watched meanwhile.
            guard ending == nil, let instance else { return .wait(until: debt.next) }
            let action = watch(instance, at: now, rules)
            guard case .wait(let until) = action else { return action }
            return .wait(until: min(until, debt.next))
        }
        switch making {
        case .unknown(let since, _):
            return now >= max(notBefore, since) ? .findByName : .wait(until: max(notBefore, since))
        // After a crash in the middle of the call: whether it was done is not known.
        case .calling: return .findByName
        case .nothing: break
        }
        guard ending == nil else { return .over }
        guard let instance else { return now >= notBefore ? creation(at: now) : .wait(until: notBefore) }
        return watch(instance, at: now, rules)
    }

    private mutating func watch(_ instance: Instance, at now: Int64, _ rules: StreamTaskRules) -> Action {
        guard isLost(rules) else { return instance.look <= now ? .look(id: instance.id) : .wait(until: instance.look) }
        return replacement(of: instance, at: now, rules)
    }

    private mutating func creation(at now: Int64) -> Action {
        making = .calling(since: now)
        return .create
    }

    private mutating func replacement(of instance: Instance, at now: Int64, _ rules: StreamTaskRules) -> Action {
        guard now >= notBefore else { return .wait(until: notBefore) }
        replacements.removeAll { $0 <= now - 3_600_000 }
        guard replacements.count < rules.replacementsPerHour else {
            alarm = .tooManyReplacements
            // It may recover by itself.
            guard instance.look > now else { return .look(id: instance.id) }
            return .wait(until: min(instance.look, (replacements.first ?? now) + 3_600_000))
        }
        guard let leaveUntil, now < leaveUntil else {
            isAddressGood = false
            return .askForLeave
        }
        guard isAddressGood else { return .checkAddress }
        self.leaveUntil = nil
        isAddressGood = false
        replacements.append(now)
        losses += 1
        owe(instance, at: now)
        self.instance = nil
        return .delete(id: instance.id)
    }

    /// Its stream can be counted on, as far as is known.
    package var isHealthy: Bool {
        guard ending == nil, let instance else { return false }
        return instance.isSeen && !instance.hasFailed && !instance.wasDestroyed && instance.absences == 0
    }

    /// It was found lost, and stands there until it is replaced or seen alive.
    package func isLost(_ rules: StreamTaskRules) -> Bool {
        guard let instance else { return false }
        if instance.hasFailed { return true }
        if instance.wasDestroyed, instance.absences >= rules.absences { return true }
        guard instance.failures >= rules.failures else { return false }
        guard let since = instance.missingSince, let last = instance.missingAt else { return true }
        return last - since >= rules.migration && instance.absences >= rules.absences
    }

    /// What is known may be over by the time that something can be done about it: one more look is needed.
    mutating func doubt(at now: Int64, wait: Int64, _ rules: StreamTaskRules) {
        guard var doubted = instance else { return }
        doubted.hasFailed = false
        doubted.failures = min(doubted.failures, rules.failures - 1)
        doubted.absences = min(doubted.absences, rules.absences - 1)
        doubted.look = now + wait
        instance = doubted
        leaveUntil = nil
    }

    mutating func owe(_ instance: Instance, at now: Int64) {
        // A task that is known to be destroyed, or was missing for long enough, needs no second proof.
        let since = instance.wasDestroyed ? Int64.min / 2 : instance.missingSince
        debts.append(Debt(id: instance.id, missingSince: since, next: now, since: now))
    }

    mutating func end(_ ending: Ending, at now: Int64, _ rules: StreamTaskRules) {
        self.ending = ending
        if let instance { owe(instance, at: now) }
        instance = nil
        // One that may have been made, or a create that failed and may have been carried out all the same: looked for when lists know it.
        if making != .nothing || refusals > 0 { making = .unknown(since: now + rules.listLag, absences: 0) }
    }
}
