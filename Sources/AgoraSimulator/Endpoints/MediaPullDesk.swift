/// The endpoints of Media Pull.
/// - SeeAlso: Agora, Media Pull, RESTful API.
struct MediaPullDesk: Sendable {
    private static let fields = ["name", "streamUrl", "channelName", "uid", "id", "createTs", "status"]

    let limit: Int
    /// A project with a certificate: players need a token made for them.
    let needsToken: Bool
    let lists: ListHabits
    /// Whom each token was first used for.
    private var tokens: [String: String] = [:]
    private var random: SeededRandom

    init(limit: Int, needsToken: Bool, lists: ListHabits, seed: UInt64) {
        self.limit = limit
        self.needsToken = needsToken
        self.lists = lists
        random = SeededRandom(seed: seed, stream: "player lists")
    }

    mutating func answer(_ route: Route, _ call: APICall, _ world: inout World, at now: Int64) -> APIAnswer {
        switch route.operation {
        case .create: create(route, call, &world, at: now)
        case .list: list(call, world, at: now)
        default: one(route, call, &world, at: now)
        }
    }

    // MARK: Create

    private mutating func create(_ route: Route, _ call: APICall, _ world: inout World, at now: Int64) -> APIAnswer {
        guard let body = try? JSONValue(parsing: call.body), let player = body["player"], player.members != nil else {
            return refusal(of: "player")
        }
        var check = FieldCheck()
        check.newPlayer(player, at: now)
        check.require(!needsToken || player["token"] != nil, "token")
        if let field = check.broken { return refusal(of: field) }
        let name = player["name"]?.text ?? ""
        if !name.isEmpty, let holder = world.holder(of: name, .mediaPull) {
            var answer = GatewayText.answer(409, .mediaPull)
            answer.headers["X-Resource-ID"] = holder.id
            return answer
        }
        guard world.alive(.mediaPull).count < limit else { return .message(429, "Resources quota limit exceeded.") }
        let assigned = Int64(UInt32.random(in: 1_000_000_000...UInt32.max, using: &world.random))
        let uid = player["uid"]?.whole.map { $0 == 0 ? assigned : $0 }
        let user = player["account"]?.text ?? uid.map { String($0) } ?? ""
        let seconds = min(600, max(5, player["idleTimeout"]?.whole ?? 300))
        let draft = World.StreamDraft(
            service: .mediaPull, name: name, channel: player["channelName"]?.text ?? "", user: user, region: route.region,
            body: player.with(["idleTimeout": .integer(seconds)]), requestID: call.requestID ?? "")
        let task = world.makeStream(draft, at: now)
        // A token made for another user lets nobody in: the service finds that out later, as an internal error.
        if needsToken, let token = player["token"]?.text, tokens.updateValue(tokens[token] ?? user, forKey: token) ?? user != user {
            world.planRejection(of: task.id, at: now)
        }
        return made(task, uid: uid)
    }

    private func made(_ task: SimulatedTask, uid: Int64?) -> APIAnswer {
        let key = uid == nil ? "account" : "uid"
        let player: JSONValue = [
            key: uid.map { .integer($0) } ?? .string(task.user ?? ""), "id": .string(task.id), "createTs": .integer(task.born / 1000),
            "status": .string(task.state),
        ]
        return APIAnswer(
            200, ["player": player, "fields": .string("player.\(key),player.id,player.createTs,player.status")], resource: task.id)
    }

    // MARK: One player

    private func one(_ route: Route, _ call: APICall, _ world: inout World, at now: Int64) -> APIAnswer {
        guard let id = route.id, let task = world.found(id, .mediaPull), task.region == route.region else {
            return GatewayText.answer(404, .mediaPull)
        }
        if route.operation == .delete {
            world.destroy(task.id, DestroyReason.deleteRequest, at: now)
            return APIAnswer(200, resource: task.id)
        }
        guard let sequence = call.query["sequence"].flatMap({ Int64($0) }), sequence >= 0 else { return refusal(of: "sequence") }
        guard let body = try? JSONValue(parsing: call.body), let player = body["player"], player.members?.isEmpty == false else {
            return refusal(of: "player")
        }
        var check = FieldCheck()
        check.playerUpdate(player)
        if let field = check.broken { return refusal(of: field) }
        let paths = (player.members ?? [:]).keys.sorted().map { $0 == "audioOptions" ? "audioOptions.volume" : $0 }
        world.update(task.id, with: player, paths: paths, sequence: sequence, requestID: call.requestID ?? "", at: now)
        return APIAnswer(200, resource: task.id)
    }

    // MARK: List

    private mutating func list(_ call: APICall, _ world: World, at now: Int64) -> APIAnswer {
        guard let size = Int(call.query["pageSize"] ?? "200"), 1...500 ~= size else { return refusal(of: "pageSize") }
        guard let after = mark(call.query["pageToken"] ?? "") else { return refusal(of: "pageToken") }
        var channel: String?
        if let filter = call.query["filter"] {
            // `+` is a blank in a query, too.
            let parts = filter.split(separator: " eq ", maxSplits: 1)
            guard parts.count == 2, parts[0] == "channelName" else { return refusal(of: "filter") }
            channel = String(parts[1])
        }
        let matching = world.alive(.mediaPull).filter { task in
            task.presence == .here && now - task.born >= Int64(lists.pullLag * 1000) && (channel ?? task.channel) == task.channel
        }
        let rest = matching.filter { $0.serial > after }
        let page = rest.prefix(min(size, lists.pullPage))
        let token = rest.count > page.count ? page.last.map { "9f" + String($0.serial, radix: 16) } : nil
        let body: JSONValue = [
            "totalSize": .integer(Int64(matching.count)), "players": .array(page.map { member($0) }),
            "fields": .string(Self.fields.map { "player.\($0)" }.joined(separator: ",")),
            "nextPageToken": .string(token ?? lists.endMarker),
        ]
        return APIAnswer(200, body)
    }

    /// Of the page before: the birth number of its last player.
    private func mark(_ token: String) -> Int64? {
        if token.isEmpty || token == "0" { return 0 }
        return token.hasPrefix("9f") ? Int64(token.dropFirst(2), radix: 16) : nil
    }

    private mutating func member(_ task: SimulatedTask) -> JSONValue {
        let brief: JSONValue = ["id": .string(task.id), "name": .string(task.name), "createTs": .integer(task.born / 1000)]
        if random.hit(lists.sparse) { return brief }
        let isUser = task.body["account"] == nil
        return brief.with([
            "streamUrl": .string(task.address ?? ""), "channelName": .string(task.channel), "status": .string(task.state),
            isUser ? "uid" : "account": isUser ? .integer(Int64(task.user ?? "") ?? 0) : .string(task.user ?? ""),
        ])
    }

    private func refusal(of field: String) -> APIAnswer { .message(400, "Parameter '\(field)' is invalid formatted.") }
}
