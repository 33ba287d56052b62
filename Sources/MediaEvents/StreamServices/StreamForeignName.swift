/// Alarm: a task that is not ours has the name of a wanted one, so that it cannot be created. The other one was not touched.
public struct StreamForeignName: StreamReport {
    public static let type: EventType = "stream-services.foreign-name"
    public static let subjectKey = "task"
    public static let summary = "alarm: a task that is not ours has the name of a wanted one"

    /// `media-push`, `media-pull`. Open.
    public var service: String?
    /// The name of the wanted task.
    public var task: String
    public var channel: String?
    /// The name that was asked for: with isolation it has a suffix.
    public var name: String?
    /// The service's id of the task that has the name.
    public var foreignID: String?
    /// What happened, and what to do: a sentence each.
    public var happened: String?
    public var advice: String?

    public var subject: String? { task }

    public enum CodingKeys: String, CodingKey {
        case service, task, channel, name
        case foreignID = "foreignId"
        case happened, advice
    }

    public init(service: String, task: String, channel: String?, name: String, foreignID: String?, happened: String, advice: String) {
        self.service = service
        self.task = task
        self.channel = channel
        self.name = name
        self.foreignID = foreignID
        self.happened = happened
        self.advice = advice
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        service = fields.text(.service)
        task = try fields.subject(.task)
        channel = fields.text(.channel)
        name = fields.text(.name)
        foreignID = fields.text(.foreignID)
        happened = fields.text(.happened)
        advice = fields.text(.advice)
    }

    public static let sample = #"""
        {
          "service": "media-pull",
          "task": "class32_relay",
          "channel": "class32",
          "name": "class32_relay",
          "foreignId": "77d0c1b2e3f94a5c8b7a6f5e4d3c2b1a",
          "happened": "the service answered 409: the name belongs to a player that this program did not create",
          "advice": "delete that player if nobody needs it, or give the wanted task another name"
        }
        """#
}
