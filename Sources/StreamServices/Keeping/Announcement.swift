/// What people and apps have to be told of a wanted task: sent into the queue as an event of our own, once.
package struct Announcement: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case alarm(StreamTask.Alarm)
        /// Viewers should watch another task of the wish: identities of users, or masked addresses.
        case roleChanged(old: String, new: String)
        case outageBegan(tasks: Int)
        case outageEnded(milliseconds: Int64)
    }

    package let kind: Kind
    package let service: StreamService
    /// The wish's name; nil for what concerns a whole service.
    package let task: String?
    package let channel: String?
    /// Of the task at Agora, where there is one.
    package let id: String?
    /// What happened, in a sentence.
    package let detail: String
    /// Unix milliseconds.
    package let time: Int64
}
