/// How lists are read out.
package struct ListHabits: Sendable, Equatable {
    /// Members of a page at most.
    package var pushPage = 500
    package var pullPage = 500
    /// Seconds for which a new task is missing. Documented for Media Pull alone.
    package var pushLag = 0.0
    package var pullLag = 10.0
    /// Part of the players that are listed with `id`, `name` and `createTs` alone.
    package var sparse = 0.0
    /// What the last page of players has for the next one's token: empty by the reference, `0` by the best practices.
    package var endMarker = ""

    package init() {}
}
