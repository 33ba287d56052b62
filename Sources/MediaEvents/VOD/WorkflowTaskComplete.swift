/// All nodes of a task in a new-style workflow have ended. A failure explains itself inside its activities only.
///
/// In practice all but `TaskId` may be missing; `VideoId` stands in one of the vendor's two current tables.
/// - SeeAlso: ApsaraVideo VOD, event notifications, WorkflowTaskComplete.
public struct WorkflowTaskComplete: CatalogEvent {
    public static let type: EventType = "WorkflowTaskComplete"
    public static let subjectKey = "TaskId"
    public static let summary = "all nodes of a workflow task ended"

    public let eventType = WorkflowTaskComplete.type
    /// When the event was raised.
    public var eventTime: VendorTime?
    /// The workflow that the task ran through.
    public var workflowID: String?
    /// `Succeed` or `Failed`.
    public var status: String?
    /// The id of the asset. A value that is no text is an error, as with every id.
    public var videoID: String?
    /// The id of the task.
    public var taskID: String
    /// What became of each node, by its name in the workflow. Arrives as the text of an object.
    public var activityResults: [String: WorkflowActivity]?
    /// What the task was started with. Arrives as the text of an object.
    public var taskInput: WorkflowTaskInput?
    /// When the task was created.
    public var createTime: VendorTime?
    /// When the task last changed.
    public var modifiedTime: VendorTime?
    /// When the task ended.
    public var finishTime: VendorTime?
    /// The account.
    public var userID: String?
    /// Pass-through data: common to all events, though this one's table does not repeat it.
    public var extend: String?

    public var outcome: Outcome? { status.map { Outcome(word: $0) } }
    public var subject: String? { taskID }

    public enum CodingKeys: String, CodingKey {
        case eventTime = "EventTime"
        case eventType = "EventType"
        case workflowID = "WorkflowId"
        case status = "Status"
        case videoID = "VideoId"
        case taskID = "TaskId"
        case activityResults = "ActivityResults"
        case taskInput = "TaskInput"
        case createTime = "CreateTime"
        case modifiedTime = "ModifiedTime"
        case finishTime = "FinishTime"
        case userID = "UserId"
        case extend = "Extend"
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        eventTime = fields.time(.eventTime)
        workflowID = fields.text(.workflowID)
        status = fields.text(.status)
        videoID = try fields.subjectIfPresent(.videoID)
        taskID = try fields.subject(.taskID)
        activityResults = fields.objectsByName(.activityResults, of: WorkflowActivity.self)
        taskInput = fields.object(.taskInput, of: WorkflowTaskInput.self)
        createTime = fields.time(.createTime)
        modifiedTime = fields.time(.modifiedTime)
        finishTime = fields.time(.finishTime)
        userID = fields.text(.userID)
        extend = fields.passThrough(.extend)
    }

    public static let sample = #"""
        {
          "EventTime": "2025-11-12T05:26:31Z",
          "EventType": "WorkflowTaskComplete",
          "WorkflowId": "vw_2b9c8d7e6f5a4031",
          "Status": "Succeed",
          "VideoId": "7d2e90ab5c1b71f0bb604531959c0102",
          "TaskId": "90a1b2c3d4e54f6071829a3b4c5d6e7f",
          "ActivityResults": {
            "Act_Start": {
              "Status": "Succeed",
              "StartTime": "2025-11-12T05:20:02Z",
              "EndTime": "2025-11-12T05:20:02Z",
              "ActivityId": "start",
              "ActivityInstanceId": "0f1e2d3c4b5a46978869a7b8c9d0e1f2",
              "Result": { "Type": "Media", "Media": "7d2e90ab5c1b71f0bb604531959c0102" }
            },
            "VodSnapshot_07": {
              "Status": "Succeed",
              "StartTime": "2025-11-12T05:20:03Z",
              "EndTime": "2025-11-12T05:26:29Z",
              "ActivityId": "VodSnapshot",
              "ActivityInstanceId": "1f2e3d4c5b6a47988970a8b9c0d1e2f3",
              "Result": {
                "EventType": "SnapshotComplete",
                "MessageBody": { "Status": "success", "JobId": "2a3b4c5d6e7f48091a2b3c4d5e6f7081" }
              }
            }
          },
          "TaskInput": {
            "Type": "Media",
            "Media": "7d2e90ab5c1b71f0bb604531959c0102",
            "Title": "talk-42.mp4",
            "StorageLocation": "bucket.oss-cn-shanghai.example.com"
          },
          "CreateTime": "2025-11-12T05:20:01Z",
          "ModifiedTime": "2025-11-12T05:26:30Z",
          "FinishTime": "2025-11-12T05:26:30Z",
          "UserId": "1840372659102846"
        }
        """#
}
