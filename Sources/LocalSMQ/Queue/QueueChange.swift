/// One step of a queue's life as a record: replayed in order, the records make the same queue again.
///
/// Times are Unix milliseconds. What follows from time alone (a delay or a lease that ends, retention) needs no record.
package enum QueueChange: Sendable {
    case optionsSet(QueueOptions)
    /// `ticket` belongs to the handle of a delayed message; `visibleAt` equals `at` for a message without delay.
    case sent(StoredMessage, number: UInt64, ticket: UInt64, at: Int64, visibleAt: Int64, expiresAt: Int64)
    case leased(number: UInt64, ticket: UInt64, at: Int64, until: Int64)
    /// A visibility change, of a lease or of a delay.
    case retimed(number: UInt64, ticket: UInt64, until: Int64)
    /// A lease whose answer reached nobody: as if it had never been.
    case handedBack(number: UInt64)
    case deleted(number: UInt64)
}
