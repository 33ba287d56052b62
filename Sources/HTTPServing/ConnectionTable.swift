import NIOCore
import Synchronization

/// Which connections are open, and which of them have been without a request for longest: those go when there are too many.
///
/// New ones are never turned away or left waiting while silent ones hold the places: a sender that comes with a request in hand is busy
/// within a moment.
final class ConnectionTable: Sendable {
    private struct Entry {
        let channel: any Channel
        var requests = 0
        /// Of its latest silence.
        var silence: Int
    }
    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        /// In the order in which they fell silent; those that have spoken since are passed over.
        var silent: [(id: ObjectIdentifier, silence: Int)] = []
        var head = 0
        var silences = 0

        mutating func fallSilent(_ id: ObjectIdentifier) {
            silences += 1
            entries[id]?.silence = silences
            silent.append((id, silences))
        }

        mutating func longestSilent() -> (any Channel)? {
            while head < silent.count {
                let (id, silence) = silent[head]
                head += 1
                if head > 1024, head * 2 > silent.count {
                    silent.removeFirst(head)
                    head = 0
                }
                if let entry = entries[id], entry.requests == 0, entry.silence == silence { return entry.channel }
            }
            return nil
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// - Returns: The connection to close for it, itself if all others are busy.
    func opened(_ channel: any Channel) -> (any Channel)? {
        state.withLock { state in
            let id = ObjectIdentifier(channel)
            // Before the new one falls silent, so that it is no candidate.
            let closed = state.entries.count >= limit ? state.longestSilent() ?? channel : nil
            if let closed { state.entries[ObjectIdentifier(closed)] = nil }
            guard closed.map({ ObjectIdentifier($0) }) != id else { return closed }
            state.entries[id] = Entry(channel: channel, silence: 0)
            state.fallSilent(id)
            return closed
        }
    }

    func closed(_ channel: any Channel) { state.withLock { $0.entries[ObjectIdentifier(channel)] = nil } }

    func began(on channel: any Channel) { state.withLock { $0.entries[ObjectIdentifier(channel)]?.requests += 1 } }

    func ended(on channel: any Channel) {
        state.withLock { state in
            let id = ObjectIdentifier(channel)
            state.entries[id]?.requests -= 1
            if state.entries[id]?.requests == 0 { state.fallSilent(id) }
        }
    }
}

/// Tells the table of its connection's beginning and end.
final class ConnectionHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any  // requests pass through unread
    typealias InboundOut = Any

    private let table: ConnectionTable
    private var isOpen = false

    init(_ table: ConnectionTable) { self.table = table }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { open(context.channel) }
    }

    func channelActive(context: ChannelHandlerContext) {
        open(context.channel)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        table.closed(context.channel)
        context.fireChannelInactive()
    }

    private func open(_ channel: any Channel) {
        guard !isOpen else { return }
        isOpen = true
        table.opened(channel)?.close(promise: nil)
    }
}
