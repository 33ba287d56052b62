/// A queue operation that failed: what was asked, what came back, whether it may have been carried out, whether asking again can help.
package struct SMQError: Error, Sendable {
    /// An open set: the server's own code (`MessageNotExist`), or `Client.*` when no answer could be read.
    package struct Code: Hashable, Sendable {
        package let name: String
        package init(_ name: String) { self.name = name }
    }

    /// What is known about the operation's effect on the server.
    package enum Effect: Sendable, Equatable {
        /// Certainly none: nothing was sent, or the server answered with a refusal.
        case none
        /// Unknown: the request may have been carried out and its answer lost.
        case unknown
    }

    package var code: Code
    /// The vendor's operation name: `BatchReceiveMessage`.
    package var operation: String
    package var queue: String?
    /// HTTP status, if an answer came.
    package var status: Int?
    /// `x-mns-request-id`: quote it to the vendor.
    package var requestID: String?
    /// The server's or the transport's own words. Never a key, a signature or a body.
    package var message: String
    package var effect: Effect
    /// The `Date` header of the answer: tells how far the local clock is off.
    package var serverDate: ServerTime?

    package init(
        code: Code, operation: String, queue: String? = nil, status: Int? = nil, requestID: String? = nil,
        message: String, effect: Effect, serverDate: ServerTime? = nil
    ) {
        self.code = code
        self.operation = operation
        self.queue = queue
        self.status = status
        self.requestID = requestID
        self.message = message
        self.effect = effect
        self.serverDate = serverDate
    }
}
