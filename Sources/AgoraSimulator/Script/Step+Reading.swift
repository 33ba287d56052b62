extension Step {
    private static let actions = [
        "fail", "destroy", "migrate", "vanish", "fault", "fatal", "exit", "answer", "host", "controlPlane", "throttle", "foreign",
        "notifications",
    ]
    private static let seconds = 0.0...10_000_000
    private static let leavings: [String: World.Leaving] = ["stopped": .stopped, "idle": .idle, "abnormal": .abnormal]

    /// - Parameter now: When it happens unless it says so itself: for steps that come while the simulator runs. Nil: it has to say so.
    init(_ object: inout ScriptObject, now: Double? = nil, usual: PostConditions) throws(ScriptMistake) {
        path = object.path
        guard let kind = try object.text("do") else {
            throw object.mistake("do", "is needed: one of \(Self.actions.joined(separator: ", "))")
        }
        let at = try object.number("at", in: Self.seconds) ?? (object.has("after") ? nil : now)
        let after = try object.number("after", in: Self.seconds)
        guard (at == nil) != (after == nil) else { throw object.mistake("at", "or \"after\" is needed, and not both") }
        guard let action = try Self.action(kind, &object, usual: usual) else {
            throw object.mistake("do", "must be one of \(Self.actions.joined(separator: ", "))")
        }
        self.action = action
        if action.isForTasks { target = try Self.target(&object, action) }
        if let after {
            guard action.isForTasks else { throw object.mistake("after", "is for steps that befall a task; say \"at\"") }
            time = .after(after, times: Int(try object.whole("times", in: 1...1_000_000) ?? 1))
        } else {
            time = .at(at ?? 0)
        }
    }

    private static func target(_ object: inout ScriptObject, _ action: Action) throws(ScriptMistake) -> Target {
        var target = Target(service: try object.service())
        if let name = try object.text("name") { target.name = Glob(name) }
        if let count = try object.whole("random", in: 1...1_000_000) { target.random = Int(count) }
        if let service = target.service, !action.applies(to: service) {
            throw object.mistake("service", "must be another: \(service.rawValue) has no such thing")
        }
        return target
    }

    private static func action(
        _ kind: String, _ object: inout ScriptObject, usual: PostConditions
    ) throws(ScriptMistake) -> Action? {
        switch kind {
        case "fail": return .fail(recoveringAfter: try object.span("recover", in: seconds))
        case "destroy":
            let reasons = DestroyReason.all(of: .mediaPull)
            let reason = try object.choice("reason", Dictionary(uniqueKeysWithValues: reasons.map { ($0, $0) }))
            return .destroy(reason: reason ?? DestroyReason.internalError)
        case "migrate":
            let span = try object.span("seconds", in: seconds)
            return .migrate(seconds: span, holdingName: try object.truth("holdsName", default: true))
        case "vanish": return .vanish
        case "fault": return .fault(seconds: try object.span("seconds", in: 0...90) ?? 30...85)
        case "fatal": return .fatal
        case "exit": return .exit(try object.choice("how", leavings) ?? .abnormal)
        case "answer": return try answer(&object)
        case "host": return try host(&object)
        case "controlPlane":
            let kind = try object.choice("fault", ["refuse": HostFault.Kind.refuse, "status": .status(503, carriedOut: false)])
            return .host(.all, kind ?? .status(503, carriedOut: false), service: nil, seconds: try needed("seconds", &object))
        case "throttle":
            return .host(.all, .status(429, carriedOut: false), service: try object.service(), seconds: try needed("seconds", &object))
        case "foreign": return .foreign(try foreign(&object))
        case "notifications":
            let conditions = try PostConditions(&object, usual: usual)
            return .notifications(conditions, seconds: try needed("seconds", &object).lowerBound)
        default: return nil
        }
    }

    private static func needed(_ key: String, _ object: inout ScriptObject) throws(ScriptMistake) -> ClosedRange<Double> {
        guard let span = try object.span(key, in: seconds) else { throw object.mistake(key, "is needed") }
        return span
    }

    private static func answer(_ object: inout ScriptObject) throws(ScriptMistake) -> Action {
        let operations = Dictionary(uniqueKeysWithValues: Route.Operation.allCases.map { ($0.rawValue, $0) })
        let answer: AnswerFault.Answer
        switch (object.has("status"), try object.truth("cut", default: false), try object.number("hang", in: seconds)) {
        case (true, false, nil):
            let status = try object.whole("status", in: 200...599) ?? 500
            answer = .status(Int(status), code: try object.whole("code", in: 0...100_000), reason: try object.text("reason"))
        case (false, true, nil): answer = .cut
        case (false, false, let time?): answer = .hang(seconds: time)
        default: throw object.mistake("status", "or \"cut\" or \"hang\" is needed, and one alone")
        }
        var fault = AnswerFault(
            service: try object.service(), operation: try object.choice("operation", operations), answer: answer,
            carriedOut: try object.truth("carriedOut", default: false), remaining: Int(try object.whole("count", in: 1...1_000_000) ?? 1))
        if let name = try object.text("name") { fault.name = Glob(name) }
        return .answer(fault, seconds: try object.number("seconds", in: seconds))
    }

    private static func host(_ object: inout ScriptObject) throws(ScriptMistake) -> Action {
        let host = Glob(try object.needed("host"))
        let carriedOut = try object.truth("carriedOut", default: false)
        let status = Int(try object.whole("status", in: 200...599) ?? 503)
        let kinds: [String: HostFault.Kind] = [
            "refuse": .refuse, "hang": .hang, "cut": .cut(carriedOut: carriedOut), "status": .status(status, carriedOut: carriedOut),
        ]
        guard let kind = try object.choice("fault", kinds) else {
            throw object.mistake("fault", "is needed: one of \(kinds.keys.sorted().joined(separator: ", "))")
        }
        return .host(host, kind, service: try object.service(), seconds: try needed("seconds", &object))
    }

    private static func foreign(_ object: inout ScriptObject) throws(ScriptMistake) -> ForeignTask {
        guard let service = try object.service() else { throw object.mistake("service", "is needed") }
        let address = try object.text("address") ?? (service == .mediaPush ? "rtmp://push.example.com/live/foreign" : nil)
        return ForeignTask(
            service: service, name: try object.text("name") ?? "", channel: try object.text("channel") ?? "foreign",
            user: try object.text("user") ?? "4000000001", address: address ?? "rtmp://origin.example.net/live/foreign",
            region: try object.choice("region", Dictionary(uniqueKeysWithValues: Route.regions.map { ($0, $0) })) ?? "eu",
            seconds: try object.number("seconds", in: seconds))
    }
}
