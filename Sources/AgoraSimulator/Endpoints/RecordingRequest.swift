/// The body that all calls of Cloud Recording have.
struct RecordingRequest: Sendable {
    let cname: String
    /// A number as text.
    let uid: String
    /// `clientRequest`.
    let body: JSONValue

    init?(_ bytes: [UInt8]) {
        guard let request = try? JSONValue(parsing: bytes), let cname = request["cname"]?.text, let uid = request["uid"]?.text,
            let body = request["clientRequest"], body.members != nil
        else { return nil }
        self.cname = cname
        self.uid = uid
        self.body = body
    }
}

/// The rules of a recording.
/// - SeeAlso: Agora, Cloud Recording, RESTful API.
extension FieldCheck {
    mutating func acquisition(_ request: RecordingRequest) {
        require(UInt32(request.uid).map { $0 > 0 && String($0) == request.uid } ?? false, "uid")
        whole(request.body["scene"], 0...2, "scene")
        whole(request.body["resourceExpiredHour"], 1...720, "resourceExpiredHour")
        oneOf(request.body["region"], ["CN", "AP", "EU", "NA"], "region")
        let others = request.body["excludeResourceIds"]
        require(others == nil || others?.elements?.allSatisfy { $0.text != nil } == true, "excludeResourceIds")
    }

    mutating func recording(_ body: JSONValue, _ mode: String) {
        if let config = body["recordingConfig"] { self.config(config, mode) }
        if let types = body[path: "recordingFileConfig.avFileType"] {
            require([["hls"], ["hls", "mp4"], ["mp4", "hls"]].contains(types), "avFileType")
        }
        whole(body[path: "snapshotConfig.captureInterval"], 1...3600, "captureInterval")
        require(body["snapshotConfig"] == nil || mode == "individual", "snapshotConfig")
        require(body["storageConfig"]?.members != nil, "storageConfig")
        storage(body["storageConfig"] ?? [:])
        require((mode == "web") == (body["extensionServiceConfig"] != nil), "extensionServiceConfig")
        for service in body[path: "extensionServiceConfig.extensionServices"]?.elements ?? [] { webService(service) }
    }

    mutating func recordingUpdate(_ body: JSONValue) {
        require(body.members?.isEmpty == false, "clientRequest")
        only(body, ["streamSubscribe", "webRecordingConfig", "rtmpPublishConfig", "storageConfig"], "")
        truth(body[path: "webRecordingConfig.onhold"], "onhold")
        if let outputs = body[path: "rtmpPublishConfig.outputs"] {
            require(outputs.elements?.count == 1, "outputs")
            address(outputs.elements?.first?["rtmpUrl"], schemes: ["rtmp", "rtmps"], "rtmpUrl")
        }
        if let storage = body["storageConfig"] { self.storage(storage) }
    }

    mutating func layout(_ body: JSONValue) {
        whole(body["mixedVideoLayout"], 0...3, "mixedVideoLayout")
        require(body["mixedVideoLayout"] != 3 || body["layoutConfig"]?.elements?.isEmpty == false, "layoutConfig")
        for element in body["layoutConfig"]?.elements ?? [] {
            for key in ["x_axis", "y_axis", "width", "height"] { require(element[key]?.real.map { 0...1 ~= $0 } ?? false, key) }
        }
    }

    private mutating func config(_ config: JSONValue, _ mode: String) {
        whole(config["channelType"], 0...1, "channelType")
        whole(config["streamTypes"], 0...2, "streamTypes")
        whole(config["videoStreamType"], 0...1, "videoStreamType")
        whole(config["maxIdleTime"], 5...2_592_000, "maxIdleTime")
        whole(config["decryptionMode"], 0...8, "decryptionMode")
        whole(config["subscribeUidGroup"], 0...5, "subscribeUidGroup")
        whole(config["audioProfile"], 0...2, "audioProfile")
        oneOf(config["streamMode"], ["default", "standard", "original"], "streamMode")
        for key in ["subscribeAudioUids", "unsubscribeAudioUids", "subscribeVideoUids", "unsubscribeVideoUids"] {
            guard let users = config[key] else { continue }
            require(users.elements.map { $0.count <= 32 && $0.allSatisfy { $0.text != nil } } ?? false, key)
        }
        require(config["transcodingConfig"] == nil || mode == "mix", "transcodingConfig")
        whole(config[path: "transcodingConfig.mixedVideoLayout"], 0...3, "mixedVideoLayout")
    }

    private mutating func storage(_ storage: JSONValue) {
        require(storage["vendor"] != nil, "vendor")
        oneOf(storage["vendor"], [1, 2, 3, 5, 6, 7, 8, 11], "vendor")
        require(storage["region"]?.whole != nil, "region")
        for key in ["bucket", "accessKey", "secretKey"] { require(storage[key]?.text?.isEmpty == false, key) }
        guard let folders = storage["fileNamePrefix"] else { return }
        let names = (folders.elements ?? []).compactMap(\.text)
        let isPlain = names.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
        require(names.count == folders.elements?.count && isPlain && names.joined(separator: "/").count <= 128, "fileNamePrefix")
    }

    private mutating func webService(_ service: JSONValue) {
        oneOf(service["serviceName"] ?? "", ["web_recorder_service", "rtmp_publish_service"], "serviceName")
        let parameters = service["serviceParam"] ?? [:]
        if service["serviceName"] == "web_recorder_service" { require(parameters["url"]?.text?.isEmpty == false, "url") }
        whole(parameters["maxRecordingHour"], 1...720, "maxRecordingHour")
        whole(parameters["videoFps"], 5...60, "videoFps")
        whole(parameters["maxVideoDuration"], 30...240, "maxVideoDuration")
        whole(parameters["readyTimeout"], 0...60, "readyTimeout")
        for output in parameters["outputs"]?.elements ?? [] {
            require(output["rtmpUrl"] != nil, "rtmpUrl")
            address(output["rtmpUrl"], schemes: ["rtmp", "rtmps"], "rtmpUrl")
        }
    }
}
