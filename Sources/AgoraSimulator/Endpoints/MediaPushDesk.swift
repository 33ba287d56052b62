/// The endpoints of Media Push.
/// - SeeAlso: Agora, Media Push, RESTful API.
struct MediaPushDesk: Sendable {
    let appID: String
    let limit: Int
    let lists: ListHabits

    func answer(_ route: Route, _ call: APICall, _ world: inout World, at now: Int64) -> APIAnswer {
        switch route.operation {
        case .create: create(route, call, &world, at: now)
        case .list: list(route, call, world, at: now)
        default: one(route, call, &world, at: now)
        }
    }

    // MARK: Create

    private func create(_ route: Route, _ call: APICall, _ world: inout World, at now: Int64) -> APIAnswer {
        guard let body = try? JSONValue(parsing: call.body), let converter = body["converter"], converter.members != nil else {
            return refusal(of: "converter")
        }
        var check = FieldCheck()
        check.newConverter(converter)
        if let field = check.broken { return refusal(of: field) }
        let name = converter["name"]?.text ?? ""
        if !name.isEmpty, let holder = world.holder(of: name, .mediaPush) {
            var answer = GatewayText.answer(409, .mediaPush)
            answer.headers["X-Resource-ID"] = holder.id
            return answer
        }
        guard world.alive(.mediaPush).count < limit else { return .message(429, "Resources quota limit exceeded.") }
        let channel = converter[path: "transcodeOptions.rtcChannel"]?.text ?? converter[path: "rawOptions.rtcChannel"]?.text ?? ""
        let draft = World.StreamDraft(
            service: .mediaPush, name: name, channel: channel, region: route.region, body: converter.withIdleTimeout,
            requestID: call.requestID ?? "")
        return brief(of: world.makeStream(draft, at: now))
    }

    // MARK: One converter

    private func one(_ route: Route, _ call: APICall, _ world: inout World, at now: Int64) -> APIAnswer {
        guard let id = route.id, let task = world.found(id, .mediaPush), task.region == route.region else {
            return GatewayText.answer(404, .mediaPush)
        }
        switch route.operation {
        case .delete:
            world.destroy(task.id, DestroyReason.deleteRequest, at: now)
            return APIAnswer(200, resource: task.id)
        case .update: return update(task, call, &world, at: now)
        default: return APIAnswer(200, details(of: task), resource: task.id)
        }
    }

    private func update(_ task: SimulatedTask, _ call: APICall, _ world: inout World, at now: Int64) -> APIAnswer {
        guard let sequence = call.query["sequence"].flatMap({ Int64($0) }), sequence >= 0 else { return refusal(of: "sequence") }
        guard let body = try? JSONValue(parsing: call.body), let converter = body["converter"], converter.members?.isEmpty == false else {
            return refusal(of: "converter")
        }
        var check = FieldCheck()
        check.converterUpdate(converter, of: task.body)
        let mask = body["fields"]?.text?.split(separator: ",").map(String.init) ?? (converter.members ?? [:]).keys.sorted()
        for path in mask { check.require(converter[path: path] != nil, "fields") }
        if let field = check.broken { return refusal(of: field) }
        world.update(task.id, with: converter, paths: mask, sequence: sequence, requestID: call.requestID ?? "", at: now)
        return brief(of: world.tasks[task.id] ?? task)
    }

    /// Pass-through converters are wrapped and have no state, as the documented sample shows it.
    private func details(of task: SimulatedTask) -> JSONValue {
        guard task.body["rawOptions"] == nil else { return ["converter": task.body] }
        return task.body.with([
            "createTs": .integer(task.born / 1000), "updateTs": .integer(task.updated / 1000), "state": .string(task.state),
        ])
    }

    private func brief(of task: SimulatedTask) -> APIAnswer {
        let converter: JSONValue = [
            "id": .string(task.id), "createTs": .integer(task.born / 1000), "updateTs": .integer(task.updated / 1000),
            "state": .string(task.state),
        ]
        return APIAnswer(200, ["converter": converter, "fields": "id,createTs,updateTs,state"], resource: task.id)
    }

    // MARK: List

    /// The cursor is the birth number of the last member: a deletion between two pages makes nobody slip through.
    private func list(_ route: Route, _ call: APICall, _ world: World, at now: Int64) -> APIAnswer {
        guard let cursor = Int64(call.query["cursor"] ?? "0"), cursor >= 0 else { return refusal(of: "cursor") }
        let matching = world.alive(.mediaPush).filter { task in
            task.presence == .here && now - task.born >= Int64(lists.pushLag * 1000) && (route.channel ?? task.channel) == task.channel
        }
        let rest = matching.filter { $0.serial > cursor }
        let page = rest.prefix(lists.pushPage)
        let data: JSONValue = [
            "total_count": .integer(Int64(matching.count)),
            "cursor": .integer(rest.count > page.count ? page.last?.serial ?? 0 : 0),
            "members": .array(page.map(member)),
        ]
        return APIAnswer(200, ["success": true, "data": data])
    }

    /// Numbers are texts and the id is in capitals, as the documented sample shows it.
    private func member(_ task: SimulatedTask) -> JSONValue {
        [
            "rtcChannel": .string(task.channel), "status": "200", "converterName": .string(task.name),
            "updateTs": .string(String(task.updated / 1000)), "appId": .string(appID), "rtmpUrl": .string(task.address ?? ""),
            "ip": "198.51.100.7", "converterId": .string(task.id.uppercased()), "create": .string(String(task.born / 1000)),
            "idleTimeout": .string(String(task.body["idleTimeout"]?.whole ?? 300)), "state": .string(task.state),
        ]
    }

    private func refusal(of field: String) -> APIAnswer { .message(400, "Invalid parameter: \(field). Replace it, and retry.") }
}

extension JSONValue {
    /// The spelling of the field tables is taken, too.
    fileprivate var withIdleTimeout: JSONValue {
        let seconds = self["idleTimeout"] ?? self["idleTimeOut"] ?? 300
        var result = with(["idleTimeout": seconds])
        result.set(nil, at: "idleTimeOut")
        return result
    }
}
