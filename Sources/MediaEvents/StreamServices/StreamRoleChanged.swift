/// Another task carries a stream from now on: a backup took over, or a replacement came under another user id. Apps switch their viewers.
public struct StreamRoleChanged: StreamReport {
    public static let type: EventType = "stream-services.role-changed"
    public static let subjectKey = "task"
    public static let summary = "another task carries a stream: viewers are to be switched"

    /// `media-push`, `media-pull`, `cloud-recording`. Open.
    public var service: String?
    /// The name of the wanted task whose role it is.
    public var task: String
    public var channel: String?
    /// Who carried the stream until now.
    public var old: StreamSide?
    /// Who carries it from now on.
    public var new: StreamSide?
    /// Why, in a sentence.
    public var reason: String?

    public var subject: String? { task }

    public enum CodingKeys: String, CodingKey { case service, task, channel, old, new, reason }

    public init(service: String, task: String, channel: String, old: StreamSide?, new: StreamSide, reason: String) {
        self.service = service
        self.task = task
        self.channel = channel
        self.old = old
        self.new = new
        self.reason = reason
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        service = fields.text(.service)
        task = try fields.subject(.task)
        channel = fields.text(.channel)
        old = fields.object(.old, of: StreamSide.self)
        new = fields.object(.new, of: StreamSide.self)
        reason = fields.text(.reason)
    }

    public static let sample = #"""
        {
          "service": "media-pull",
          "task": "class32_relay",
          "channel": "class32",
          "old": {
            "task": "class32_relay",
            "id": "2a784467d647bb87b60b719f6fa56317",
            "uid": 101,
            "address": "rtmp://example.com/live/<hidden>"
          },
          "new": {
            "task": "class32_relay_backup",
            "id": "8f1c6c0be4c54a3e9d2b7f60a1d3c925",
            "uid": 102,
            "address": "rtmp://example.com/live/<hidden>"
          },
          "reason": "the player failed, its backup took over"
        }
        """#
}
