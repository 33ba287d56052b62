import NIOCore

/// Finds what a connection's handler knows about the client. Asked for by receives that have something, and by those that have to wait.
struct ConnectionPresence: Sendable {
    let channel: any Channel

    /// - Returns: nil when the connection is gone already, its handlers with it.
    func find() async -> ClientPresence? {
        let found = channel.eventLoop.submit { [channel] in
            try channel.pipeline.syncOperations.handler(type: PresenceHandler.self).presence
        }
        return try? await found.get()
    }
}
