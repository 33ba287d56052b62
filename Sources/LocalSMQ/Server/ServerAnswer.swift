import SMQProtocol

/// An answer, and the leases that it hands out.
struct ServerAnswer: Sendable {
    /// Messages on their way to the client. They go back to the queue if the answer cannot be delivered.
    struct Leased: Sendable {
        var queue: String
        var messages: [ReceivedMessage]
    }

    var wire: WireAnswer
    var leased: Leased?
}
