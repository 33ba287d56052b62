package import MediaEvents

/// A plugin as the catalogue lists it: what it is called, what it takes, and how to make one.
package struct Plugin: Sendable {
    /// Which events a plugin is for.
    package enum Takes: Sendable, Equatable {
        case event(EventType)
        /// A catch-all, which chooses by itself.
        case anyEvent
    }

    package let name: String
    package let summary: String
    package let takes: Takes
    package let make: @Sendable (HandlerSettings) -> RegisteredHandler

    package init<Handler: EventHandler>(_: Handler.Type) {
        name = Handler.name
        summary = Handler.summary
        takes = .event(Handler.Event.type)
        make = { RegisteredHandler(Handler($0)) }
    }

    package init<Handler: CatchAllHandler>(_: Handler.Type) {
        name = Handler.name
        summary = Handler.summary
        takes = .anyEvent
        make = { RegisteredHandler(Handler($0)) }
    }
}

/// One handler that is switched on, with its event type erased.
package struct RegisteredHandler: Sendable {
    package let name: String
    package let isBlocking: Bool
    package let wants: @Sendable (IncomingEvent) -> Bool
    package let handle: @Sendable (IncomingEvent, HandlerContext) async throws -> Verdict
    package let start: @Sendable () async throws -> Void
    package let stop: @Sendable () async -> Void

    /// A handler put together by hand.
    init(
        name: String, isBlocking: Bool, wants: @escaping @Sendable (IncomingEvent) -> Bool,
        handle: @escaping @Sendable (IncomingEvent, HandlerContext) async throws -> Verdict
    ) {
        self.name = name
        self.isBlocking = isBlocking
        self.wants = wants
        self.handle = handle
        start = {}
        stop = {}
    }

    package init<Handler: EventHandler>(_ handler: Handler) {
        name = Handler.name
        isBlocking = Handler.isBlocking
        wants = { $0.typed is Handler.Event }
        handle = { event, context in
            // `wants` was asked before, so another type cannot arrive here; if it did, nothing was done for it.
            guard let typed = event.typed as? Handler.Event else { return .deadLetter(reason: "event of another type") }
            return try await handler.handle(typed, context)
        }
        start = { try await handler.start() }
        stop = { await handler.stop() }
    }

    package init<Handler: CatchAllHandler>(_ handler: Handler) {
        name = Handler.name
        isBlocking = Handler.isBlocking
        wants = { handler.wants($0) }
        handle = { try await handler.handle($0, $1) }
        start = { try await handler.start() }
        stop = { await handler.stop() }
    }
}

/// The handlers that are switched on, in the order of the configuration.
package struct HandlerRegistry: Sendable {
    package let handlers: [RegisteredHandler]

    package init(_ handlers: [RegisteredHandler]) { self.handlers = handlers }

    /// Those that take this event; each of them must succeed before the message is deleted.
    package func handlers(for event: IncomingEvent) -> [RegisteredHandler] {
        handlers.filter { $0.wants(event) }
    }
}
