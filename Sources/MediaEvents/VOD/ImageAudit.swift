/// The review of one image that belongs to a video: an element of `ImageResult` of a `MediaAudit`. The table calls every field
/// required; any may be missing here.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIMediaAuditComplete, ImageResult.
public struct ImageAudit: VendorObject {
    /// What one kind of review says about the image: an element of `Result`.
    public struct SceneResult: VendorObject {
        /// `block`, `review` or `pass`.
        public var suggestion: String?
        /// The vocabulary is that of the scene, as in `VideoAudit`. Open.
        public var label: String?
        /// A number as text.
        public var score: String?
        /// The kind of review: `porn` or `terrorism`. Open.
        public var scene: String?

        public enum CodingKeys: String, CodingKey {
            case suggestion = "Suggestion"
            case label = "Label"
            case score = "Score"
            case scene = "Scene"
        }

        public init(_ fields: Fields<CodingKeys>) {
            suggestion = fields.text(.suggestion)
            label = fields.text(.label)
            score = fields.text(.score)
            scene = fields.text(.scene)
        }
    }

    /// `block`, `review` or `pass`.
    public var suggestion: String?
    /// `porn`, `terrorism`, `normal`; several are separated by commas. Open.
    public var label: String?
    /// What the image is for: `cover`. Open.
    public var type: String?
    /// The image.
    public var url: String?
    /// One element for each kind of review.
    public var result: [SceneResult]?

    public enum CodingKeys: String, CodingKey {
        case suggestion = "Suggestion"
        case label = "Label"
        case type = "Type"
        case url = "Url"
        case result = "Result"
    }

    public init(_ fields: Fields<CodingKeys>) {
        suggestion = fields.text(.suggestion)
        label = fields.text(.label)
        type = fields.text(.type)
        url = fields.text(.url)
        result = fields.objects(.result, of: SceneResult.self)
    }
}
