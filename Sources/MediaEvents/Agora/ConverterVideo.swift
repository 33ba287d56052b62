extension Converter {
    public struct VideoOptions: VendorObject {
        public var canvas: Canvas?
        public var layout: [LayoutElement]?
        public var codecProfile: String?
        /// Frames per second.
        public var frameRate: Int64?
        /// kbit/s.
        public var bitrate: Int64?
        /// An object, or empty text in Agora's sample.
        public var seiOptions: JSONValue?
        /// What the field table lists in the place of `seiOptions`.
        public var seiExtraInfo: String?

        public enum CodingKeys: String, CodingKey {
            case canvas, layout, codecProfile, frameRate, bitrate, seiOptions, seiExtraInfo
        }

        public init(_ fields: Fields<CodingKeys>) {
            canvas = fields.object(.canvas, of: Canvas.self)
            layout = fields.objects(.layout, of: LayoutElement.self)
            codecProfile = fields.text(.codecProfile)
            frameRate = fields.long(.frameRate)
            bitrate = fields.long(.bitrate)
            seiOptions = fields.anything(.seiOptions)
            seiExtraInfo = fields.text(.seiExtraInfo)
        }
    }

    public struct Canvas: VendorObject {
        /// Pixels.
        public var width: Int64?
        /// Pixels.
        public var height: Int64?
        /// RGB as one number.
        public var color: Int64?

        public enum CodingKeys: String, CodingKey { case width, height, color }

        public init(_ fields: Fields<CodingKeys>) {
            width = fields.long(.width)
            height = fields.long(.height)
            color = fields.long(.color)
        }
    }

    /// A user's view (`rtcStreamUid`) or a picture (`imageUrl`).
    public struct LayoutElement: VendorObject {
        public var rtcStreamUID: ChannelUser?
        /// Shown while the user sends no video.
        public var placeholderImageURL: String?
        public var imageURL: String?
        public var region: Region?

        public enum CodingKeys: String, CodingKey {
            case rtcStreamUID = "rtcStreamUid"
            case placeholderImageURL = "placeholderImageUrl"
            case imageURL = "imageUrl"
            case region
        }

        public init(_ fields: Fields<CodingKeys>) {
            rtcStreamUID = fields.user(.rtcStreamUID)
            placeholderImageURL = fields.text(.placeholderImageURL)
            imageURL = fields.text(.imageURL)
            region = fields.object(.region, of: Region.self)
        }
    }

    /// Pixels on the canvas.
    public struct Region: VendorObject {
        public var xPos: Int64?
        public var yPos: Int64?
        /// 0...100.
        public var zIndex: Int64?
        public var width: Int64?
        public var height: Int64?

        public enum CodingKeys: String, CodingKey { case xPos, yPos, zIndex, width, height }

        public init(_ fields: Fields<CodingKeys>) {
            xPos = fields.long(.xPos)
            yPos = fields.long(.yPos)
            zIndex = fields.long(.zIndex)
            width = fields.long(.width)
            height = fields.long(.height)
        }
    }
}
