/// Alarm: a task was lost more often in an hour than it may be replaced. It is left as it is until the hour allows another one.
public struct StreamTooManyReplacements: StreamReport {
    public static let type: EventType = "stream-services.too-many-replacements"
    public static let subjectKey = "task"
    public static let summary = "alarm: a task was lost more often in an hour than it may be replaced"

    /// `media-push`, `media-pull`, `cloud-recording`. Open.
    public var service: String?
    /// The name of the wanted task.
    public var task: String
    public var channel: String?
    /// The service's id of the task that was lost last.
    public var id: String?
    /// Made within the last hour.
    public var replacements: Int64?
    /// What happened, and what to do: a sentence each.
    public var happened: String?
    public var advice: String?

    public var subject: String? { task }

    public enum CodingKeys: String, CodingKey { case service, task, channel, id, replacements, happened, advice }

    public init(
        service: String, task: String, channel: String?, id: String?, replacements: Int, happened: String, advice: String
    ) {
        self.service = service
        self.task = task
        self.channel = channel
        self.id = id
        self.replacements = Int64(replacements)
        self.happened = happened
        self.advice = advice
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        service = fields.text(.service)
        task = try fields.subject(.task)
        channel = fields.text(.channel)
        id = fields.text(.id)
        replacements = fields.long(.replacements)
        happened = fields.text(.happened)
        advice = fields.text(.advice)
    }

    public static let sample = #"""
        {
          "service": "media-push",
          "task": "stage7_vertical",
          "channel": "stage7",
          "id": "4c014467d647bb87b60b719f6fa57686",
          "replacements": 6,
          "happened": "the converter was lost again after 6 replacements within an hour",
          "advice": "look for what ends it: the CDN's log, the stream's format, the key's time of validity"
        }
        """#
}
