/// Where handlers write down what was heard of tasks: shared by all processes of a host.
package protocol StreamFactStore: Sendable {
    /// Keeps a fact and makes its task due at once, if it is a notification. The same event twice is one fact.
    func write(_ fact: StreamFact) async throws

    /// Of one task, in the order of arrival.
    /// - Parameter number: Only later ones.
    func facts(of subject: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact]

    /// Of all recordings of one channel, in the order of arrival.
    func facts(ofChannel channel: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact]

    /// The notification that arrived last; nil if none is kept.
    func newest(_ service: StreamService) async throws -> StreamFact?

    /// All recordings of the show that this one belongs to, in the order in which they were made; itself alone if it belongs to none.
    func show(of sid: String) async throws -> LinkedRecordings

    /// Makes the recordings all those of one show, in this order.
    func link(_ show: LinkedRecordings) async throws
}

/// The recordings that were made one after the other for one wish: each followed the one before it, which was lost.
package struct LinkedRecordings: Sendable, Equatable {
    /// What they are together. A name may be used again, for another show.
    package struct Show: Sendable, Hashable {
        /// The wish's.
        package let name: String
        /// When the wish was registered, Unix milliseconds; nil if an older version did it.
        package let wanted: Int64?
        /// Whether they are those of the second recording, which runs beside the first.
        package let isBackup: Bool

        package init(_ name: String, wanted: Int64? = nil, isBackup: Bool = false) {
            self.name = name
            self.wanted = wanted
            self.isBackup = isBackup
        }
    }

    /// Nil for a recording that nobody here asked for.
    package let show: Show?
    package let sids: [String]
    /// Where the storage has their files, as the wish says: ends with `/`, or is empty.
    package let folder: String

    package init(show: Show?, sids: [String], folder: String = "") {
        self.show = show
        self.sids = sids
        self.folder = folder
    }
}
