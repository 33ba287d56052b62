/// What became of a drop.
package struct DropReport: Sendable, Equatable {
    /// Ids as they were asked for.
    package var dropped: [String] = []
    /// There is no such letter, as far as the store can be searched.
    package var missing: [String] = []
    /// Not dropped, for the reason given; try again.
    package var failed: [Failure] = []

    package struct Failure: Sendable, Equatable {
        package var id: String
        package var reason: String
    }
}
