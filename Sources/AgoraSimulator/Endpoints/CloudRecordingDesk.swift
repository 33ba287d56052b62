/// The endpoints of Cloud Recording.
/// - SeeAlso: Agora, Cloud Recording, RESTful API.
struct CloudRecordingDesk: Sendable {
    /// What `acquire` gave out.
    struct Resource: Sendable {
        let cname: String
        let uid: String
        let acquired: Int64
        /// Seconds for which the recording may be called.
        let callable: Double
        /// The recording that used it up.
        var sid: String?
    }

    /// Milliseconds from `acquire` within which `start` has to come.
    static let resourceLife: Int64 = 300_000

    let limit: Int
    /// A project with a certificate: recordings need a token.
    let needsToken: Bool
    private var resources: [String: Resource] = [:]

    init(limit: Int, needsToken: Bool) {
        self.limit = limit
        self.needsToken = needsToken
    }

    mutating func answer(_ route: Route, _ call: APICall, _ world: inout World, at now: Int64) -> APIAnswer {
        if route.operation == .query { return recording(route, nil, &world, at: now) }
        guard call.saysJSON else { return .code(400, 8, "the HTTP request header is incorrect") }
        guard let request = RecordingRequest(call.body) else { return .code(400, 2, "\(route.operation.word): invalid JSON body!") }
        switch route.operation {
        case .acquire: return acquire(request, &world, at: now)
        case .start: return start(route, request, &world, at: now)
        default: return recording(route, request, &world, at: now)
        }
    }

    // MARK: acquire, start

    private mutating func acquire(_ request: RecordingRequest, _ world: inout World, at now: Int64) -> APIAnswer {
        var check = FieldCheck()
        check.channel(.string(request.cname), "cname")
        if check.broken != nil { return .code(400, 401, "invalid_channel_name") }
        check.acquisition(request)
        if let field = check.broken { return .code(400, 2, "Acquire: invalid \(field) value!") }
        guard world.alive(.cloudRecording).count < limit else { return .code(400, 406, "vendor_over_load") }
        let id = "R" + world.random.hex(320)
        let hours = request.body["resourceExpiredHour"]?.whole ?? 72
        resources[id] = Resource(cname: request.cname, uid: request.uid, acquired: now, callable: Double(hours) * 3600)
        return APIAnswer(200, ["cname": .string(request.cname), "uid": .string(request.uid), "resourceId": .string(id)])
    }

    private mutating func start(_ route: Route, _ request: RecordingRequest, _ world: inout World, at now: Int64) -> APIAnswer {
        guard let id = route.resourceID, let mode = route.mode, let resource = resources[id] else {
            return .code(400, 1001, "resourceId cannot be parsed")
        }
        guard (resource.cname, resource.uid) == (request.cname, request.uid) else { return .code(400, 432, "parameter or id mismatch") }
        if let sid = resource.sid {
            return world.tasks[sid]?.isAlive == true ? .code(201, 7, "already started") : .code(400, 433, "resource id expired")
        }
        guard now - resource.acquired <= Self.resourceLife else { return .code(400, 433, "resource id expired") }
        var check = FieldCheck()
        check.recording(request.body, mode)
        check.require(!needsToken || mode == "web" || request.body["token"]?.text?.isEmpty == false, "token")
        if let field = check.broken { return .code(400, 2, "Start: invalid \(field) value!") }
        let isTaken = world.alive(.cloudRecording).contains { $0.channel == request.cname && $0.user == request.uid }
        guard !isTaken else { return .code(400, 53, "task conflict") }
        let task = world.makeRecording(
            World.RecordingDraft(
                cname: request.cname, uid: request.uid, resourceID: id, mode: mode, body: request.body, callable: resource.callable),
            at: now)
        resources[id]?.sid = task.id
        return APIAnswer(200, .identity(of: task))
    }

    // MARK: A recording that was started

    private func recording(_ route: Route, _ request: RecordingRequest?, _ world: inout World, at now: Int64) -> APIAnswer {
        guard let task = route.id.flatMap({ world.found($0, .cloudRecording) }), let life = task.recording else {
            return GatewayText.answer(404, .cloudRecording)
        }
        guard life.resourceID == route.resourceID else { return .code(400, 1003, "the sid does not fit the resource id") }
        guard life.mode == route.mode else { return .code(400, 432, "parameter or id mismatch") }
        if let request, (request.cname, request.uid) != (task.channel, task.user) { return .code(400, 432, "parameter or id mismatch") }
        guard now <= life.callsUntil else { return .code(400, 433, "resource id expired") }
        switch (route.operation, request) {
        case (.stop, let request?): return stop(task, life, waits: request.body["async_stop"] != true, &world, at: now)
        case (.update, let request?), (.updateLayout, let request?):
            return update(task, life, request, isLayout: route.operation == .updateLayout, &world)
        default: return APIAnswer(200, JSONValue.identity(of: task).with(["serverResponse": response(of: task, world, at: now)]))
        }
    }

