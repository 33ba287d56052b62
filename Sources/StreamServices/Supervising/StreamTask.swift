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

        var words: String {
            switch self {
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

    package private(set) var instance: Instance?
    package private(set) var ending: Ending?
    package private(set) var alarm: Alarm?
    private var debts: [Debt] = []
    private var making = Making.nothing
    /// Nothing is created or replaced before.
    private var notBefore: Int64 = 0
    private var replacements: [Int64] = []
    /// Tasks that were lost and given up, ever: the next one may need another uid.
    package private(set) var losses = 0
    /// Creations in a row that failed.
    private var refusals = 0
    var replacementsOfTheHour: Int { replacements.count }
    /// For the replacement at hand.
    private var isLeaveGranted = false
    private var isAddressGood = false
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
        if ending == nil, let wantedUntil, now >= wantedUntil { end(.unwanted, at: now) }
        if let debt = debts.min(by: { $0.next < $1.next }) {
            guard debt.next <= now else { return .wait(until: debt.next) }
            return debt.isBelieved ? .confirm(id: debt.id) : .delete(id: debt.id)
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
            return .wait(until: (replacements.first ?? now) + 3_600_000)
        }
        guard isLeaveGranted else { return .askForLeave }
        guard isAddressGood else { return .checkAddress }
        (isLeaveGranted, isAddressGood) = (false, false)
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
    private mutating func doubt(at now: Int64, wait: Int64, _ rules: StreamTaskRules) {
        guard var doubted = instance else { return }
        doubted.hasFailed = false
        doubted.failures = min(doubted.failures, rules.failures - 1)
        doubted.absences = min(doubted.absences, rules.absences - 1)
        doubted.look = now + wait
        instance = doubted
        isLeaveGranted = false
    }

    private mutating func owe(_ instance: Instance, at now: Int64) {
        // A task that is known to be destroyed, or was missing for long enough, needs no second proof.
        let since = instance.wasDestroyed ? Int64.min / 2 : instance.missingSince
        debts.append(Debt(id: instance.id, missingSince: since, next: now))
    }

    private mutating func end(_ ending: Ending, at now: Int64) {
        self.ending = ending
        if let instance { owe(instance, at: now) }
        instance = nil
        if making != .nothing { making = .unknown(since: now, absences: 0) }
    }
}

// MARK: What came of it

extension StreamTask {
    package enum Creation: Sendable, Equatable {
        case created(id: String)
        /// Somebody has the name.
        case nameTaken
        /// It may have been done.
        case unknown
        /// Certainly not done, and may be tried again.
        case failed
        /// Certainly not done, and never will be as it is.
        case refused
    }

    package enum Search: Sendable, Equatable {
        case ours(id: String)
        case foreign
        case nobody
        case failed
    }

    package enum Look: Sendable, Equatable {
        /// It is there; whether it failed is nil where the service does not say.
        case there(hasFailed: Bool?)
        case missing
        /// 5xx, or no answer.
        case failed
        /// 429, or a list that could not be read to its end: says nothing about the task.
        case nothingLearned
    }

    package enum Deletion: Sendable, Equatable { case done, missing, failed }

    package mutating func created(_ creation: Creation, at now: Int64, _ rules: StreamTaskRules) {
        making = .nothing
        refusals = creation == .failed ? refusals + 1 : 0
        switch creation {
        case .created(let id):
            alarm = nil
            adopt(id, at: now, rules)
        case .nameTaken: making = .unknown(since: now, absences: 0)
        case .unknown: making = .unknown(since: now + rules.listLag, absences: 0)
        case .failed: notBefore = now + rules.retreat(after: refusals)
        case .refused:
            alarm = .refused
            notBefore = now + 10 * rules.retry
        }
    }

    package mutating func found(_ search: Search, at now: Int64, _ rules: StreamTaskRules) {
        switch search {
        case .ours(let id):
            making = .nothing
            alarm = nil
            adopt(id, at: now, rules)
        case .foreign:
            making = .nothing
            alarm = .foreignName
            notBefore = now + 10 * rules.retry
        case .nobody:
            // Lists lag behind: only looks that came late enough prove that nothing was made.
            guard case .unknown(let since, let absences) = making, now >= since else {
                making = .unknown(since: now + rules.listLag, absences: 0)
                return
            }
            making = absences + 1 < rules.absences ? .unknown(since: now + rules.listLag, absences: absences + 1) : .nothing
        case .failed:
            guard case .unknown(_, let absences) = making else {
                making = .unknown(since: now + rules.listLag, absences: 0)
                return
            }
            making = .unknown(since: now + rules.retry, absences: absences)
        }
    }

    package mutating func looked(_ look: Look, at now: Int64, _ rules: StreamTaskRules) {
        guard var seen = instance else { return }
        switch look {
        case .there(let hasFailed):
            (seen.failures, seen.absences) = (0, 0)
            (seen.missingSince, seen.missingAt) = (nil, nil)
            seen.wasDestroyed = false  // what was heard is older than what is seen
            seen.hasFailed = hasFailed == true
            if hasFailed != true { seen.isSeen = true }
            seen.look = now + rules.look
        case .missing:
            seen.failures += 1
            seen.absences += 1
            seen.missingSince = seen.missingSince ?? now
            seen.missingAt = now
            seen.look = now + rules.retreat(after: seen.failures)
        case .failed:
            seen.failures += 1
            seen.look = now + rules.retreat(after: seen.failures)
        case .nothingLearned: seen.look = now + rules.retreat(after: rules.failures)
        }
        instance = seen
    }

    /// The answer to `askForLeave`.
    package mutating func mayReplace(_ leave: Leave, at now: Int64, _ rules: StreamTaskRules) {
        switch leave {
        case .granted: isLeaveGranted = true
        // What is known may be over by the time that something can be done about it: it is looked at once more.
        case .outage: doubt(at: now, wait: rules.retry, rules)
        case .busy: doubt(at: now, wait: rules.retreat(after: 1), rules)
        }
    }

    package mutating func checkedAddress(isGood: Bool, at now: Int64, _ rules: StreamTaskRules) {
        isAddressGood = isGood
        if isGood {
            if alarm == .badAddress { alarm = nil }
        } else {
            alarm = .badAddress
            doubt(at: now, wait: rules.retry, rules)
        }
    }

    package mutating func deleted(_ id: String, _ deletion: Deletion, at now: Int64, _ rules: StreamTaskRules) {
        guard let index = debts.firstIndex(where: { $0.id == id }) else { return }
        var debt = debts[index]
        debt.failures += 1
        debt.next = now + rules.retreat(after: debt.failures)
        switch deletion {
        case .done:
            debts.remove(at: index)
            return
        case .missing:
            let since = debt.missingSince ?? now
            debt.missingSince = since
            // A task on the move answers 404 and comes back.
            if now - since >= rules.migration {
                debt.isBelieved = true
                debt.next = now
            }
        case .failed: break
        }
        debts[index] = debt
    }

    /// The answer to `confirm`.
    package mutating func confirmed(_ id: String, _ look: Look, at now: Int64, _ rules: StreamTaskRules) {
        guard let index = debts.firstIndex(where: { $0.id == id }) else { return }
        switch look {
        case .missing:
            debts[index].absences += 1
            debts[index].next = now + rules.listLag
            if debts[index].absences >= rules.absences { debts.remove(at: index) }
        case .there: debts[index] = Debt(id: id, missingSince: nil, next: now)
        case .failed, .nothingLearned: debts[index].next = now + rules.retreat(after: rules.failures)
        }
    }

    private mutating func adopt(_ id: String, at now: Int64, _ rules: StreamTaskRules) {
        instance = Instance(id: id, look: now + rules.listLag)
        // It was made for a wish that ended meanwhile.
        if let ending { end(ending, at: now) }
    }
}

// MARK: What was heard

extension StreamTask {
    package enum Event: Sendable, Equatable {
        case state(hasFailed: Bool)
        case destroyed(reason: String)
    }

    /// - Parameter order: When it happened, as the service says. Older events than the newest one taken are dropped.
    package mutating func heard(_ event: Event, of id: String, order: Int64, at now: Int64, _ rules: StreamTaskRules) {
        guard let current = instance, current.id == id, order >= current.order ?? .min else { return }
        instance?.order = order
        switch event {
        case .state(let hasFailed):
            // Only the API's word counts; this is the moment to ask for it.
            if hasFailed { instance?.look = now }
        case .destroyed(let reason):
            guard isKept || !rules.endings.contains(reason) else {
                instance?.wasDestroyed = true
                end(.reason(reason), at: now)
                return
            }
            instance?.wasDestroyed = true
            instance?.look = now
        }
    }

    /// Whoever wanted it does not any more.
    package mutating func stopWanting(at now: Int64) {
        if ending == nil { end(.unwanted, at: now) }
    }
}
