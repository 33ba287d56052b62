extension SimulatorScript.Project {
    static let example = SimulatorScript.Project(
        appID: "9bdd1bebb0f3f919556d5410434d7ad4", customerKey: "example-customer-id", customerSecret: "example-customer-secret",
        hasCertificate: false)

    init(_ object: inout ScriptObject) throws(ScriptMistake) {
        appID = try object.text("appID") ?? Self.example.appID
        customerKey = try object.text("customerKey") ?? Self.example.customerKey
        customerSecret = try object.text("customerSecret") ?? Self.example.customerSecret
        hasCertificate = try object.truth("certificate", default: false)
    }
}

extension ScriptObject {
    mutating func address(_ key: String) throws(ScriptMistake) -> SocketAddress {
        guard let address = SocketAddress(try needed(key)) else {
            throw mistake(key, "must be an address of this machine with a port, 127.0.0.2:9401 or 127.0.0.2:0")
        }
        return address
    }

    mutating func services(_ key: String) throws(ScriptMistake) -> [AgoraService] {
        guard let value = value(key) else { return [] }
        let services = (value.elements ?? []).map { $0.text.flatMap { AgoraService.byName[$0] } }
        guard value.elements != nil, !services.contains(nil) else {
            throw mistake(key, "must be an array of \(AgoraService.byName.keys.sorted().joined(separator: ", "))")
        }
        return services.compactMap { $0 }
    }
}

extension RateTable {
    /// What is left out keeps its documented limit.
    init(_ object: inout ScriptObject) throws(ScriptMistake) {
        self.init()
        slack = try object.number("slack", in: 0...60) ?? slack
        for name in limits.keys.sorted() {
            let limit = try object.part(name) { part throws(ScriptMistake) in
                Limit(
                    perSecond: try part.whole("perSecond", in: 1...1_000_000).map(Int.init),
                    perMinute: try part.whole("perMinute", in: 1...1_000_000).map(Int.init))
            }
            if let limit { limits[name] = limit }
        }
    }
}

extension ListHabits {
    init(_ object: inout ScriptObject) throws(ScriptMistake) {
        self.init()
        pushPage = Int(try object.whole("pushPage", in: 1...500) ?? Int64(pushPage))
        pullPage = Int(try object.whole("pullPage", in: 1...500) ?? Int64(pullPage))
        pushLag = try object.number("pushLag", in: 0...3600) ?? pushLag
        pullLag = try object.number("pullLag", in: 0...3600) ?? pullLag
        sparse = try object.number("sparse", in: 0...1) ?? sparse
        endMarker = try object.choice("endMarker", ["": "", "0": "0"]) ?? endMarker
    }
}

extension Timing {
    init(_ object: inout ScriptObject) throws(ScriptMistake) {
        self.init()
        connecting = try object.number("connecting", in: 0...3600) ?? connecting
        recordingReady = try object.number("recordingReady", in: 0...3600) ?? recordingReady
        firstFile = try object.number("firstFile", in: 0...3600) ?? firstFile
        stopping = try object.number("stopping", in: 0...3600) ?? stopping
    }
}

extension NotificationPlan {
    init(_ object: inout ScriptObject) throws(ScriptMistake) {
        url = try object.needed("url")
        let parts = url.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, parts[0] == "http" || parts[0] == "https", !parts[1].hasPrefix("/") else {
            throw object.mistake("url", "must be an http or https address, such as http://127.0.0.1:8088/agora")
        }
        secrets = try object.map("secrets", AgoraService.byName) { part, name throws(ScriptMistake) in try part.needed(name) }
        guard !secrets.isEmpty else { throw object.mistake("secrets", "is needed: a secret for each service that notifies") }
        events = try object.map("events", AgoraService.byName) { part, name throws(ScriptMistake) in
            let numbers = (part.value(name)?.elements ?? []).compactMap(\.whole)
            guard !numbers.isEmpty else { throw part.mistake(name, "must be an array of event types, such as [1, 4]") }
            return Set(numbers)
        }
        saysSeconds = try object.truth("saysSeconds", default: false)
        backuped = try object.number("backuped", in: 0...1) ?? 0
        conditions = try PostConditions(&object, usual: PostConditions())
    }
}
