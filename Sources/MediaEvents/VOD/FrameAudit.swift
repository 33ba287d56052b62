/// The frames of a video, reviewed for one kind of content: the members `TerrorismResult` and `PornResult` of a `VideoAudit`.
/// Every field may be missing.
///
/// Scores are text: 0 to 100, with ten decimals.
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIMediaAuditComplete, TerrorismResult and PornResult.
public struct FrameAudit: VendorObject {
    /// How many frames got one label: an element of `CounterList`.
    public struct LabelCount: VendorObject {
        /// The vocabulary is that of the kind of content. Open.
        public var label: String?
        /// Frames.
        public var count: Int64?

        public enum CodingKeys: String, CodingKey {
            case label = "Label"
            case count = "Count"
        }

        public init(_ fields: Fields<CodingKeys>) {
            label = fields.text(.label)
            count = fields.long(.count)
        }
    }

    /// One of the frames with the highest scores: an element of `TopList`.
    public struct Frame: VendorObject {
        /// The vocabulary is that of the kind of content. Open.
        public var label: String?
        public var score: String?
        /// Milliseconds from the start of the video, as text.
        public var timestamp: String?
        /// The picture, kept for two weeks.
        public var url: String?

        public enum CodingKeys: String, CodingKey {
            case label = "Label"
            case score = "Score"
            case timestamp = "Timestamp"
            case url = "Url"
        }

        public init(_ fields: Fields<CodingKeys>) {
            label = fields.text(.label)
            score = fields.text(.score)
            timestamp = fields.text(.timestamp)
            url = fields.text(.url)
        }
    }

    /// `block`, `review` or `pass`.
    public var suggestion: String?
    /// The vocabulary is that of the kind of content. Open.
    public var label: String?
    public var maxScore: String?
    public var averageScore: String?
    /// One element for each label.
    public var counterList: [LabelCount]?
    /// At most ten elements.
    public var topList: [Frame]?

    public enum CodingKeys: String, CodingKey {
        case suggestion = "Suggestion"
        case label = "Label"
        case maxScore = "MaxScore"
        case averageScore = "AverageScore"
        case counterList = "CounterList"
        case topList = "TopList"
    }

    public init(_ fields: Fields<CodingKeys>) {
        suggestion = fields.text(.suggestion)
        label = fields.text(.label)
        maxScore = fields.text(.maxScore)
        averageScore = fields.text(.averageScore)
        counterList = fields.objects(.counterList, of: LabelCount.self)
        topList = fields.objects(.topList, of: Frame.self)
    }
}
