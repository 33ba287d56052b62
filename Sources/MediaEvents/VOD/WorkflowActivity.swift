/// What became of one node of a workflow: a value in `ActivityResults` of `WorkflowTaskComplete`. Every field may be missing.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, WorkflowTaskComplete, ActivityResults.
public struct WorkflowActivity: VendorObject {
    /// `Succeed`, `Failed` and others. Open.
    public var status: String?
    /// When the node started.
    public var startTime: VendorTime?
    /// When the node ended; start nodes have been seen without it.
    public var endTime: VendorTime?
    /// The kind of node: `start`, `VodSnapshot`, `VodDynamicImage`, `VideoTranslation`. Open.
    public var activityID: String?
    /// This run of the node.
    public var activityInstanceID: String?
    /// In a form that depends on the kind of node: of media nodes an event (`EventType`, `MessageBody`), of others fields such as
    /// `Status`, `JobType`, `JobId`. Arrives as an object or as its text.
    public var result: JSONValue?

    /// How this node ended. The word of a node that was skipped counts as a failure, as all do but those of success.
    public var outcome: Outcome? { status.map { Outcome(word: $0) } }

    public enum CodingKeys: String, CodingKey {
        case status = "Status"
        case startTime = "StartTime"
        case endTime = "EndTime"
        case activityID = "ActivityId"
        case activityInstanceID = "ActivityInstanceId"
        case result = "Result"
    }

    public init(_ fields: Fields<CodingKeys>) {
        status = fields.text(.status)
        startTime = fields.time(.startTime)
        endTime = fields.time(.endTime)
        activityID = fields.text(.activityID)
        activityInstanceID = fields.text(.activityInstanceID)
        result = fields.openDocument(.result)
    }
}
