/// How many dead letters share a reason and an event type.
package struct DeadLetterCount: Sendable, Equatable {
    package var reason: String
    package var eventType: String?
    package var count: Int
}
