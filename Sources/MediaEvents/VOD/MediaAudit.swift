/// What an automated review found: the member `Data` of `AIMediaAuditComplete`. Every field may be missing, and all
/// vocabularies are open.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIMediaAuditComplete, Data.
public struct MediaAudit: VendorObject {
    /// The verdict over everything: `block`, `review` or `pass`.
    public var suggestion: String?
    /// `porn`, `terrorism`, `normal`; several are separated by commas.
    public var label: String?
    /// Where something was found: `video`, `image-cover`, `text-title`; several are separated by commas.
    public var abnormalModules: String?
    /// The review of the pictures of the video.
    public var videoResult: VideoAudit?
    /// One element for each image, as a rule the cover.
    public var imageResult: [ImageAudit]?
    /// One element for each text, as a rule the title.
    public var textResult: [TextAudit]?
    /// Not described for events; known from the API that returns the same structure.
    public var audioResult: JSONValue?

    public enum CodingKeys: String, CodingKey {
        case suggestion = "Suggestion"
        case label = "Label"
        case abnormalModules = "AbnormalModules"
        case videoResult = "VideoResult"
        case imageResult = "ImageResult"
        case textResult = "TextResult"
        case audioResult = "AudioResult"
    }

    public init(_ fields: Fields<CodingKeys>) {
        suggestion = fields.text(.suggestion)
        label = fields.text(.label)
        abnormalModules = fields.text(.abnormalModules)
        videoResult = fields.object(.videoResult, of: VideoAudit.self)
        imageResult = fields.objects(.imageResult, of: ImageAudit.self)
        textResult = fields.objects(.textResult, of: TextAudit.self)
        audioResult = fields.openDocument(.audioResult)
    }
}
