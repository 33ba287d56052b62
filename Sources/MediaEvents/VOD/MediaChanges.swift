/// The fields of an asset that changed: the member `MediaContent` of `MediaBaseChangeComplete`. Any may be there; each arrives as
/// the text of an object.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, MediaBaseChangeComplete, MediaContent.
public struct MediaChanges: VendorObject {
    /// What one field was and what it is now.
    public struct Change: VendorObject {
        /// Missing or empty if something was added.
        public var oldValue: String?
        /// Missing or empty if something was removed.
        public var newValue: String?

        public enum CodingKeys: String, CodingKey {
            case oldValue = "OldValue"
            case newValue = "NewValue"
        }

        public init(_ fields: Fields<CodingKeys>) {
            oldValue = fields.text(.oldValue)
            newValue = fields.text(.newValue)
        }
    }

    /// What the category was and what it is now.
    public struct CategoryChange: VendorObject {
        /// Missing if the asset had none.
        public var oldValue: Int64?
        /// Missing if it has none any more.
        public var newValue: Int64?

        public enum CodingKeys: String, CodingKey {
            case oldValue = "OldValue"
            case newValue = "NewValue"
        }

        public init(_ fields: Fields<CodingKeys>) {
            oldValue = fields.long(.oldValue)
            newValue = fields.long(.newValue)
        }
    }

    public var title: Change?
    public var description: Change?
    /// The cover image.
    public var coverURL: Change?
    /// The category, by its number.
    public var cateID: CategoryChange?
    public var tags: Change?

    public enum CodingKeys: String, CodingKey {
        case title = "Title"
        case description = "Description"
        case coverURL = "CoverURL"
        case cateID = "CateId"
        case tags = "Tags"
    }

    public init(_ fields: Fields<CodingKeys>) {
        title = fields.object(.title, of: Change.self)
        description = fields.object(.description, of: Change.self)
        coverURL = fields.object(.coverURL, of: Change.self)
        cateID = fields.object(.cateID, of: CategoryChange.self)
        tags = fields.object(.tags, of: Change.self)
    }
}
