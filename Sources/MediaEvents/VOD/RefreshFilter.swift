/// Which play URLs a request to refresh or prefetch was about: the member `FilterPolicy` of `SubmitMediaRefreshComplete`. Holds the
/// request's own filters, so that every field may be missing.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, SubmitMediaRefreshComplete, FilterPolicy.
public struct RefreshFilter: VendorObject {
    /// Containers as in `StreamTranscodeComplete`, separated by commas.
    public var formats: String?
    /// Definitions as in `StreamTranscodeComplete`, separated by commas.
    public var definitions: String?
    /// The kind of stream, `video` for one. Open.
    public var streamType: String?
    /// `Single` or `Multiple`. Open.
    public var resultType: String?
    /// Whether segments are meant too.
    public var sliceFlag: Bool?
    /// How many segments.
    public var sliceCount: Int64?

    public enum CodingKeys: String, CodingKey {
        case formats = "Formats"
        case definitions = "Definitions"
        case streamType = "StreamType"
        case resultType = "ResultType"
        case sliceFlag = "SliceFlag"
        case sliceCount = "SliceCount"
    }

    public init(_ fields: Fields<CodingKeys>) {
        formats = fields.text(.formats)
        definitions = fields.text(.definitions)
        streamType = fields.text(.streamType)
        resultType = fields.text(.resultType)
        sliceFlag = fields.boolean(.sliceFlag)
        sliceCount = fields.long(.sliceCount)
    }
}
