/// Which operation a request asks for, and of what. Paths and methods are case-sensitive.
/// - SeeAlso: Agora, RESTful API of Media Push, Media Pull and Cloud Recording.
struct Route: Sendable, Equatable {
    enum Operation: String, Sendable, CaseIterable {
        case create, delete, update, get, list
        case acquire, start, query, updateLayout, stop
    }

    static let regions: Set<String> = ["cn", "ap", "na", "eu"]
    static let modes: Set<String> = ["individual", "mix", "web"]

    let service: AgoraService
    let operation: Operation
    let appID: String
    var region = ""
    /// Of the converter, player or recording.
    var id: String?
    /// Of a list of converters.
    var channel: String?
    var resourceID: String?
    var mode: String?

    /// Whether it changes something at Agora.
    var isMutating: Bool {
        switch operation {
        case .get, .list, .query: false
        default: true
        }
    }

    init(_ service: AgoraService, _ operation: Operation, appID: String) {
        self.service = service
        self.operation = operation
        self.appID = appID
    }

    /// Nil when nothing is served there.
    init?(_ call: APICall) {
        let path = call.path
        if path.count >= 5, path[0] == "v1", path[1] == "apps", path[3] == "cloud_recording" {
            self.init(recording: Array(path.dropFirst(4)), appID: path[2], method: call.method)
        } else if path.first == "v1" {
            self.init(list: Array(path.dropFirst()), method: call.method)
        } else if path.count >= 5, Self.regions.contains(path[0]), path[1] == "v1", path[2] == "projects" {
            self.init(task: Array(path.dropFirst(4)), appID: path[3], region: path[0], method: call.method)
        } else {
            return nil
        }
    }

    /// `projects/{app}/...` without a region.
    private init?(list path: [String], method: String) {
        guard method == "GET", path.count >= 3, path[0] == "projects" else { return nil }
        switch Array(path.dropFirst(2)) {
        case ["rtmp-converters"]: self.init(.mediaPush, .list, appID: path[1])
        case ["cloud-player", "players"]: self.init(.mediaPull, .list, appID: path[1])
        case let rest where rest.count == 3 && rest[0] == "channels" && rest[2] == "rtmp-converters":
            self.init(.mediaPush, .list, appID: path[1])
            channel = rest[1]
        default: return nil
        }
    }

    private init?(task path: [String], appID: String, region: String, method: String) {
        let service: AgoraService
        let rest: ArraySlice<String>
        if path.first == "rtmp-converters" {
            (service, rest) = (.mediaPush, path.dropFirst())
        } else if path.starts(with: ["cloud-player", "players"]) {
            (service, rest) = (.mediaPull, path.dropFirst(2))
        } else {
            return nil
        }
        guard rest.count <= 1 else { return nil }
        switch (method, rest.first) {
        case ("POST", nil): self.init(service, .create, appID: appID)
        case ("DELETE", .some): self.init(service, .delete, appID: appID)
        case ("PATCH", .some): self.init(service, .update, appID: appID)
        case ("GET", .some) where service == .mediaPush: self.init(service, .get, appID: appID)
        default: return nil
        }
        self.region = region
        id = rest.first
    }

    private init?(recording path: [String], appID: String, method: String) {
        if method == "POST", path == ["acquire"] {
            self.init(.cloudRecording, .acquire, appID: appID)
            return
        }
        guard path.count >= 5, path[0] == "resourceid", let last = path.last, let operation = Operation(rawValue: last) else { return nil }
        let rest = Array(path.dropFirst(2).dropLast())
        switch (method, operation) {
        case ("POST", .start) where rest.count == 2 && rest[0] == "mode": self.init(.cloudRecording, .start, appID: appID)
        case ("GET", .query), ("POST", .update), ("POST", .updateLayout), ("POST", .stop):
            guard rest.count == 4, rest[0] == "sid", rest[2] == "mode" else { return nil }
            self.init(.cloudRecording, operation, appID: appID)
            id = rest[1]
        default: return nil
        }
        guard let mode = rest.last, Self.modes.contains(mode), operation != .updateLayout || mode == "mix" else { return nil }
        self.mode = mode
        resourceID = path[1]
    }
}
