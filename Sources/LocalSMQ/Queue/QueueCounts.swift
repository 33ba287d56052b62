/// How many messages of a queue are in each state.
package struct QueueCounts: Sendable, Equatable {
    package var active = 0
    package var inactive = 0
    package var delayed = 0

    package init(active: Int = 0, inactive: Int = 0, delayed: Int = 0) {
        self.active = active
        self.inactive = inactive
        self.delayed = delayed
    }

    var total: Int { active + inactive + delayed }

    subscript(state: QueueEntry.State) -> Int {
        get {
            switch state {
            case .active: active
            case .inactive: inactive
            case .delayed: delayed
            }
        }
        set {
            switch state {
            case .active: active = newValue
            case .inactive: inactive = newValue
            case .delayed: delayed = newValue
            }
        }
    }
}
