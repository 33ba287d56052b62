/// Where handlers write down what was heard of tasks: shared by all processes of a host.
package protocol StreamFactStore: Sendable {
    /// Keeps a fact and makes its task due at once. The same event twice is one fact.
    func write(_ fact: StreamFact) async throws

    /// Of one task, in the order of arrival.
    /// - Parameter number: Only later ones.
    func facts(of subject: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact]

    /// Of all recordings of one channel, in the order of arrival.
    func facts(ofChannel channel: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact]

    /// The one that arrived last; nil if none is kept.
    func newest(_ service: StreamService) async throws -> StreamFact?

    /// All recordings of the show that this one belongs to, in the order in which they were made; itself alone if it belongs to none.
    func show(of sid: String) async throws -> LinkedRecordings

    /// Makes the recordings those of one show, in this order.
    func link(_ show: LinkedRecordings) async throws
}

/// The recordings that were made one after the other, or beside each other, for one wish.
package struct LinkedRecordings: Sendable, Equatable {
    /// The wish's name; nil for a recording that nobody here asked for.
    package let name: String?
    package let sids: [String]

    package init(name: String?, sids: [String]) {
        self.name = name
        self.sids = sids
    }
}
