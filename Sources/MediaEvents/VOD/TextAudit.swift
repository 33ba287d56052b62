/// The review of one text that belongs to a video: an element of `TextResult` of a `MediaAudit`. Every field may be missing,
/// and all vocabularies are open.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIMediaAuditComplete, TextResult.
public struct TextAudit: VendorObject {
    /// `block`, `review` or `pass`.
    public var suggestion: String?
    /// `spam`, `ad`, `abuse`, `flood`, `contraband`, `meaningless`, `normal`.
    public var label: String?
    /// A number as text.
    public var score: String?
    /// The kind of review: `antispam`.
    public var scene: String?
    /// What the text is for: `title`.
    public var type: String?
    /// The text itself. In the vendor's sample, not in the table.
    public var content: String?

    public enum CodingKeys: String, CodingKey {
        case suggestion = "Suggestion"
        case label = "Label"
        case score = "Score"
        case scene = "Scene"
        case type = "Type"
        case content = "Content"
    }

    public init(_ fields: Fields<CodingKeys>) {
        suggestion = fields.text(.suggestion)
        label = fields.text(.label)
        score = fields.text(.score)
        scene = fields.text(.scene)
        type = fields.text(.type)
        content = fields.text(.content)
    }
}
