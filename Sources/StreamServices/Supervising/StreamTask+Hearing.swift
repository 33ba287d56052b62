/// What was heard and said of the task.
extension StreamTask {
    package enum Event: Sendable, Equatable {
        case state(hasFailed: Bool)
        case destroyed(reason: String)
    }

    /// - Parameter order: When it happened, as the service says. Older events than the newest one taken are dropped, but for the last of
    ///   all: nothing follows the end of a task, whatever the clocks of two servers say.
    package mutating func heard(_ event: Event, of id: String, order: Int64, at now: Int64, _ rules: StreamTaskRules) {
        guard let current = instance, current.id == id else { return }
        let isStale = order < current.order ?? .min
        if case .state = event, isStale { return }
        instance?.order = max(order, current.order ?? .min)
        instance?.heardAt = now
        switch event {
        case .state(let hasFailed):
            // Only the API's word counts; this is the moment to ask for it.
            if hasFailed { instance?.look = now }
        case .destroyed(let reason):
            guard isKept || !rules.endings.contains(reason) else {
                instance?.wasDestroyed = true
                end(.reason(reason), at: now, rules)
                return
            }
            instance?.wasDestroyed = true
            instance?.look = now
        }
    }

    /// Whoever wanted it does not any more.
    package mutating func stopWanting(at now: Int64, _ rules: StreamTaskRules) {
        if ending == nil { end(.unwanted, at: now, rules) }
    }
}
