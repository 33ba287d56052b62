/// What the services tell of a task, before it is sent.
struct Notice: Sendable {
    let service: AgoraService
    /// Its meaning depends on the service.
    let type: Int64
    /// The task's id, or sid.
    let task: String
    /// When it happened, Unix milliseconds.
    let at: Int64
    var payload: JSONValue
}

/// The payloads of converters and players, in the documented shapes.
/// - SeeAlso: Agora, Media Push and Media Pull, notification callbacks.
extension Notice {
    static func created(_ task: SimulatedTask, requestID: String, at now: Int64) -> Notice {
        var more: [String: JSONValue] = ["id": .string(task.id), "name": .string(task.name), "createTs": .integer(task.born / 1000)]
        if task.service == .mediaPush {
            more["updateTs"] = .integer(task.updated / 1000)
            more["state"] = .string(task.state)
        } else {
            more["status"] = .string(task.state)
            if let uid = task.user.flatMap({ Int64($0) }), task.body["account"] == nil { more["uid"] = .integer(uid) }
        }
        return Notice(task, 1, ["xRequestId": .string(requestID)], task.body.with(more), at: now)
    }

    static func updated(_ task: SimulatedTask, with new: JSONValue, paths: [String], requestID: String, at now: Int64) -> Notice {
        var converter = converterHead(task).with(["state": .string(task.state)])
        for path in paths { converter.set(new[path: path], at: path) }
        if paths.contains(where: { $0.hasPrefix("transcodeOptions") }) {
            converter.set(.string(task.channel), at: "transcodeOptions.rtcChannel")
        }
        let fields = (["id", "createTs", "updateTs", "state"] + paths).joined(separator: ",")
        return Notice(task, 2, ["fields": .string(fields), "xRequestId": .string(requestID)], converter, at: now)
    }

    static func state(_ task: SimulatedTask, _ state: String, at now: Int64) -> Notice {
        if task.service == .mediaPush {
            return Notice(task, 3, ["fields": "id,createTs,updateTs,state"], converterHead(task).with(["state": .string(state)]), at: now)
        }
        let fields: JSONValue = "player.name,player.channelName,player.id,player.status"
        return Notice(task, 4, ["fields": fields], playerHead(task).with(["status": .string(state)]), at: now)
    }

    static func destroyed(_ task: SimulatedTask, reason: String, at now: Int64) -> Notice {
        if task.service == .mediaPush {
            let converter = converterHead(task).with(["name": .string(task.name)])
            return Notice(task, 4, ["fields": "id,name,createTs,updateTs", "destroyReason": .string(reason)], converter, at: now)
        }
        let fields: JSONValue = "player.name,player.channelName,player.id"
        return Notice(task, 3, ["fields": fields, "destroyReason": .string(reason)], playerHead(task), at: now)
    }

    private init(_ task: SimulatedTask, _ type: Int64, _ more: [String: JSONValue], _ subject: JSONValue, at now: Int64) {
        let key = task.service == .mediaPush ? "converter" : "player"
        let payload = JSONValue.object(more).with(["lts": .integer(now), key: subject])
        self.init(service: task.service, type: type, task: task.id, at: now, payload: payload)
    }

    private static func converterHead(_ task: SimulatedTask) -> JSONValue {
        ["id": .string(task.id), "createTs": .integer(task.born / 1000), "updateTs": .integer(task.updated / 1000)]
    }

    private static func playerHead(_ task: SimulatedTask) -> JSONValue {
        ["channelName": .string(task.channel), "id": .string(task.id), "name": .string(task.name)]
    }
}
