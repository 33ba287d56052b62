/// One line of the script's story.
struct Step: Sendable, Equatable {
    enum Time: Sendable, Equatable {
        /// Seconds after the clock's start.
        case at(Double)
        /// Seconds that a task has been running; for so many tasks, each once.
        case after(Double, times: Int)
    }

    /// Which tasks of callers it is about. Those of somebody else are never chosen.
    struct Target: Sendable, Equatable {
        /// Nil for all that the action fits.
        var service: AgoraService?
        /// Of its name; of recordings and unnamed tasks the channel's.
        var name = Glob.all
        /// So many by chance, by the script's seed; nil for all.
        var random: Int?

        func matches(_ task: SimulatedTask) -> Bool {
            task.maker == .caller && (service ?? task.service) == task.service && name.matches(task.label)
        }
    }

    enum Action: Sendable, Equatable {
        case fail(recoveringAfter: ClosedRange<Double>?)
        case destroy(reason: String)
        /// Nil for a time of the service's documented range.
        case migrate(seconds: ClosedRange<Double>?, holdingName: Bool)
        case vanish
        case fault(seconds: ClosedRange<Double>)
        case fatal
        case exit(World.Leaving)
        /// `seconds` bounds the time in which such calls are waited for.
        case answer(AnswerFault, seconds: Double?)
        case host(Glob, HostFault.Kind, service: AgoraService?, seconds: ClosedRange<Double>)
        case foreign(ForeignTask)
        case notifications(PostConditions, seconds: Double)
    }

    /// Where it is in the script.
    let path: String
    let time: Time
    var target = Target()
    let action: Action
}

/// A task that somebody else has in the same project.
struct ForeignTask: Sendable, Equatable {
    let service: AgoraService
    /// Of a recording, nothing.
    let name: String
    let channel: String
    let user: String
    /// Where the stream goes to or comes from.
    let address: String
    let region: String
    /// Seconds that it lives; nil for ever.
    let seconds: Double?
}