    private func update(
        _ task: SimulatedTask, _ life: RecordingLife, _ request: RecordingRequest, isLayout: Bool, _ world: inout World
    ) -> APIAnswer {
        guard !life.isStopping else { return .code(400, 49, "invalid operation") }
        var check = FieldCheck()
        if isLayout { check.layout(request.body) } else { check.recordingUpdate(request.body) }
        if let field = check.broken { return .code(400, 2, "\(isLayout ? "UpdateLayout" : "Update"): invalid \(field) value!") }
        world.change(task.id) { task in
            if let isOnHold = request.body[path: "webRecordingConfig.onhold"]?.truth { task.recording?.isOnHold = isOnHold }
        }
        return APIAnswer(200, .identity(of: task))
    }

    private func stop(_ task: SimulatedTask, _ life: RecordingLife, waits: Bool, _ world: inout World, at now: Int64) -> APIAnswer {
        guard !life.isStopping else { return .code(400, 49, "invalid operation") }
        let hasFiles = (life.generations.first?.slicesFrom ?? now) < now
        guard hasFiles else {
            world.leave(task.id, .stopped, at: now)
            return .code(206, 435, "no recorded data")
        }
        guard waits else {
            world.change(task.id) { $0.recording?.isStopping = true }
            world.plan(.leaves(id: task.id), in: world.timing.stopping, from: now)
            return APIAnswer(200, JSONValue.identity(of: task).with(["serverResponse": ["uploadingStatus": "unknown"]]))
        }
        world.leave(task.id, .stopped, at: now)
        guard let ended = world.tasks[task.id] else { return GatewayText.answer(404, .cloudRecording) }
        var response = response(of: ended, world, at: now)
        response.set(nil, at: "status")
        response.set(nil, at: "sliceStartTime")
        if life.mode == "web" {
            let upload: JSONValue = ["serviceName": "upload_service", "payload": ["uploadingStatus": "uploaded"]]
            response.set(.array([upload] + (response["extensionServiceState"]?.elements ?? []).prefix(1)), at: "extensionServiceState")
        } else {
            response.set("uploaded", at: "uploadingStatus")
        }
        return APIAnswer(200, JSONValue.identity(of: task).with(["serverResponse": response]))
    }

    private func response(of task: SimulatedTask, _ world: World, at now: Int64) -> JSONValue {
        let files = world.files(of: task, at: now)
        let status: JSONValue = ["status": .integer(world.status(of: task, at: now))]
        guard let life = task.recording else { return status }
        if life.mode == "web" { return status.with(["extensionServiceState": .array(webState(of: task, life, files))]) }
        let hasNamesAlone = life.mode == "mix" && task.body[path: "recordingFileConfig.avFileType"]?.elements?.contains("mp4") != true
        let list: JSONValue = hasNamesAlone ? .string(files.first?.name ?? "") : .array(files.map { $0.json(startInMilliseconds: false) })
        var response = status.with(["fileListMode": hasNamesAlone ? "string" : "json", "fileList": list])
        if let start = files.last?.start { response.set(.integer(start), at: "sliceStartTime") }
        return response
    }

    private func webState(of task: SimulatedTask, _ life: RecordingLife, _ files: [RecordingFile]) -> [JSONValue] {
        let state: JSONValue = !task.isAlive ? "exit" : task.ranAt == nil ? "init" : "inProgress"
        let recorder: JSONValue = [
            "serviceName": "web_recorder_service",
            "payload": ["fileList": .array(files.map(\.webJSON)), "onhold": .bool(life.isOnHold), "state": state],
        ]
        let services = task.body[path: "extensionServiceConfig.extensionServices"]?.elements ?? []
        let outputs = services.filter { $0["serviceName"] == "rtmp_publish_service" }
            .flatMap { $0[path: "serviceParam.outputs"]?.elements ?? [] }
            .map { $0.with(["status": life.isOnHold ? "onhold" : "publishing"]) }
        guard !outputs.isEmpty else { return [recorder] }
        return [recorder, ["serviceName": "rtmp_publish_service", "payload": ["state": state, "outputs": .array(outputs)]]]
    }
}

extension JSONValue {
    fileprivate static func identity(of task: SimulatedTask) -> JSONValue {
        [
            "cname": .string(task.channel), "uid": .string(task.user ?? ""), "resourceId": .string(task.recording?.resourceID ?? ""),
            "sid": .string(task.id),
        ]
    }
}

extension Route.Operation {
    /// As the service's error texts begin.
    fileprivate var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
