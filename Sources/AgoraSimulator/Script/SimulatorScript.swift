/// What a simulator is to be: one JSON document. The format is described in `AgoraSimulator.docc/Script.md`.
package struct SimulatorScript: Sendable {
    package struct Project: Sendable, Equatable {
        package let appID: String
        package let customerKey: String
        package let customerSecret: String
        /// Players and recordings need a token.
        let hasCertificate: Bool
    }

    /// Hosts that Agora has: two for all places, and those of single regions under both domains.
    package static let knownHosts: [String] = {
        let regions = [
            "us-west-1", "us-east-1", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-northeast-1", "cn-east-1", "cn-north-1",
        ]
        return ["agora.io", "sd-rtn.com"].flatMap { domain in ["api.\(domain)"] + regions.map { "api-\($0).\(domain)" } }
    }()

    package let project: Project
    package let hosts: [String: SocketAddress]
    /// Where the simulator itself is asked and told: away from all faults.
    package let control: SocketAddress
    /// Unix seconds; nil for the moment at which the simulator starts.
    package let clockStart: Double?
    /// Simulated seconds in a real one.
    package let speed: Double
    let seed: UInt64
    /// Services that the project has not enabled.
    let off: Set<AgoraService>
    let limits: [AgoraService: Int]
    let rates: RateTable
    let lists: ListHabits
    let timing: Timing
    /// The field of a CDN's addresses that has the priority.
    let priorityField: String
    package let notifications: NotificationPlan?
    let steps: [Step]
    let random: RandomFailures?

    /// - Throws: `ScriptMistake`, with the path of the first mistake; `not JSON` has line and column.
    package init(parsing bytes: [UInt8]) throws(ScriptMistake) {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw ScriptMistake(path: "", rule: "is not JSON: \(Self.reason(of: error))")
        }
        self = try ScriptObject.read(document, at: "") { object throws(ScriptMistake) in try SimulatorScript(&object) }
    }

    private init(_ object: inout ScriptObject) throws(ScriptMistake) {
        project = try object.part("project") { part throws(ScriptMistake) in try Project(&part) } ?? .example
        let names = Dictionary(uniqueKeysWithValues: Self.knownHosts.map { ($0, $0) })
        let given = try object.map("hosts", names) { hosts, name throws(ScriptMistake) in try hosts.address(name) }
        let here = SocketAddress(host: "127.0.0.1", port: 0)
        hosts = given.isEmpty ? Dictionary(uniqueKeysWithValues: Self.knownHosts.map { ($0, here) }) : given
        control = try object.has("control") ? object.address("control") : SocketAddress(host: "127.0.0.1", port: 0)
        _ = object.value("control")
        let clock = try object.part("clock") { part throws(ScriptMistake) in
            (try part.number("start", in: 0...1e11), try part.number("speed", in: 0.001...10_000) ?? 1)
        }
        (clockStart, speed) = clock ?? (nil, 1)
        seed = try object.whole("seed", in: 0...Int64.max).map(UInt64.init) ?? 1
        off = Set(try object.services("off"))
        limits = try object.map("limits", AgoraService.byName) { part, name throws(ScriptMistake) in
            Int(try part.whole(name, in: 0...1_000_000) ?? 0)
        }
        rates = try object.part("rates") { part throws(ScriptMistake) in try RateTable(&part) } ?? RateTable()
        lists = try object.part("lists") { part throws(ScriptMistake) in try ListHabits(&part) } ?? ListHabits()
        priorityField = try object.text("priorityField") ?? "priority"
        timing = try object.part("timing") { part throws(ScriptMistake) in try Timing(&part) } ?? Timing()
        let plan = try object.part("notifications") { part throws(ScriptMistake) in try NotificationPlan(&part) }
        notifications = plan
        let usual = plan?.conditions ?? PostConditions()
        steps = try object.parts("steps") { part throws(ScriptMistake) in try Step(&part, usual: usual) }
        let seed = seed
        random = try object.part("random") { part throws(ScriptMistake) in try RandomFailures(&part, seed: seed) }
        for step in steps { try step.check(hosts: Array(hosts.keys)) }
    }

    /// One more step, for a simulator that runs.
    /// - Parameter now: Seconds after the clock's start; for a step that does not say when.
    func step(parsing bytes: [UInt8], now: Double) throws(ScriptMistake) -> Step {
        guard let document = try? JSONValue(parsing: bytes) else { throw ScriptMistake(path: "step", rule: "is not JSON") }
        let usual = notifications?.conditions ?? PostConditions()
        let step = try ScriptObject.read(document, at: "step") { part throws(ScriptMistake) in try Step(&part, now: now, usual: usual) }
        try step.check(hosts: Array(hosts.keys))
        return step
    }

    private static func reason(of error: any Error) -> String {
        guard case .dataCorrupted(let context) = error as? DecodingError else { return "\(error)" }
        return context.underlyingError.map { "\($0)" } ?? context.debugDescription
    }
}

extension Step {
    /// A host that is not there would make a step that does nothing.
    fileprivate func check(hosts: [String]) throws(ScriptMistake) {
        guard case .host(let glob, _, _, _) = action, !hosts.contains(where: glob.matches) else { return }
        throw ScriptMistake(path: "\(path).host", rule: "must be one of the script's hosts: \(hosts.sorted().joined(separator: ", "))")
    }
}
