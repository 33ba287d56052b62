import MediaEvents

/// What people and apps have to be told of a wanted task: sent into the queue as an event of our own.
package struct Announcement: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case alarm(StreamTask.Alarm)
        /// Viewers should watch another task of the wish.
        case roleChanged(old: TaskSide, new: TaskSide)
        case outageBegan(tasks: Int)
        case outageEnded(tasks: Int)
    }

    package let kind: Kind
    package let service: StreamService
    /// nil for what concerns a whole service.
    package let record: TaskRecord?
    /// What happened, in a sentence.
    package let happened: String
    /// Unix milliseconds.
    package let time: Int64

    /// The event as the body of a message.
    /// - Parameter eventID: Unique.
    func body(eventID: String) throws -> [UInt8] {
        func event(_ report: some StreamReport) throws -> [UInt8] { try StreamNotice(id: eventID, time: time, report).body() }
        let (name, channel, id) = (record?.name ?? "-", record?.wish.channel ?? "", record?.life.instance?.id)
        switch kind {
        case .alarm(.badAddress):
            return try event(
                StreamBadAddress(
                    service: service.rawValue, task: name, channel: channel, id: id, address: record?.wish.address ?? "",
                    happened: happened, advice: "check the address; the task is replaced when it can be reached again"))
        case .alarm(.foreignName):
            return try event(
                StreamForeignName(
                    service: service.rawValue, task: name, channel: channel, name: name, foreignID: record?.trouble?.foreignID,
                    happened: happened, advice: "delete that task, or want this one under another name; it is tried again every few minutes"
                ))
        case .alarm(.refused):
            return try event(
                StreamRefused(
                    service: service.rawValue, task: name, channel: channel, id: id, call: record?.trouble?.call ?? "Create",
                    status: record?.trouble?.status, requestID: record?.trouble?.requestID, happened: happened,
                    advice: "mend what the answer says; it is tried again every few minutes"))
        case .alarm(.tooManyReplacements):
            return try event(
                StreamTooManyReplacements(
                    service: service.rawValue, task: name, channel: channel, id: id,
                    replacements: record?.life.replacementsOfTheHour ?? 0, happened: happened,
                    advice: "see why its tasks fail; the next replacement is an hour after the first of them"))
        case .roleChanged(let old, let new):
            return try event(
                StreamRoleChanged(
                    service: service.rawValue, task: name, channel: channel, old: old.report, new: new.report, reason: happened))
        case .outageBegan(let tasks), .outageEnded(let tasks):
            var hasEnded = false
            if case .outageEnded = kind { hasEnded = true }
            return try event(
                StreamOutage(
                    service: service.rawValue, hasEnded: hasEnded, tasks: tasks, happened: happened,
                    advice: hasEnded ? "nothing" : "see Agora's status page; nothing is replaced until calls succeed again"))
        }
    }
}
