/// What a workflow task was started with: the member `TaskInput` of `WorkflowTaskComplete`. Every field may be missing; the vendor
/// does not say whether there are more.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, WorkflowTaskComplete, TaskInput.
public struct WorkflowTaskInput: VendorObject {
    /// What `Media` names: `Media`, an asset. Open.
    public var type: String?
    /// The id of the asset.
    public var media: String?
    /// The title of the asset.
    public var title: String?
    /// The host of the storage bucket.
    public var storageLocation: String?

    public enum CodingKeys: String, CodingKey {
        case type = "Type"
        case media = "Media"
        case title = "Title"
        case storageLocation = "StorageLocation"
    }

    public init(_ fields: Fields<CodingKeys>) {
        type = fields.text(.type)
        media = fields.text(.media)
        title = fields.text(.title)
        storageLocation = fields.text(.storageLocation)
    }
}
