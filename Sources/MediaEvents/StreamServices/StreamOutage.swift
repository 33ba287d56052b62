/// Alarm: calls for many tasks fail together, so that the service is at fault and not the tasks. Nothing is replaced until it is over.
public struct StreamOutage: StreamReport {
    public static let type: EventType = "stream-services.outage"
    public static let subjectKey = "service"
    public static let summary = "alarm: calls for many tasks of a service fail together, or do so no more"

    /// `media-push`, `media-pull`, `cloud-recording`. Open.
    public var service: String
    /// `began`, `ended`. Open.
    public var state: String?
    /// Whose calls failed.
    public var tasks: Int64?
    /// What happened, and what to do: a sentence each.
    public var happened: String?
    public var advice: String?

    public var subject: String? { service }

    public enum CodingKeys: String, CodingKey { case service, state, tasks, happened, advice }

    public init(service: String, hasEnded: Bool, tasks: Int, happened: String, advice: String) {
        self.service = service
        state = hasEnded ? "ended" : "began"
        self.tasks = Int64(tasks)
        self.happened = happened
        self.advice = advice
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        service = try fields.subject(.service)
        state = fields.text(.state)
        tasks = fields.long(.tasks)
        happened = fields.text(.happened)
        advice = fields.text(.advice)
    }

    public static let sample = #"""
        {
          "service": "media-push",
          "state": "began",
          "tasks": 12,
          "happened": "calls for 12 of 14 converters fail since 2026-03-14T09:00:12Z",
          "advice": "see Agora's status page; nothing is replaced until calls succeed again"
        }
        """#
}
