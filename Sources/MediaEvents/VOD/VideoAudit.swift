/// The review of the pictures of a video: the member `VideoResult` of a `MediaAudit`. Every field may be missing.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIMediaAuditComplete, VideoResult.
public struct VideoAudit: VendorObject {
    /// `block`, `review` or `pass`.
    public var suggestion: String?
    /// `porn`, `terrorism`, `normal`; several are separated by commas. Open.
    public var label: String?
    /// Labels `terrorism`, `outfit`, `logo`, `weapon`, `politics`, `others`, `normal`. Open.
    public var terrorismResult: FrameAudit?
    /// Labels `porn`, `sexy`, `normal`. Open.
    public var pornResult: FrameAudit?

    public enum CodingKeys: String, CodingKey {
        case suggestion = "Suggestion"
        case label = "Label"
        case terrorismResult = "TerrorismResult"
        case pornResult = "PornResult"
    }

    public init(_ fields: Fields<CodingKeys>) {
        suggestion = fields.text(.suggestion)
        label = fields.text(.label)
        terrorismResult = fields.object(.terrorismResult, of: FrameAudit.self)
        pornResult = fields.object(.pornResult, of: FrameAudit.self)
    }
}
