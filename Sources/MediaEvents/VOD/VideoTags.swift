/// What smart tagging found: the member `Data` of `AIVideoTagComplete`. Every field may be missing.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIVideoTagComplete, Data.
public struct VideoTags: VendorObject {
    /// One word about the video, and where it applies.
    public struct Tag: VendorObject {
        /// The word, often Chinese.
        public var tag: String?
        /// Milliseconds, as text: one for each place in the video.
        public var times: [String]?
        /// A picture of the face; of persons only.
        public var faceURL: String?

        public enum CodingKeys: String, CodingKey {
            case tag = "Tag"
            case times = "Times"
            case faceURL = "FaceUrl"
        }

        public init(_ fields: Fields<CodingKeys>) {
            tag = fields.text(.tag)
            times = fields.texts(.times)
            faceURL = fields.text(.faceURL)
        }
    }

    /// Tags that name a person.
    public var person: [Tag]?
    /// Tags that name a time. Where in the video a tag applies is in `Tag.times`.
    public var time: [Tag]?
    /// Tags that name a place.
    public var location: [Tag]?
    public var keyword: [Tag]?
    public var category: [Tag]?
    /// What was said.
    public var origASRData: [SpeechTranscript]?

    public enum CodingKeys: String, CodingKey {
        case person = "Person"
        case time = "Time"
        case location = "Location"
        case keyword = "Keyword"
        case category = "Category"
        case origASRData = "OrigASRData"
    }

    public init(_ fields: Fields<CodingKeys>) {
        person = fields.objects(.person, of: Tag.self)
        time = fields.objects(.time, of: Tag.self)
        location = fields.objects(.location, of: Tag.self)
        keyword = fields.objects(.keyword, of: Tag.self)
        category = fields.objects(.category, of: Tag.self)
        origASRData = fields.objects(.origASRData, of: SpeechTranscript.self)
    }
}
