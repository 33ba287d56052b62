public import MediaEvents

/// What every plugin has, whichever events it takes. Conform to `EventHandler` or `CatchAllHandler`.
public protocol HandlerPlugin: Sendable {
    /// The name in `[handlers] enabled`, in `[handlers.NAME]`, in logs and dead letters: lower case, words joined by `-`.
    static var name: String { get }
    /// One line for `mediaworker handlers list`.
    static var summary: String { get }
    /// True if `handle` blocks its thread (a synchronous client, a long computation): it then runs on threads kept for such
    /// handlers, so that it harms nobody else. Default false.
    static var isBlocking: Bool { get }

    /// Reads the plugin's own settings from `[handlers.NAME]`. Problems are reported to the section; nothing is opened or contacted.
    init(_ settings: HandlerSettings)

    /// Called once before the first event: open files, connect. An error ends the start of the worker with its text.
    func start() async throws
    /// Called once after the last event: flush, close.
    func stop() async
}

extension HandlerPlugin {
    public static var isBlocking: Bool { false }
    public func start() async throws {}
    public func stop() async {}
}

/// A plugin for one type of event.
///
/// It must bear repeats: delivery is at least once. It may be cancelled (time limit, lost lease, stop): a `.done` still counts
/// as long as the message is ours, an error thrown after that counts as what caused it.
public protocol EventHandler<Event>: HandlerPlugin {
    associatedtype Event: MediaEvent
    func handle(_ event: Event, _ context: HandlerContext) async throws -> Verdict
}

/// A plugin that takes any event, unknown types included if it wants them.
public protocol CatchAllHandler: HandlerPlugin {
    /// Whether this event is for this plugin. Default: every event whose type is known.
    func wants(_ event: IncomingEvent) -> Bool
    func handle(_ event: IncomingEvent, _ context: HandlerContext) async throws -> Verdict
}

extension CatchAllHandler {
    public func wants(_ event: IncomingEvent) -> Bool { event.typed != nil }
}
