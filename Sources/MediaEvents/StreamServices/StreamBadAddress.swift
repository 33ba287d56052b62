/// Alarm: the CDN or source address of a task cannot be used. Nothing was replaced: another task would fail at the same address.
public struct StreamBadAddress: StreamReport {
    public static let type: EventType = "stream-services.bad-address"
    public static let subjectKey = "task"
    public static let summary = "alarm: a stream's address cannot be used, so nothing was replaced"

    /// `media-push`, `media-pull`, `cloud-recording`. Open.
    public var service: String?
    /// The name of the wanted task.
    public var task: String
    public var channel: String?
    /// The service's id of the task that failed.
    public var id: String?
    /// Its key hidden.
    public var address: String?
    /// What happened, and what to do: a sentence each.
    public var happened: String?
    public var advice: String?

    public var subject: String? { task }

    public enum CodingKeys: String, CodingKey { case service, task, channel, id, address, happened, advice }

    /// - Parameter address: As it is; the key in it is hidden here.
    public init(service: String, task: String, channel: String?, id: String?, address: String, happened: String, advice: String) {
        self.service = service
        self.task = task
        self.channel = channel
        self.id = id
        self.address = StreamAddress.masked(address)
        self.happened = happened
        self.advice = advice
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        service = fields.text(.service)
        task = try fields.subject(.task)
        channel = fields.text(.channel)
        id = fields.text(.id)
        address = fields.text(.address)
        happened = fields.text(.happened)
        advice = fields.text(.advice)
    }

    public static let sample = #"""
        {
          "service": "media-push",
          "task": "stage7_vertical",
          "channel": "stage7",
          "id": "4c014467d647bb87b60b719f6fa57686",
          "address": "rtmp://example.com/live/<hidden>",
          "happened": "the converter failed, and example.com refuses connections at port 1935",
          "advice": "check the address with the CDN; the converter is replaced when the address can be reached again"
        }
        """#
}
