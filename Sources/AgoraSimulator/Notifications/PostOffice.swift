/// What is to be sent when, and what was: a plain value; the sending is outside.
///
/// A notification that is not answered with 200 is sent again: at once, then after 10 s and 30 s (the documents say that the intervals
/// grow, not how long they are). Then it is given up.
struct PostOffice: Sendable {
    struct Delivery: Sendable {
        let notice: Notice
        /// The same in all attempts.
        let noticeID: String
        var attempt = 1
    }

    struct Counts: Sendable, Encodable {
        /// Told by the tasks, and wanted.
        var told = 0
        var lost = 0
        var duplicated = 0
        /// Attempts made.
        var sent = 0
        /// Answered with 200.
        var delivered = 0
        var failedAttempts = 0
        var givenUp = 0
        /// Not sent yet.
        var waiting = 0
    }

    /// Seconds before the second, third and fourth attempt.
    private static let waits = [0.0, 10, 30]

    private let plan: NotificationPlan?
    /// Conditions that hold for a while, the newest last.
    private var spells: [(until: Int64, conditions: PostConditions)] = []
    private var agenda = Agenda<Delivery>()
    private var lastDue: [String: Int64] = [:]
    private var random: SeededRandom
    private(set) var counts = Counts()

    init(_ plan: NotificationPlan?, seed: UInt64) {
        self.plan = plan
        random = SeededRandom(seed: seed, stream: "notifications")
    }

    var next: Int64? { agenda.next }
    /// Of those that hold when no step says otherwise.
    var usual: PostConditions { plan?.conditions ?? PostConditions() }

    mutating func spell(_ conditions: PostConditions, until: Int64) { spells.append((until, conditions)) }

    /// Decides what becomes of a notification.
    mutating func post(_ notice: Notice, at now: Int64) {
        guard let plan, plan.secrets[notice.service] != nil, plan.events[notice.service]?.contains(notice.type) ?? true else { return }
        counts.told += 1
        spells.removeAll { $0.until <= now }
        let conditions = spells.last?.conditions ?? plan.conditions
        if random.hit(conditions.loss) {
            counts.lost += 1
            return
        }
        let id = random.hex(32)
        agenda.add(Delivery(notice: notice, noticeID: id), at: due(notice, conditions))
        guard random.hit(conditions.duplicates) else { return }
        counts.duplicated += 1
        let copy = Delivery(notice: notice, noticeID: random.hit(0.5) ? random.hex(32) : id)
        agenda.add(copy, at: due(notice, conditions))
    }

    private mutating func due(_ notice: Notice, _ conditions: PostConditions) -> Int64 {
        let moment = notice.at + random.milliseconds(conditions.delay)
        guard conditions.shuffle == 0 else { return moment + random.milliseconds(0...conditions.shuffle) }
        let due = max(moment, lastDue[notice.task] ?? 0)
        lastDue[notice.task] = due
        return due
    }

    /// What has to be sent now.
    mutating func take(at now: Int64) -> [Delivery] {
        var due: [Delivery] = []
        while let (_, delivery) = agenda.take(at: now) { due.append(delivery) }
        counts.sent += due.count
        return due
    }

    mutating func attempted(_ delivery: Delivery, isDelivered: Bool, at now: Int64) {
        if isDelivered {
            counts.delivered += 1
            return
        }
        counts.failedAttempts += 1
        guard delivery.attempt <= Self.waits.count else {
            counts.givenUp += 1
            return
        }
        var again = delivery
        again.attempt += 1
        agenda.add(again, at: now + Int64(Self.waits[delivery.attempt - 1] * 1000))
    }

    var report: Counts {
        var report = counts
        report.waiting = agenda.count
        return report
    }

    /// The bytes to be signed and sent.
    func body(of delivery: Delivery, at now: Int64) -> [UInt8] {
        var payload = delivery.notice.payload
        if plan?.saysSeconds == true, delivery.notice.service == .mediaPush, let lts = payload["lts"]?.whole {
            payload.set(.integer(lts / 1000), at: "lts")
        }
        let envelope: JSONValue = [
            "noticeId": .string(delivery.noticeID), "productId": .integer(delivery.notice.service.productID),
            "eventType": .integer(delivery.notice.type), "notifyMs": .integer(now), "payload": payload,
        ]
        return envelope.bytes
    }
}
