/// The documented rules of a recording.
/// - SeeAlso: Agora, Cloud Recording, RESTful API; best practices.
extension CallRules {
    mutating func identity(_ identity: RecordingIdentity) {
        channel(identity.cname, "cname")
        let number = UInt32(identity.uid)
        require(number.map { $0 > 0 && "\($0)" == identity.uid } ?? false, "uid", "must be a whole number of 1...4294967295 as text")
    }

    mutating func recording(_ spec: RecordingSpec, _ mode: RecordingMode) {
        if let token = spec.token {
            require(!token.isEmpty, "token", "must not be empty; leave it out for a project without a certificate")
        }
        if let config = spec.recordingConfig { part("recordingConfig") { $0.config(config, mode) } }
        if let types = spec.recordingFileConfig?.avFileType {
            let isGood = types == ["hls"] || Set(types) == ["hls", "mp4"] && types.count == 2
            require(isGood, "recordingFileConfig.avFileType", "must be [\"hls\"] or [\"hls\",\"mp4\"]")
        }
        range(spec.snapshotConfig?.captureInterval, 1...3600, "snapshotConfig.captureInterval")
        require(spec.snapshotConfig == nil || mode == .individual, "snapshotConfig", "belongs to individual mode")
        part("storageConfig") { $0.storage(spec.storageConfig) }
        require(
            (mode == .web) == (spec.extensionServiceConfig != nil), "extensionServiceConfig", "belongs to web page mode, which needs it")
        for service in spec.extensionServiceConfig?.extensionServices ?? [] {
            part("extensionServiceConfig.extensionServices") { $0.webService(service) }
        }
    }

    mutating func layout(_ layout: RecordingLayout) {
        range(layout.mixedVideoLayout, 0...3, "mixedVideoLayout")
        require(
            layout.mixedVideoLayout != 3 || layout.layoutConfig?.isEmpty == false, "layoutConfig", "is needed with `mixedVideoLayout` 3")
        for element in layout.layoutConfig ?? [] {
            let numbers = [
                (element.x_axis, "x_axis"), (element.y_axis, "y_axis"), (element.width, "width"), (element.height, "height"),
                (element.alpha ?? 1, "alpha"),
            ]
            for (number, field) in numbers { range(number, 0...1, "layoutConfig.\(field)") }
        }
    }

    private mutating func config(_ config: RecordingSpec.RecordingConfig, _ mode: RecordingMode) {
        range(config.channelType, 0...1, "channelType")
        range(config.streamTypes, 0...2, "streamTypes")
        range(config.videoStreamType, 0...1, "videoStreamType")
        range(config.maxIdleTime, 5...2_592_000, "maxIdleTime")
        range(config.decryptionMode, 0...8, "decryptionMode")
        range(config.subscribeUidGroup, 0...5, "subscribeUidGroup")
        range(config.audioProfile, 0...2, "audioProfile")
        oneOf(config.streamMode, ["default", "standard", "original"], "streamMode")
        let lists = [
            (config.subscribeAudioUids, "subscribeAudioUids"), (config.unsubscribeAudioUids, "unsubscribeAudioUids"),
            (config.subscribeVideoUids, "subscribeVideoUids"), (config.unsubscribeVideoUids, "unsubscribeVideoUids"),
        ]
        for (list, field) in lists { require((list?.count ?? 0) <= 32, field, "has 32 users at most") }
        require(config.transcodingConfig == nil || mode == .mix, "transcodingConfig", "belongs to composite mode")
        if let transcoding = config.transcodingConfig {
            range(transcoding.mixedVideoLayout, 0...3, "transcodingConfig.mixedVideoLayout")
        }
    }

    private mutating func storage(_ storage: RecordingSpec.StorageConfig) {
        oneOf(storage.vendor, [1, 2, 3, 5, 6, 7, 8, 11], "vendor")
        for (text, field) in [(storage.bucket, "bucket"), (storage.accessKey, "accessKey"), (storage.secretKey, "secretKey")] {
            require(!text.isEmpty, field, "must not be empty")
        }
        let folders = storage.fileNamePrefix ?? []
        let isPlain = folders.allSatisfy { folder in
            !folder.isEmpty && folder.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 }
        }
        let length = folders.reduce(0) { $0 + $1.utf8.count + 1 } - (folders.isEmpty ? 0 : 1)
        require(isPlain && length <= 128, "fileNamePrefix", "must be folders of letters and digits, 128 characters in all")
    }

    private mutating func webService(_ service: RecordingSpec.ExtensionService) {
        oneOf(service.serviceName, ["web_recorder_service", "rtmp_publish_service"], "serviceName")
        let param = service.serviceParam
        if service.serviceName == "web_recorder_service" { require(param.url?.isEmpty == false, "serviceParam.url", "is needed") }
        range(param.maxRecordingHour, 1...720, "serviceParam.maxRecordingHour")
        range(param.videoFps, 5...60, "serviceParam.videoFps")
        range(param.maxVideoDuration, 30...240, "serviceParam.maxVideoDuration")
        range(param.readyTimeout, 0...60, "serviceParam.readyTimeout")
        for output in param.outputs ?? [] { address(output.rtmpUrl, schemes: ["rtmp", "rtmps"], "serviceParam.outputs.rtmpUrl") }
    }
}
