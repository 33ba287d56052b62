/// A complete answer.
package struct HTTPResponse: Sendable {
    /// Of the final answer: 200...599.
    package var status: Int
    package var headers: HTTPHeaders
    /// As it came, at most `HTTPTransportConfiguration.maximumResponseSize` bytes. Nothing is decompressed.
    package var body: [UInt8]
    /// When the last byte was read, on the transport's own thread: no waiting for an executor is in it.
    package var arrived: ContinuousClock.Instant
    /// How long the answer was under way at most: from its first to its last byte, plus one round trip as measured when its
    /// connection was made. The time in which the server waited or worked before the first byte is not in it.
    package var travel: Duration

    package init(
        status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [],
        arrived: ContinuousClock.Instant = ContinuousClock.now, travel: Duration = .zero
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.arrived = arrived
        self.travel = travel
    }
}
