/// The images of one snapshot job inside `SnapshotComplete`: an element of `SnapshotInfos`. The table calls every field
/// required; any may be missing here.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, SnapshotComplete, SnapshotInfos.
public struct Snapshot: VendorObject {
    /// `success` or `fail`, of this job.
    public var status: String?
    /// `CoverSnapshot`, `NormalSnapshot`, `SpriteSnapshot`. Open.
    public var snapshotType: String?
    /// How many images there are.
    public var snapshotCount: Int64?
    /// The object path of the images, with a placeholder for the number; needs a host in front.
    public var snapshotFormat: String?
    /// The complete `http` URL of the images, with a placeholder for the number.
    public var snapshotRegular: String?
    /// The snapshot job.
    public var jobID: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }

    /// The URL of one image: the placeholder replaced by the number, padded with zeros to five digits.
    /// - Parameter number: 1...`snapshotCount`.
    /// - Returns: Nil if there is no such image, or no URL to build on.
    public func imageURL(_ number: Int64) -> String? {
        guard let snapshotRegular, let snapshotCount, number >= 1, number <= snapshotCount else { return nil }
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return snapshotRegular.replacing("{SnapshotCount}", with: padded)
    }

    public enum CodingKeys: String, CodingKey {
        case status = "Status"
        case snapshotType = "SnapshotType"
        case snapshotCount = "SnapshotCount"
        case snapshotFormat = "SnapshotFormat"
        case snapshotRegular = "SnapshotRegular"
        case jobID = "JobId"
    }

    public init(_ fields: Fields<CodingKeys>) {
        status = fields.text(.status)
        snapshotType = fields.text(.snapshotType)
        snapshotCount = fields.long(.snapshotCount)
        snapshotFormat = fields.text(.snapshotFormat)
        snapshotRegular = fields.text(.snapshotRegular)
        jobID = fields.text(.jobID)
    }
}
