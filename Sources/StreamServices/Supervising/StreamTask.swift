/// A stream that is wanted, and what is known of the task at Agora that makes it: a plain state machine.
///
/// `next` says what is to be done now, `take` what came of it, and what was heard of the task. Calls and clocks are outside; the state is
/// stored before each call that changes something, so that whoever comes after a crash looks first. Times are Unix milliseconds.
///
/// Nothing is replaced by a guess: a task counts as lost when the API itself says that it failed, when it is missing for longer than a move
/// to another server takes, or when it was heard to be destroyed and is missing. Before a new one is made the old one's deletion is over,
/// so that the two never run side by side.
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
        var failures = 0
        var missingSince: Int64?
        /// The latest look that did not find it.
        var missingAt: Int64?
        /// When to look at it next.
        var look: Int64

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
    }

    enum Making: Codable, Sendable, Equatable {
        case nothing
        /// The call may be under way, or was when the process died.
        case calling(since: Int64)
        /// It may have been done: not to be repeated before a look.
        case unknown(since: Int64)
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
    }

    package enum Action: Sendable, Equatable {
        case create
        /// Find the task that has the name.
        case findByName
        case look(id: String)
        /// DNS, connection and handshake of where the stream goes or comes from; never a publish.
        case checkAddress
        case delete(id: String)
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
    /// The address was found good for the replacement at hand.
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

    /// - Parameter isOutage: The calls for other tasks fail, too: nothing is replaced while the service itself is in trouble.
    package mutating func next(at now: Int64, isOutage: Bool, _ rules: StreamTaskRules) -> Action {
        if ending == nil, let wantedUntil, now >= wantedUntil { end(.unwanted, at: now) }
        if let debt = debts.min(by: { $0.next < $1.next }) {
            return debt.next <= now ? .delete(id: debt.id) : .wait(until: debt.next)
        }
        if case .unknown(let since) = making { return now >= max(notBefore, since) ? .findByName : .wait(until: max(notBefore, since)) }
        // After a crash in the middle of the call: whether it was done is not known.
        if case .calling = making { return .findByName }
        guard ending == nil else { return .over }
        guard let instance else { return now >= notBefore ? creation(at: now) : .wait(until: notBefore) }
        guard isLost(rules) else { return instance.look <= now ? .look(id: instance.id) : .wait(until: instance.look) }
        return replacement(of: instance, at: now, isOutage: isOutage, rules)
    }

    private mutating func creation(at now: Int64) -> Action {
        making = .calling(since: now)
        return .create
    }

    private mutating func replacement(of instance: Instance, at now: Int64, isOutage: Bool, _ rules: StreamTaskRules) -> Action {
        if isOutage {
            doubt(at: now, rules)
            return .wait(until: now + rules.retry)
        }
        replacements.removeAll { $0 <= now - 3_600_000 }
        guard replacements.count < rules.replacementsPerHour else {
            alarm = .tooManyReplacements
            return .wait(until: (replacements.first ?? now) + 3_600_000)
        }
        guard now >= notBefore else { return .wait(until: notBefore) }
        guard isAddressGood else { return .checkAddress }
        isAddressGood = false
        replacements.append(now)
        owe(instance, at: now)
        self.instance = nil
        return .delete(id: instance.id)
    }

    /// Lost means: the API says failed, or it is missing and was destroyed, or it failed to answer often and long enough.
    private func isLost(_ rules: StreamTaskRules) -> Bool {
        guard let instance else { return false }
        if instance.hasFailed { return true }
        if instance.wasDestroyed, instance.missingSince != nil { return true }
        guard instance.failures >= rules.failures else { return false }
        guard let since = instance.missingSince, let last = instance.missingAt else { return true }
        return last - since >= rules.migration
    }

    /// What is known may be over by the time that something can be done about it: one more look is needed.
    private mutating func doubt(at now: Int64, _ rules: StreamTaskRules) {
        guard var doubted = instance else { return }
        doubted.hasFailed = false
        doubted.failures = min(doubted.failures, rules.failures - 1)
        doubted.look = now + rules.retry
        instance = doubted
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
        if making != .nothing { making = .unknown(since: now) }
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
        /// 429: says nothing about the task.
        case throttled
    }

    package enum Deletion: Sendable, Equatable { case done, missing, failed }

    package mutating func created(_ creation: Creation, at now: Int64, _ rules: StreamTaskRules) {
        making = .nothing
        switch creation {
        case .created(let id):
            alarm = nil
            adopt(id, at: now, rules)
        case .nameTaken: making = .unknown(since: now)
        case .unknown: making = .unknown(since: now + rules.listLag)
        case .failed: notBefore = now + rules.retry
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
            // Lists lag behind: only a look that came late enough proves that nothing was made.
            if case .unknown(let since) = making, now >= since { making = .nothing } else { making = .unknown(since: now + rules.listLag) }
        case .failed: making = .unknown(since: now + rules.retry)
        }
    }

    package mutating func looked(_ look: Look, at now: Int64, _ rules: StreamTaskRules) {
        guard var seen = instance else { return }
        seen.look = now + rules.doubtfulLook
        switch look {
        case .there(let hasFailed):
            seen.failures = 0
            (seen.missingSince, seen.missingAt) = (nil, nil)
            seen.wasDestroyed = false  // what was heard is older than what is seen
            seen.hasFailed = hasFailed == true
            seen.look = now + rules.look
        case .missing:
            seen.failures += 1
            seen.missingSince = seen.missingSince ?? now
            seen.missingAt = now
        case .failed: seen.failures += 1
        case .throttled: break
        }
        instance = seen
    }

    package mutating func checkedAddress(isGood: Bool, at now: Int64, _ rules: StreamTaskRules) {
        isAddressGood = isGood
        alarm = isGood ? nil : .badAddress
        if !isGood { doubt(at: now, rules) }
    }

    package mutating func deleted(_ id: String, _ deletion: Deletion, at now: Int64, _ rules: StreamTaskRules) {
        guard let index = debts.firstIndex(where: { $0.id == id }) else { return }
        switch deletion {
        case .done: debts.remove(at: index)
        case .missing:
            let since = debts[index].missingSince ?? now
            debts[index].missingSince = since
            // A task on the move answers 404 and comes back.
            if now - since >= rules.migration { debts.remove(at: index) } else { debts[index].next = now + rules.doubtfulLook }
        case .failed: debts[index].next = now + rules.doubtfulLook
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
