/// The calls of Cloud Recording, each checked by the documented rules before it is made.
/// - SeeAlso: Agora, Cloud Recording, RESTful API.
package struct CloudRecordingCalls: Sendable {
    private let appID: String

    package init(appID: String) { self.appID = appID }

    private struct Body<Request: Encodable>: Encodable {
        let cname: String
        let uid: String
        let clientRequest: Request
    }

    /// The `clientRequest` of `acquire`.
    package struct Acquiring: Codable, Sendable, Equatable {
        /// 0 real-time, 1 web page, 2 postponed transcoding.
        package var scene: Int?
        /// Hours from the start in which the other calls can be made, 1...720.
        package var resourceExpiredHour: Int?
        /// Recordings of the same channel that this one must not share a fate with.
        package var excludeResourceIds: [String]?
        /// `CN`, `AP`, `EU` or `NA`: where data may go.
        package var region: String?

        package init(scene: Int? = nil, resourceExpiredHour: Int? = nil, excludeResourceIds: [String]? = nil, region: String? = nil) {
            self.scene = scene
            self.resourceExpiredHour = resourceExpiredHour
            self.excludeResourceIds = excludeResourceIds
            self.region = region
        }
    }

    package func acquire(_ identity: RecordingIdentity, _ acquiring: Acquiring) throws(InvalidCall) -> AgoraCall {
        try call("acquire", "/acquire", identity, acquiring, .harmless) { rules in
            rules.range(acquiring.scene, 0...2, "scene")
            rules.range(acquiring.resourceExpiredHour, 1...720, "resourceExpiredHour")
            rules.oneOf(acquiring.region, ["CN", "AP", "EU", "NA"], "region")
        }
    }

    /// - Parameter resourceID: Of an `acquire` at most 5 minutes ago; 2 s are advised.
    package func start(
        _ identity: RecordingIdentity, resourceID: String, _ mode: RecordingMode, _ spec: RecordingSpec
    ) throws(InvalidCall) -> AgoraCall {
        let path = "/resourceid/\(PercentText.encoded(resourceID))/mode/\(mode.rawValue)/start"
        return try call("start", path, identity, spec, .looksFirst) { rules in
            rules.require(!resourceID.isEmpty, "resourceId", "is needed")
            rules.recording(spec, mode)
        }
    }

    package func query(_ recording: RecordingHandle) -> AgoraCall {
        AgoraCall(
            service: .cloudRecording, operation: "query", method: "GET", path: base + tail(recording, recording.mode, "query"),
            repeating: .harmless, rates: [.cloudRecording])
    }

    /// What `update` can change, one thing or several at a time.
    package struct Change: Codable, Sendable, Equatable {
        package struct Subscription: Codable, Sendable, Equatable {
            package struct AudioUidList: Codable, Sendable, Equatable {
                package var subscribeAudioUids: [String]?
                package var unsubscribeAudioUids: [String]?
            }

            package struct VideoUidList: Codable, Sendable, Equatable {
                package var subscribeVideoUids: [String]?
                package var unsubscribeVideoUids: [String]?
            }

            package var audioUidList: AudioUidList?
            package var videoUidList: VideoUidList?
        }

        package struct WebRecordingConfig: Codable, Sendable, Equatable {
            package var onhold: Bool
        }

        package struct RTMPPublishConfig: Codable, Sendable, Equatable {
            package var outputs: [RecordingSpec.Output]
        }

        package var streamSubscribe: Subscription?
        package var webRecordingConfig: WebRecordingConfig?
        package var rtmpPublishConfig: RTMPPublishConfig?
        /// With a new `stsToken`, hourly; the rest as it was.
        package var storageConfig: RecordingSpec.StorageConfig?

        package init() {}
    }

    package func update(_ recording: RecordingHandle, _ change: Change) throws(InvalidCall) -> AgoraCall {
        try call("update", tail(recording, recording.mode, "update"), recording.identity, change, .harmless) { rules in
            rules.require(change != Change(), "streamSubscribe", "or something else has to change")
            rules.require((change.rtmpPublishConfig?.outputs.count ?? 1) == 1, "rtmpPublishConfig.outputs", "has one stream")
            for output in change.rtmpPublishConfig?.outputs ?? [] {
                rules.address(output.rtmpUrl, schemes: ["rtmp", "rtmps"], "rtmpPublishConfig.outputs.rtmpUrl")
            }
        }
    }

    /// Everything that the layout leaves out falls back to its default.
    package func updateLayout(_ recording: RecordingHandle, _ layout: RecordingLayout) throws(InvalidCall) -> AgoraCall {
        try call("updateLayout", tail(recording, .mix, "updateLayout"), recording.identity, layout, .harmless) { rules in
            rules.require(recording.mode == .mix, "mode", "must be mix: other recordings have no layout")
            rules.layout(layout)
        }
    }

    /// - Parameter waits: For the upload, about 20 s at most.
    package func stop(_ recording: RecordingHandle, waits: Bool = false) throws(InvalidCall) -> AgoraCall {
        struct Stop: Encodable { let async_stop: Bool }
        let path = tail(recording, recording.mode, "stop")
        return try call("stop", path, recording.identity, Stop(async_stop: !waits), .harmless) { _ in }
    }

    private var base: String { "/v1/apps/\(PercentText.encoded(appID))/cloud_recording" }

    private func tail(_ recording: RecordingHandle, _ mode: RecordingMode, _ operation: String) -> String {
        let (resource, sid) = (PercentText.encoded(recording.resourceID), PercentText.encoded(recording.sid))
        return "/resourceid/\(resource)/sid/\(sid)/mode/\(mode.rawValue)/\(operation)"
    }

    private func call(
        _ operation: String, _ path: String, _ identity: RecordingIdentity, _ request: some Encodable, _ repeating: AgoraCall.Repeating,
        _ check: (inout CallRules) -> Void
    ) throws(InvalidCall) -> AgoraCall {
        var rules = CallRules()
        rules.identity(identity)
        rules.part("clientRequest", check)
        try rules.finish("Cloud Recording \(operation)")
        return AgoraCall(
            service: .cloudRecording, operation: operation, method: "POST", path: base + path,
            body: RequestJSON.bytes(Body(cname: identity.cname, uid: identity.uid, clientRequest: request)), repeating: repeating,
            rates: [.cloudRecording])
    }
}
