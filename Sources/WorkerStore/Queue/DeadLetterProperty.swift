/// Names of the user properties that a letter in a dead-letter queue carries beside those of its message.
enum DeadLetterProperty {
    static let prefix = "mediaworker-dead-"
    static let queue = prefix + "queue"
    /// With `queue` the key of the letter: a reader drops a second letter with the same two.
    static let messageID = prefix + "message-id"
    static let reason = prefix + "reason"
    static let eventType = prefix + "event-type"
    static let error = prefix + "error"
    /// JSON array of attempts, with error texts cut to fit.
    static let attempts = prefix + "attempts"
    static let enqueued = prefix + "enqueued-at"
    static let firstReceived = prefix + "first-received-at"
    static let lastReceived = prefix + "last-received-at"
    static let kept = prefix + "kept-at"
    static let dequeueCount = prefix + "dequeue-count"
    static let replayedFrom = prefix + "replayed-from"
    /// How many properties of the message itself found no room.
    static let lost = prefix + "properties-lost"
}
