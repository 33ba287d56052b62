import NIOCore

/// Sees a client leave while its request is being answered.
///
/// A server that allows half-closed connections gets a client's FIN only as `ChannelEvent.inputClosed`; `closeFuture` fires much later.
/// Reading goes on during a long poll, since the stream of request parts buffers the few that may follow.
final class PresenceHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any  // requests pass through unread
    typealias InboundOut = Any

    let presence = ClientPresence()

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: presence.report(.gone)
        case is ChannelShouldQuiesceEvent: presence.report(.stopping)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        presence.report(.gone)
        context.fireChannelInactive()
    }
}
