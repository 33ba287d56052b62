/// Calls whose answer is another than the truth, or none.
struct AnswerFault: Sendable, Equatable {
    enum Answer: Sendable, Equatable {
        /// With a code and a reason for Cloud Recording; without one the documented text of the status.
        case status(Int, code: Int64?, reason: String?)
        case cut
        /// Nothing for so many seconds, then the connection is closed.
        case hang(seconds: Double)
    }

    var service: AgoraService?
    /// Nil for all.
    var operation: Route.Operation?
    /// Of the task's name or channel. Lists have none: only `*` matches them.
    var name = Glob.all
    let answer: Answer
    /// Whether the call is carried out all the same.
    let carriedOut: Bool
    var remaining: Int
    /// Unix milliseconds; nil for ever.
    var until: Int64?

    func matches(_ route: Route, _ label: String?, at now: Int64) -> Bool {
        remaining > 0 && (until.map { now < $0 } ?? true) && (service ?? route.service) == route.service
            && (operation ?? route.operation) == route.operation && (label.map(name.matches) ?? (name == .all))
    }
}
