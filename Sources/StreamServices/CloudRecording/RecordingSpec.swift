/// What a recording is to do, as the `clientRequest` of `start` takes it. Fields have the vendor's own names; those left out have its
/// defaults. It holds keys to storage and channel: never to be logged.
/// - SeeAlso: Agora, Cloud Recording, RESTful API, start.
package struct RecordingSpec: Codable, Sendable, Equatable {
    /// Not renewable: it must outlive the recording.
    package var token: String?
    package var recordingConfig: RecordingConfig?
    package var recordingFileConfig: RecordingFileConfig?
    package var snapshotConfig: SnapshotConfig?
    package var storageConfig: StorageConfig
    /// Web page mode only.
    package var extensionServiceConfig: ExtensionServiceConfig?

    package struct RecordingConfig: Codable, Sendable, Equatable {
        /// 0 communication, 1 live broadcasting.
        package var channelType: Int?
        /// 0 audio, 1 video, 2 both.
        package var streamTypes: Int?
        package var videoStreamType: Int?
        /// Seconds without users after which the recording ends.
        package var maxIdleTime: Int?
        package var decryptionMode: Int?
        package var secret: String?
        package var salt: String?
        package var subscribeAudioUids: [String]?
        package var unsubscribeAudioUids: [String]?
        package var subscribeVideoUids: [String]?
        package var unsubscribeVideoUids: [String]?
        package var subscribeUidGroup: Int?
        package var streamMode: String?
        package var audioProfile: Int?
        package var transcodingConfig: TranscodingConfig?
    }

    package struct TranscodingConfig: Codable, Sendable, Equatable {
        package var width: Int?
        package var height: Int?
        package var fps: Int?
        /// kbit/s.
        package var bitrate: Int?
        package var maxResolutionUid: String?
        package var mixedVideoLayout: Int?
        package var backgroundColor: String?
        package var backgroundImage: String?
        package var defaultUserBackgroundImage: String?
        package var layoutConfig: [RecordingLayout.Element]?
        package var backgroundConfig: [RecordingLayout.Background]?
    }

    package struct RecordingFileConfig: Codable, Sendable, Equatable {
        package var avFileType: [String]?
    }

    package struct SnapshotConfig: Codable, Sendable, Equatable {
        /// Seconds.
        package var captureInterval: Int?
        package var fileType: [String]?
    }

    package struct StorageConfig: Codable, Sendable, Equatable {
        package var vendor: Int
        package var region: Int
        package var bucket: String
        package var accessKey: String
        package var secretKey: String
        package var stsToken: String?
        /// Seconds.
        package var stsExpiration: Int?
        package var fileNamePrefix: [String]?
        package var extensionParams: ExtensionParams?
    }

    package struct ExtensionParams: Codable, Sendable, Equatable {
        package var sse: String?
        package var tag: String?
        package var endpoint: String?
    }

    package struct ExtensionServiceConfig: Codable, Sendable, Equatable {
        package var errorHandlePolicy: String?
        package var extensionServices: [ExtensionService]
    }

    package struct ExtensionService: Codable, Sendable, Equatable {
        package var serviceName: String
        package var errorHandlePolicy: String?
        package var serviceParam: ServiceParam
    }

    package struct ServiceParam: Codable, Sendable, Equatable {
        package var url: String?
        package var audioProfile: Int?
        package var videoWidth: Int?
        package var videoHeight: Int?
        package var maxRecordingHour: Int?
        package var videoBitrate: Int?
        package var videoFps: Int?
        package var mobile: Bool?
        package var maxVideoDuration: Int?
        package var onhold: Bool?
        package var readyTimeout: Int?
        package var outputs: [Output]?
    }

    package struct Output: Codable, Sendable, Equatable {
        package var rtmpUrl: String
    }
}

/// The pictures of a composite recording.
/// - SeeAlso: Agora, Cloud Recording, RESTful API, updateLayout.
package struct RecordingLayout: Codable, Sendable, Equatable {
    package var maxResolutionUid: String?
    package var mixedVideoLayout: Int?
    package var backgroundColor: String?
    package var backgroundImage: String?
    package var defaultUserBackgroundImage: String?
    package var layoutConfig: [Element]?
    package var backgroundConfig: [Background]?

    package struct Element: Codable, Sendable, Equatable {
        package var uid: String?
        package var x_axis: Double
        package var y_axis: Double
        package var width: Double
        package var height: Double
        package var alpha: Double?
        package var render_mode: Int?
    }

    package struct Background: Codable, Sendable, Equatable {
        package var uid: String
        package var image_url: String
        package var render_mode: Int?
    }
}
