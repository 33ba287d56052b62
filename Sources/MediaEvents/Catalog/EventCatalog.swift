/// The event types that the decoder knows.
public struct EventCatalog: Sendable {
    /// One event type: what `event list` shows, and how a body becomes one.
    public struct Entry: Sendable {
        public let type: EventType
        /// The field that holds the subject id.
        public let subjectKey: String
        public let summary: String
        /// A valid body, as JSON text.
        public let sample: String
        public let event: any MediaEvent.Type
        let read: @Sendable (JSONNode) throws(UndecodableBody) -> any MediaEvent

        init<Event: CatalogEvent>(_ event: Event.Type) {
            type = Event.type
            subjectKey = Event.subjectKey
            summary = Event.summary
            sample = Event.sample
            self.event = event
            read = { (object: JSONNode) throws(UndecodableBody) -> any MediaEvent in try Event(Fields<Event.CodingKeys>(object)) }
        }
    }

    /// Every event type of this module. A new type is written in a file of its own and named here.
    public static let standard = EventCatalog(vod + agora + own)

    private static let vod: [any CatalogEvent.Type] = [
        FileUploadComplete.self,
        ImageUploadComplete.self,
        AttachedMediaUploadComplete.self,
        UploadByURLComplete.self,
        VideoAnalysisComplete.self,
        StreamTranscodeComplete.self,
        TranscodeComplete.self,
        SnapshotComplete.self,
        DynamicImageComplete.self,
        AddLiveRecordVideoComplete.self,
        LiveRecordVideoComposeStart.self,
        AIMediaAuditComplete.self,
        AIMediaDNAComplete.self,
        AIVideoTagComplete.self,
        CreateAuditComplete.self,
        ProduceMediaComplete.self,
        DeleteMediaComplete.self,
        MediaBaseChangeComplete.self,
        UpdateMediaStorageClassComplete.self,
        RestoreMediaComplete.self,
        SubmitMediaRefreshComplete.self,
        WorkflowTaskComplete.self,
    ]

    private static let agora: [any CatalogEvent.Type] =
        [
            AgoraNotice<MediaPushCreated>.self,
            AgoraNotice<MediaPushUpdated>.self,
            AgoraNotice<MediaPushStateChanged>.self,
            AgoraNotice<MediaPushDestroyed>.self,
            AgoraNotice<MediaPullCreated>.self,
            AgoraNotice<MediaPullDestroyed>.self,
            AgoraNotice<MediaPullStatusChanged>.self,
        ] + RecordingCatalog.events + [
            AgoraNotice<RTCChannelPayload<ChannelCreated>>.self,
            AgoraNotice<RTCChannelPayload<ChannelDestroyed>>.self,
            AgoraNotice<RTCChannelPayload<HostJoined>>.self,
            AgoraNotice<RTCChannelPayload<HostLeft>>.self,
            AgoraNotice<RTCChannelPayload<AudienceJoined>>.self,
            AgoraNotice<RTCChannelPayload<AudienceLeft>>.self,
            AgoraNotice<RTCChannelPayload<UserJoined>>.self,
            AgoraNotice<RTCChannelPayload<UserLeft>>.self,
            AgoraNotice<RTCChannelPayload<BecameHost>>.self,
            AgoraNotice<RTCChannelPayload<BecameAudience>>.self,
        ]

    private static let own: [any CatalogEvent.Type] = [
        StreamNotice<StreamRoleChanged>.self,
        StreamNotice<StreamBadAddress>.self,
        StreamNotice<StreamForeignName>.self,
        StreamNotice<StreamRefused>.self,
        StreamNotice<StreamTooManyReplacements>.self,
        StreamNotice<StreamOutage>.self,
        StreamNotice<StreamRecordingLost>.self,
    ]

    /// VOD in its vendor's order, then Agora by product, then our own.
    public let entries: [Entry]
    private let indexes: [EventType: Int]

    /// A catalogue of some types only; of two with the same name the first one counts.
    public init(_ events: [any CatalogEvent.Type]) {
        entries = events.map { Self.entry($0) }
        indexes = Dictionary(entries.enumerated().map { ($1.type, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public var allTypes: [EventType] { entries.map(\.type) }

    public subscript(type: EventType) -> Entry? { indexes[type].map { entries[$0] } }

    private static func entry<Event: CatalogEvent>(_ event: Event.Type) -> Entry { Entry(event) }
}
