/// A number of failures by chance, one after the other.
struct RandomFailures: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
        case fail, destroy, migrate, vanish, fault, fatal, exit
        /// The next Create is carried out and answered with 504.
        case lostAnswer
        /// One host is away.
        case host
        case controlPlane
        case throttle
        /// No notification is sent.
        case lostEvents
    }

    let seed: UInt64
    let failures: Int
    /// Seconds from one to the next.
    let between: ClosedRange<Double>
    /// Seconds after the clock's start.
    let first: Double
    /// How often each happens, compared with the others.
    let kinds: [Kind: Double]

    init(_ object: inout ScriptObject, seed usual: UInt64) throws(ScriptMistake) {
        seed = try object.whole("seed", in: 0...Int64.max).map(UInt64.init) ?? usual
        guard let count = try object.whole("failures", in: 1...1_000_000) else { throw object.mistake("failures", "is needed") }
        failures = Int(count)
        between = try object.span("between", in: 0...1_000_000) ?? 10...30
        first = try object.number("first", in: 0...10_000_000) ?? between.upperBound
        let names = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0.rawValue, $0) })
        let given = try object.map("kinds", names) { kinds, name throws(ScriptMistake) in try kinds.number(name, in: 0...1_000_000) ?? 0 }
        kinds = given.isEmpty ? [.fail: 1, .destroy: 1, .migrate: 1, .vanish: 1, .fault: 1, .fatal: 1, .exit: 1] : given
        guard kinds.values.contains(where: { $0 > 0 }) else { throw object.mistake("kinds", "must have a weight above 0") }
    }

    /// One of the kinds that are possible, by weight.
    func choose(from possible: [Kind], _ random: inout SeededRandom) -> Kind? {
        let weights = possible.map { kinds[$0] ?? 0 }
        let total = weights.reduce(0, +)
        guard total > 0 else { return nil }
        var point = Double.random(in: 0..<total, using: &random)
        for (kind, weight) in zip(possible, weights) {
            if point < weight { return kind }
            point -= weight
        }
        return possible.last
    }
}

extension RandomFailures.Kind {
    /// What it does, with times as they are in life.
    /// - Parameter host: For `host`.
    func action(host: Glob) -> Step.Action {
        switch self {
        case .fail: .fail(recoveringAfter: nil)
        case .destroy: .destroy(reason: DestroyReason.internalError)
        case .migrate: .migrate(seconds: nil, holdingName: true)
        case .vanish: .vanish
        case .fault: .fault(seconds: 30...85)
        case .fatal: .fatal
        case .exit: .exit(.abnormal)
        case .lostAnswer:
            .answer(
                AnswerFault(operation: .create, answer: .status(504, code: nil, reason: nil), carriedOut: true, remaining: 1), seconds: nil)
        case .host: .host(host, .refuse, service: nil, seconds: 20...90)
        case .controlPlane: .host(.all, .status(503, carriedOut: false), service: nil, seconds: 30...180)
        case .throttle: .host(.all, .status(429, carriedOut: false), service: nil, seconds: 5...30)
        case .lostEvents: .notifications(PostConditions(loss: 1), seconds: 60)
        }
    }
}
