/// A converter was created: `Create` succeeded.
/// - SeeAlso: Agora, Media Push, notifications, Converter Created.
public struct MediaPushCreated: AgoraPayload {
    public static let product = AgoraProduct.mediaPush
    public static let event: Int64 = 1
    public static let subjectKey = "converter.id"
    public static let summary = "a converter was created"

    /// Whole, as it was asked for.
    public var converter: Converter
    /// Time of the event at the server: Unix milliseconds by the text, seconds in Agora's samples. See `order`.
    public var lts: Int64?
    /// The `X-Request-ID` of the call that caused the event.
    public var xRequestID: String?

    public var subject: String { converter.id }
    public var order: AgoraOrder? { lts.map { AgoraOrder(milliseconds: AgoraTime.milliseconds($0)) } }
    public var contentKey: String { Converter.contentKey(converter, lts, nil, xRequestID) }

    public enum CodingKeys: String, CodingKey {
        case converter, lts
        case xRequestID = "xRequestId"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        converter = try fields.part(.converter, of: Converter.self)
        lts = fields.long(.lts)
        xRequestID = fields.text(.xRequestID)
    }

    public static let sample = #"""
        {
          "converter": {
            "id": "4c014467d647bb87b60b719f6fa57686",
            "name": "show68_vertical",
            "transcodeOptions": {
              "rtcChannel": "show68",
              "audioOptions": {
                "codecProfile": "HE-AAC",
                "sampleRate": 48000,
                "bitrate": 128,
                "audioChannels": 1,
                "rtcStreamUids": [201, "alice"]
              },
              "videoOptions": {
                "canvas": { "width": 360, "height": 640, "color": 0 },
                "layout": [
                  {
                    "rtcStreamUid": 201,
                    "region": { "xPos": 0, "yPos": 0, "zIndex": 1, "width": 360, "height": 320 },
                    "placeholderImageUrl": "http://example.com/host_placeholder.jpg"
                  },
                  {
                    "imageUrl": "http://example.com/watermark.jpg",
                    "region": { "xPos": 0, "yPos": 0, "zIndex": 2, "width": 36, "height": 64 }
                  }
                ],
                "codecProfile": "High",
                "frameRate": 15,
                "bitrate": 400,
                "seiOptions": {}
              }
            },
            "rtmpUrl": "rtmp://example.com/live/show68",
            "idleTimeout": 300,
            "createTs": 1603456600,
            "updateTs": 1603456600,
            "state": "connecting"
          },
          "lts": 1603456600041,
          "xRequestId": "7bbcc8a4acce48c78b53c5a261a8a564"
        }
        """#
}

/// The configuration of a converter changed: `Update` succeeded. `fields` says which parts of it are here.
/// - SeeAlso: Agora, Media Push, notifications, ConverterUpdatedEvent.
public struct MediaPushUpdated: AgoraPayload {
    public static let product = AgoraProduct.mediaPush
    public static let event: Int64 = 2
    public static let subjectKey = "converter.id"
    public static let summary = "the configuration of a converter changed"

    public var converter: Converter
    /// As in `MediaPushCreated`.
    public var lts: Int64?
    /// The `X-Request-ID` of the call that caused the event.
    public var xRequestID: String?
    /// Comma-separated names of the members of `converter` that are here: `id,updateTs,rtmpUrl`, also paths.
    public var fields: String?

    public var subject: String { converter.id }
    public var order: AgoraOrder? { lts.map { AgoraOrder(milliseconds: AgoraTime.milliseconds($0)) } }
    public var contentKey: String { Converter.contentKey(converter, lts, fields, xRequestID) }

    public enum CodingKeys: String, CodingKey {
        case converter, lts, fields
        case xRequestID = "xRequestId"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        converter = try fields.part(.converter, of: Converter.self)
        lts = fields.long(.lts)
        xRequestID = fields.text(.xRequestID)
        self.fields = fields.text(.fields)
    }

    public static let sample = #"""
        {
          "converter": {
            "id": "4c014467d647bb87b60b719f6fa57686",
            "createTs": 1603456600,
            "updateTs": 1603456660,
            "state": "running",
            "rtmpUrl": "rtmp://example.com/live/show68-b"
          },
          "lts": 1603456660012,
          "xRequestId": "1f6a3a1c1b6e4c0f9d1a2b3c4d5e6f70",
          "fields": "id,createTs,updateTs,state,rtmpUrl"
        }
        """#
}

/// The running state of a converter changed. `failed` is not the end: the converter exists until it is destroyed.
/// - SeeAlso: Agora, Media Push, notifications, ConverterStateChangedEvent.
public struct MediaPushStateChanged: AgoraPayload {
    public static let product = AgoraProduct.mediaPush
    public static let event: Int64 = 3
    public static let subjectKey = "converter.id"
    public static let summary = "the running state of a converter changed"

    public var converter: Converter
    /// As in `MediaPushCreated`.
    public var lts: Int64?
    /// As in `MediaPushUpdated`.
    public var fields: String?

    public var subject: String { converter.id }
    public var order: AgoraOrder? { lts.map { AgoraOrder(milliseconds: AgoraTime.milliseconds($0)) } }
    public var contentKey: String { Converter.contentKey(converter, lts, fields) }

    public enum CodingKeys: String, CodingKey {
        case converter, lts, fields
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        converter = try fields.part(.converter, of: Converter.self)
        lts = fields.long(.lts)
        self.fields = fields.text(.fields)
    }

    public static let sample = #"""
        {
          "converter": {
            "id": "4c014467d647bb87b60b719f6fa57686",
            "createTs": 1603456600,
            "updateTs": 1603456600,
            "state": "running"
          },
          "lts": 1603456602301,
          "fields": "id,createTs,updateTs,state"
        }
        """#
}

/// A converter is gone and pushes no more; final for its id, even when an older event comes after it.
/// - SeeAlso: Agora, Media Push, notifications, ConverterDestroyedEvent.
public struct MediaPushDestroyed: AgoraPayload {
    public static let product = AgoraProduct.mediaPush
    public static let event: Int64 = 4
    public static let subjectKey = "converter.id"
    public static let summary = "a converter was destroyed"

    public var converter: Converter
    /// As in `MediaPushCreated`.
    public var lts: Int64?
    /// As in `MediaPushUpdated`.
    public var fields: String?
    /// `Delete Request`, `Idle Timeout`, `Internal Error`. Open.
    public var destroyReason: String?

    public var subject: String { converter.id }
    public var order: AgoraOrder? { lts.map { AgoraOrder(milliseconds: AgoraTime.milliseconds($0)) } }
    public var contentKey: String { Converter.contentKey(converter, lts, fields) }

    public enum CodingKeys: String, CodingKey {
        case converter, lts, fields, destroyReason
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        converter = try fields.part(.converter, of: Converter.self)
        lts = fields.long(.lts)
        self.fields = fields.text(.fields)
        destroyReason = fields.text(.destroyReason)
    }

    public static let sample = #"""
        {
          "converter": {
            "id": "4c014467d647bb87b60b719f6fa57686",
            "name": "show68_vertical",
            "createTs": 1603456600,
            "updateTs": 1603456600
          },
          "lts": 1603460100777,
          "fields": "id,name,createTs,updateTs",
          "destroyReason": "Internal Error"
        }
        """#
}
