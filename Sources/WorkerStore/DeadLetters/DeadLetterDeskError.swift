/// A dead-letter operation that cannot be done: what, on which letter or store, and what to do.
package enum DeadLetterDeskError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No letter has this id, as far as the store can be searched.
    case notFound(String)
    /// Several letters have this message id; `ids` are their own.
    case ambiguous(String, ids: [String])
    /// A queue cannot do this.
    case notOnAQueue(operation: String, queue: String)

    package var description: String {
        switch self {
        case .notFound(let id): "there is no dead letter \(id); `mediaworker dead list` shows those that are there"
        case .ambiguous(let id, let ids):
            "message id \(id) belongs to several dead letters; name one of them by its number: \(ids.joined(separator: ", "))"
        case .notOnAQueue(let operation, let queue):
            """
            dead letters are kept in the queue \(queue), and a queue cannot \(operation); \
            use `mediaworker queue attributes` and `mediaworker peek` on it
            """
        }
    }
}
