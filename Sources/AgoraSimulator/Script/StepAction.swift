extension Step.Action {
    /// Whether it befalls single tasks.
    var isForTasks: Bool {
        switch self {
        case .fail, .destroy, .migrate, .vanish, .fault, .fatal, .exit: true
        case .answer, .host, .foreign, .notifications: false
        }
    }

    func applies(to service: AgoraService) -> Bool {
        var random = SeededRandom(seed: 0, stream: "")  // the times that it chooses decide nothing here
        return misfortune(for: service, &random)?.applies(to: service) ?? true
    }

    /// What befalls one task, with the times chosen. Nil for what is not about tasks.
    func misfortune(for service: AgoraService, _ random: inout SeededRandom) -> Misfortune? {
        switch self {
        case .fail(let span): return .fail(recoveringAfter: span.map { Double.random(in: $0, using: &random) })
        case .destroy(let reason): return .destroy(reason: reason)
        case .migrate(let span, let holdingName):
            // Documented: at most 120 s for a converter, 240 s for a player.
            let usual = service == .mediaPush ? 20.0...115 : 20.0...230
            return .migrate(seconds: Double.random(in: span ?? usual, using: &random), holdingName: holdingName)
        case .vanish: return .vanish
        case .fault(let span): return .fault(seconds: Double.random(in: span, using: &random))
        case .fatal: return .fatal
        case .exit(let leaving): return .exit(leaving)
        case .answer, .host, .foreign, .notifications: return nil
        }
    }
}

extension PostConditions {
    init(_ object: inout ScriptObject, usual: PostConditions) throws(ScriptMistake) {
        loss = try object.number("loss", in: 0...1) ?? usual.loss
        delay = try object.span("delay", in: 0...86_400) ?? usual.delay
        duplicates = try object.number("duplicates", in: 0...1) ?? usual.duplicates
        shuffle = try object.number("shuffle", in: 0...86_400) ?? usual.shuffle
    }
}
