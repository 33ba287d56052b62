import MediaEvents
import Settings
import WorkerCore

extension HandlerSettings {
    /// A list of event type names; any name is allowed, since vendors add types without notice.
    func eventTypes(_ key: String) -> Set<EventType> {
        Set(section.list(key, default: []).map { EventType($0) })
    }

    /// A path as the configuration gives it: relative ones start at the worker's state directory.
    func path(_ text: String) -> String {
        text.hasPrefix("/") ? text : "\(stateDirectory)/\(text)"
    }
}

extension IncomingEvent {
    /// Whether a handler that is restricted to `types` takes this event: without a restriction every event of a known type.
    func isAmong(_ types: Set<EventType>) -> Bool {
        if types.isEmpty { return typed != nil }
        return type.map { types.contains($0) } ?? false
    }
}
