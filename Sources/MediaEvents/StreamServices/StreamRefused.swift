/// Alarm: the service refuses a call for good (400, 401, 403), so that no repeat can help.
public struct StreamRefused: StreamReport {
    public static let type: EventType = "stream-services.refused"
    public static let subjectKey = "task"
    public static let summary = "alarm: Agora refuses a call for good"

    /// `media-push`, `media-pull`, `cloud-recording`. Open.
    public var service: String?
    /// The name of the wanted task; nil for a call that is for none in particular, as List.
    public var task: String?
    public var channel: String?
    /// The service's id of the task.
    public var id: String?
    /// `Media Push Create`.
    public var call: String?
    /// HTTP.
    public var status: Int64?
    /// For questions to Agora's support.
    public var requestID: String?
    /// What happened, and what to do: a sentence each.
    public var happened: String?
    public var advice: String?

    public var subject: String? { task }

    public enum CodingKeys: String, CodingKey {
        case service, task, channel, id, call, status
        case requestID = "requestId"
        case happened, advice
    }

    public init(
        service: String, task: String?, channel: String?, id: String?, call: String, status: Int?, requestID: String?, happened: String,
        advice: String
    ) {
        self.service = service
        self.task = task
        self.channel = channel
        self.id = id
        self.call = call
        self.status = status.map(Int64.init)
        self.requestID = requestID
        self.happened = happened
        self.advice = advice
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        service = fields.text(.service)
        task = try fields.subjectIfPresent(.task)
        channel = fields.text(.channel)
        id = fields.text(.id)
        call = fields.text(.call)
        status = fields.long(.status)
        requestID = fields.text(.requestID)
        happened = fields.text(.happened)
        advice = fields.text(.advice)
    }

    public static let sample = #"""
        {
          "service": "media-push",
          "task": "stage7_vertical",
          "channel": "stage7",
          "id": "4c014467d647bb87b60b719f6fa57686",
          "call": "Media Push Create",
          "status": 403,
          "requestId": "5a2cc8b4-bcce-48c7-8b53-c5a261a8c742",
          "happened": "Media Push Create was answered with 403: no permission",
          "advice": "enable the service for the project in Agora's console"
        }
        """#
}
