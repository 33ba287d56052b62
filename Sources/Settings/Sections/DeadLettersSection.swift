/// Where messages are put aside: section `[dead_letters]`.
package struct DeadLettersSection: Sendable, Equatable {
    /// The key `store`: `sqlite` or `queue:NAME`.
    package enum Store: Sendable, Equatable {
        /// A database in the state directory, shared by all processes of the host.
        case sqlite
        /// Another queue, for the letters of all queues: at the endpoint and with the keys of the first of them.
        case queue(String)
    }

    package var store = Store.sqlite

    package init() {}

    /// - Parameter queues: The queues that are worked on. A dead letter sent to one of them would come back for ever.
    init(_ section: ConfSection, queues: [QueueConnection]) {
        let text = section.string("store", default: "sqlite")
        guard text != "sqlite" else { return }
        let prefix = "queue:"
        guard text.hasPrefix(prefix), QueueConnection.isQueueName(text.dropFirst(prefix.count)) else {
            section.refuse("store", "must be \"sqlite\" or \"queue:NAME\" with the name of an SMQ queue")
            return
        }
        let name = String(text.dropFirst(prefix.count))
        if queues.contains(where: { $0.queue == name }) {
            section.refuse("store", "must be another queue: the worker takes messages from this one")
            return
        }
        store = .queue(name)
    }
}
