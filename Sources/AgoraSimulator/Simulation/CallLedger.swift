/// What callers asked for and what they got.
struct CallLedger: Sendable {
    /// A call that would change a task of somebody else.
    struct Touch: Sendable, Encodable {
        let at: Int64
        let task: String
        let operation: String
        let status: String
    }

    /// A step that found nothing to befall.
    struct Miss: Sendable, Encodable {
        let step: String
        let at: Int64
    }

    /// By `service operation`, then by status; `cut` and `hang` for calls without an answer, `carried out, ...` for those that were
    /// answered otherwise than they went.
    private(set) var calls: [String: [String: Int]] = [:]
    private(set) var touches: [Touch] = []
    private(set) var misses: [Miss] = []
    /// Of hosts: all that ever were.
    var faults: [HostFault] = []
    /// Random failures by kind.
    private(set) var chosen: [String: Int] = [:]

    mutating func count(_ name: String, _ status: String) { calls[name, default: [:]][status, default: 0] += 1 }

    mutating func touched(_ task: SimulatedTask, _ route: Route, _ status: String, at now: Int64) {
        touches.append(Touch(at: now, task: task.id, operation: Self.name(of: route), status: status))
    }

    mutating func missed(_ step: String, at now: Int64) { misses.append(Miss(step: step, at: now)) }

    mutating func chose(_ kind: String) { chosen[kind, default: 0] += 1 }

    static func name(of route: Route?) -> String { route.map { "\($0.service.rawValue) \($0.operation.rawValue)" } ?? "no route" }
}
