/// The long polls of one queue, first come first served.
struct PollLine {
    private(set) var polls: [LongPoll] = []
    /// When the alarm that was set last goes off; nil when none is set.
    var alarmAt: Int64?

    var first: LongPoll? { polls.first }

    mutating func join(_ poll: LongPoll) { polls.append(poll) }

    /// - Returns: False when the poll has left the line already: somebody else decided its outcome.
    mutating func leave(_ poll: LongPoll) -> Bool {
        guard let index = polls.firstIndex(where: { $0 === poll }) else { return false }
        polls.remove(at: index)
        return true
    }
}
