/// What a converter is to do, as Create and Update take it. Fields have the vendor's own names; those left out have its defaults.
/// - SeeAlso: Agora, Media Push, RESTful API, create a converter.
package struct ConverterSpec: Codable, Sendable, Equatable {
    /// Unique among the live converters of the project: the guard against doubles.
    package var name: String?
    /// For a converter that transcodes; it excludes `rawOptions`.
    package var transcodeOptions: TranscodeOptions?
    /// For a converter that passes one user's stream on as it is.
    package var rawOptions: RawOptions?
    /// The address at the CDN. It holds the stream's key: never to be logged as it is.
    package var rtmpUrl: String?
    /// Seconds without users after which the converter ends itself.
    package var idleTimeout: Int?
    /// Milliseconds, rounded up to hundreds by the service.
    package var jitterBufferSizeMs: Int?

    package init(
        name: String? = nil, transcodeOptions: TranscodeOptions? = nil, rawOptions: RawOptions? = nil, rtmpUrl: String? = nil,
        idleTimeout: Int? = nil
    ) {
        self.name = name
        self.transcodeOptions = transcodeOptions
        self.rawOptions = rawOptions
        self.rtmpUrl = rtmpUrl
        self.idleTimeout = idleTimeout
    }

    package struct RawOptions: Codable, Sendable, Equatable {
        package var rtcChannel: String
        package var rtcStreamUid: UInt32

        package init(rtcChannel: String, rtcStreamUid: UInt32) {
            self.rtcChannel = rtcChannel
            self.rtcStreamUid = rtcStreamUid
        }
    }

    package struct TranscodeOptions: Codable, Sendable, Equatable {
        package var rtcChannel: String?
        package var audioOptions: AudioOptions?
        package var videoOptions: VideoOptions?
    }

    package struct AudioOptions: Codable, Sendable, Equatable {
        package var codecProfile: String?
        /// Hz.
        package var sampleRate: Int?
        /// kbit/s.
        package var bitrate: Int?
        package var audioChannels: Int?
        /// Nil for everybody, empty for nobody.
        package var rtcStreamUids: [UInt32]?
        /// Each Update sets those that it leaves out back to 100.
        package var volumes: [Volume]?
    }

    package struct Volume: Codable, Sendable, Equatable {
        package var rtcStreamUid: UInt32
        package var volume: Int
    }

    package struct VideoOptions: Codable, Sendable, Equatable {
        package var canvas: Canvas?
        /// 0 custom, 1 vertical.
        package var layoutType: Int?
        package var layout: [Element]?
        package var vertical: Vertical?
        package var defaultPlaceholderImageUrl: String?
        /// kbit/s.
        package var bitrate: Int?
        package var frameRate: Int?
        package var gop: Int?
        package var codec: String?
        package var codecProfile: String?
        package var seiOptions: SEIOptions?
    }

    package struct Canvas: Codable, Sendable, Equatable {
        package var width: Int
        package var height: Int
        package var color: Int?
    }

    /// A user's view (`rtcStreamUid`) or a picture (`imageUrl`).
    package struct Element: Codable, Sendable, Equatable {
        package var rtcStreamUid: UInt32?
        package var imageUrl: String?
        package var placeholderImageUrl: String?
        package var region: Region
        package var fillMode: String?
    }

    package struct Region: Codable, Sendable, Equatable {
        package var xPos: Int
        package var yPos: Int
        package var zIndex: Int
        package var width: Int
        package var height: Int
    }

    package struct Vertical: Codable, Sendable, Equatable {
        package var maxResolutionUid: UInt32?
        package var fillMode: String?
        package var refreshIntervalSec: Int?
    }

    package struct SEIOptions: Codable, Sendable, Equatable {
        package struct Source: Codable, Sendable, Equatable {
            package var metadata: Bool?
            package var datastream: Bool?
            package var customized: Customized?
        }

        package struct Customized: Codable, Sendable, Equatable {
            package var prefixForAgoraSei: String?
            package var payload: String?
        }

        package struct Sink: Codable, Sendable, Equatable {
            package var type: Int?
        }

        package var source: Source?
        package var sink: Sink?
    }
}
