/// What fingerprinting found: the member `Data` of `AIMediaDNAComplete`. Every field may be missing, here and below.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIMediaDNAComplete, Data.
public struct MediaDNA: VendorObject {
    /// One video that is like the one examined: an element of `VideoDNA`.
    public struct Match: VendorObject {
        /// Names the other video.
        public var primaryKey: String?
        /// How much the two are alike, as text.
        public var similarity: String?
        /// One element for each part that both have.
        public var detail: [Overlap]?

        public enum CodingKeys: String, CodingKey {
            case primaryKey = "PrimaryKey"
            case similarity = "Similarity"
            case detail = "Detail"
        }

        public init(_ fields: Fields<CodingKeys>) {
            primaryKey = fields.text(.primaryKey)
            similarity = fields.text(.similarity)
            detail = fields.objects(.detail, of: Overlap.self)
        }
    }

    /// A part that both videos have: an element of `Detail`.
    public struct Overlap: VendorObject {
        /// Where it is in the video examined.
        public var input: Section?
        /// Where it is in the other video.
        public var duplication: Section?

        public enum CodingKeys: String, CodingKey {
            case input = "Input"
            case duplication = "Duplication"
        }

        public init(_ fields: Fields<CodingKeys>) {
            input = fields.object(.input, of: Section.self)
            duplication = fields.object(.duplication, of: Section.self)
        }
    }

    /// A part of one video.
    public struct Section: VendorObject {
        /// Where the part begins: seconds, as text.
        public var start: String?
        /// How long it is: seconds, as text.
        public var duration: String?

        public enum CodingKeys: String, CodingKey {
            case start = "Start"
            case duration = "Duration"
        }

        public init(_ fields: Fields<CodingKeys>) {
            start = fields.text(.start)
            duration = fields.text(.duration)
        }
    }

    /// One element for each video that is like this one.
    public var videoDNA: [Match]?

    public enum CodingKeys: String, CodingKey {
        case videoDNA = "VideoDNA"
    }

    public init(_ fields: Fields<CodingKeys>) {
        videoDNA = fields.objects(.videoDNA, of: Match.self)
    }
}
