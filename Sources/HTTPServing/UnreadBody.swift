package import NIOCore

/// What a server does with a body that it will not read, after its answer.
package enum UnreadBody {
    /// How long a client has to read the answer and to go.
    private static let patience: TimeAmount = .seconds(2)

    /// Ends the answer's direction first and the connection a little later: a close with unread bytes would reset the connection and
    /// could take the answer from the client.
    package static func close(_ channel: any Channel) {
        channel.close(mode: .output, promise: nil)
        let end = channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in end.cancel() }
    }
}
