import MediaEvents

/// What people and apps have to be told of a wanted task: sent into the queue as an event of our own.
package struct Announcement: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case alarm(StreamTask.Alarm)
        case recordingAlarm(RecordingTask.Alarm)
        /// Viewers should watch another task of the wish.
        case roleChanged(old: TaskSide, new: TaskSide)
        case outageBegan(tasks: Int)
        case outageEnded(tasks: Int)
    }

    /// Whom it is about.
    package struct Task: Sendable, Equatable {
        package var name: String
        package var channel: String
        /// Of the task at Agora; the `sid` of a recording.
        package var id: String?
        package var uid: String?
        package var resourceID: String?
        /// With its key: it is hidden in the event.
        package var address: String?
        package var trouble: CallTrouble?
        package var replacements = 0
    }

    package let kind: Kind
    package let service: StreamService
    /// nil for what concerns a whole service.
    package let task: Task?
    /// What happened, in a sentence.
    package let happened: String
    /// Unix milliseconds.
    package let time: Int64

    init(_ kind: Kind, _ service: StreamService, _ task: Task?, _ happened: String, _ time: Int64) {
        self.kind = kind
        self.service = service
        self.task = task
        self.happened = happened
        self.time = time
    }
}

extension Announcement {
    /// The event as the body of a message.
    /// - Parameter eventID: Unique.
    func body(eventID: String) throws -> [UInt8] {
        func event(_ report: some StreamReport) throws -> [UInt8] { try StreamNotice(id: eventID, time: time, report).body() }
        let (service, name, channel, id) = (service.rawValue, task?.name ?? "-", task?.channel ?? "", task?.id)
        switch kind {
        case .alarm(.badAddress):
            return try event(
                StreamBadAddress(
                    service: service, task: name, channel: channel, id: id, address: task?.address ?? "", happened: happened,
                    advice: "check the address; the task is replaced when it can be reached again"))
        case .alarm(.foreignName):
            return try event(
                StreamForeignName(
                    service: service, task: name, channel: channel, name: name, foreignID: task?.trouble?.foreignID, happened: happened,
                    advice: "delete that task, or want this one under another name; it is tried again every few minutes"))
        case .alarm(.refused), .alarm(.notStarting), .alarm(.notDeleted), .recordingAlarm(.refused), .recordingAlarm(.overloaded):
            return try event(
                StreamRefused(
                    service: service, task: name, channel: channel, id: id, call: task?.trouble?.call ?? "Create",
                    status: task?.trouble?.status, requestID: task?.trouble?.requestID, happened: happened,
                    advice: "mend what the answer says; it is tried again until it succeeds"))
        case .alarm(.tooManyReplacements), .recordingAlarm(.tooManyReplacements):
            return try event(
                StreamTooManyReplacements(
                    service: service, task: name, channel: channel, id: id, replacements: task?.replacements ?? 0, happened: happened,
                    advice: "see why its tasks fail; the next replacement is an hour after the first of them"))
        case .recordingAlarm(let alarm):
            return try event(
                StreamRecordingLost(
                    task: name, channel: channel, sid: id, resourceID: task?.resourceID, uid: task?.uid, happened: happened,
                    advice: alarm.advice))
        case .roleChanged(let old, let new):
            return try event(
                StreamRoleChanged(service: service, task: name, channel: channel, old: old.report, new: new.report, reason: happened))
        case .outageBegan(let tasks):
            return try event(
                StreamOutage(
                    service: service, hasEnded: false, tasks: tasks, happened: happened,
                    advice: "see Agora's status page; nothing is replaced until calls succeed again"))
        case .outageEnded(let tasks):
            return try event(StreamOutage(service: service, hasEnded: true, tasks: tasks, happened: happened, advice: "nothing"))
        }
    }
}

extension RecordingTask.Alarm {
    var words: String {
        switch self {
        case .refused: "it was refused"
        case .overloaded: "too many recordings run in the project"
        case .uidsTaken: "others record the channel with both of its uids"
        case .notStarting: "start after start fails"
        case .unnamed: "one runs whose sid nobody told: it can be neither asked for nor stopped, and ends when the channel is empty"
        case .tooManyReplacements: "it was lost more often within an hour than it may be replaced"
        }
    }

    fileprivate var advice: String {
        switch self {
        case .uidsTaken: "want the show with other uids"
        case .unnamed: "look for its files in the storage; close the channel to end it"
        default: "see Agora's status page and the answers in the log; it is tried again"
        }
    }
}
