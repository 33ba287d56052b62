/// Alarm: a show is not recorded, or not to its end, and no further attempt is made.
public struct StreamRecordingLost: StreamReport {
    public static let type: EventType = "stream-services.recording-lost"
    public static let subjectKey = "task"
    public static let summary = "alarm: the recording of a show could not be made"

    /// `cloud-recording`. Open.
    public var service: String?
    /// The name of the wanted recording.
    public var task: String
    public var channel: String?
    /// Of the last attempt that got as far.
    public var sid: String?
    public var resourceID: String?
    /// The recording client of that attempt.
    public var uid: String?
    /// What happened, and what to do: a sentence each.
    public var happened: String?
    public var advice: String?

    public var subject: String? { task }

    public enum CodingKeys: String, CodingKey {
        case service, task, channel, sid
        case resourceID = "resourceId"
        case uid, happened, advice
    }

    public init(
        task: String, channel: String, sid: String?, resourceID: String?, uid: String?, happened: String, advice: String
    ) {
        service = AgoraProduct.cloudRecording.name
        self.task = task
        self.channel = channel
        self.sid = sid
        self.resourceID = resourceID
        self.uid = uid
        self.happened = happened
        self.advice = advice
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        service = fields.text(.service)
        task = try fields.subject(.task)
        channel = fields.text(.channel)
        sid = fields.text(.sid)
        resourceID = fields.text(.resourceID)
        uid = fields.text(.uid)
        happened = fields.text(.happened)
        advice = fields.text(.advice)
    }

    public static let sample = #"""
        {
          "service": "cloud-recording",
          "task": "concert42",
          "channel": "concert42",
          "sid": "38f8e3cfdc474cd56fc1ceba380d7e1a",
          "resourceId": "JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8BrQoRPCHxmeVxwY22x",
          "uid": "527841",
          "happened": "no server took the recording: acquire and start failed with both user ids",
          "advice": "look at the storage settings and at Agora's status page, and record the show by other means"
        }
        """#
}
